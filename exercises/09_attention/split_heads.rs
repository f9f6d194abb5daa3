//! title: A part for each head
//! concept: multi-head attention
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! `x` has a row of d numbers for each token. Cut the columns into `n_heads` parts of equal width, which
//! stand side by side: the first head gets the first columns of every token, the second head the next ones,
//! and so on. Return for each head its part of each token. `n_heads` divides d.

/// The part of each head: heads, tokens, numbers.
#[allow(unused_variables, reason = "not written yet")]
pub fn split_heads(x: &[Vec<f32>], n_heads: usize) -> Vec<Vec<Vec<f32>>> {
    todo!()
}
