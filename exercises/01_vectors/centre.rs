//! title: Centring
//! concept: principal components
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Subtract the mean of each column from the numbers of that column, so that each column has mean 0.

/// `rows` with every column's mean taken away.
#[allow(unused_variables, reason = "not written yet")]
pub fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
