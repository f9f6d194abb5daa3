//! title: A part for each head
//! concept: multi-head attention
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: Each head has d / n_heads columns; head h begins at column h · d / n_heads.
//! hint: A row's part is `row[from..to].to_vec()`.
//!
//! `x` has a row of d numbers for each token. Cut the columns into `n_heads` parts of equal width, which
//! stand side by side: the first head gets the first columns of every token, the second head the next ones,
//! and so on. Return for each head its part of each token. `n_heads` divides d.

/// The part of each head: heads, tokens, numbers.
pub fn split_heads(x: &[Vec<f32>], n_heads: usize) -> Vec<Vec<Vec<f32>>> {
    // solution
    let width = x[0].len() / n_heads;
    let part = |row: &Vec<f32>, head: usize| row[head * width..head * width + width].to_vec();
    (0..n_heads)
        .map(|head| x.iter().map(|row| part(row, head)).collect())
        .collect()
    // end
}
