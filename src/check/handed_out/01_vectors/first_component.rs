//! title: The first principal component
//! concept: principal components
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: Take each column's mean away first.
//! hint: Power iteration: start anywhere, multiply by the covariance matrix, divide by the length, and again.
//! hint: v ← Xᵀ(Xv) needs no covariance matrix.
//! hint: Start from numbers that are not all equal, or the start may be at a right angle to the answer.
//!
//! The direction in which the rows spread most: the vector of length 1 on to which the rows, their mean taken away, have the
//! largest sum of squares. Find it by power iteration; a few hundred rounds are enough. Both signs are right.

/// The direction of the largest spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn first_component(rows: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
