//! title: Analogies
//! concept: vector arithmetic
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Row a is to row b as row c is to which row? The answer is the number of the row that has the largest
//! cosine with b − a + c. The rows a, b and c themselves are no answer.

/// The number of the row that is to `c` as `b` is to `a`.
#[allow(unused_variables, reason = "not written yet")]
pub fn analogy(rows: &[Vec<f32>], a: usize, b: usize, c: usize) -> usize {
    todo!()
}
