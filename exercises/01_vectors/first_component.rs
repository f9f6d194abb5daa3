//! title: The first principal component
//! concept: principal components
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Find the direction in which the rows spread most. Subtract the mean of the rows first; then it is the
//! vector v of length 1 for which the sum of the squared dot products of the rows with v is largest. Find
//! it by power iteration; a few hundred rounds are enough. Both v and −v are right.

/// The direction of the largest spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn first_component(rows: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
