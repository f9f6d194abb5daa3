//! title: A histogram of similarities
//! concept: evaluation
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Divide the range from −1 to 1 into equally wide bins, and count how many similarities fall into each. A
//! similarity on the limit of two bins belongs to the upper one; 1 belongs to the last bin.

/// How many of `similarities` fall into each of `bins` bins.
#[allow(unused_variables, reason = "not written yet")]
pub fn histogram(similarities: &[f32], bins: usize) -> Vec<usize> {
    todo!()
}
