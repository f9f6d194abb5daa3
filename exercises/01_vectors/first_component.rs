//! title: The first principal component
//! concept: principal components
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! The direction in which the rows spread most: the vector of length 1 on to which the rows, their mean taken
//! away, have the largest sum of squares. Find it by power iteration; a few hundred rounds are enough. Both
//! signs are right.

/// The direction of the largest spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn first_component(rows: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
