//! title: Analogies
//! concept: vector arithmetic
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: The target is b − a + c, number by number.
//! hint: Go through all rows but a, b and c, and keep the one with the largest cosine.
//! hint: The length of the target is the same for all rows: it need not be divided by.
//!
//! Row a is to row b as row c is to which row? The answer is the number of the row that has the largest
//! cosine with b − a + c. The rows a, b and c themselves are no answer.

/// The number of the row that is to `c` as `b` is to `a`.
pub fn analogy(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    // solution
    let target: Vec<f32> = (0..rows[c].len())
        .map(|i| rows[b][i] - rows[a][i] + rows[c][i])
        .collect();
    let dot = |x: &[f32], y: &[f32]| -> f32 { x.iter().zip(y).map(|(p, q)| p * q).sum() };
    let score = |i: usize| dot(&target, &rows[i]) / dot(&rows[i], &rows[i]).sqrt();
    let mut best = None;
    for i in (0..rows.len()).filter(|i| ![a, b, c].contains(i)) {
        if best.is_none_or(|j| score(i) > score(j)) {
            best = Some(i);
        }
    }
    best.unwrap_or(0)
    // end
}
