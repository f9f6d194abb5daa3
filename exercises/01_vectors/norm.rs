//! title: The length of a vector
//! concept: similarity
//! points: 1
//! difficulty: 1
//! minutes: 3
//!
//! The length (Euclidean norm) of a vector is √(x₁² + x₂² + … + xₙ²). Without numbers it is 0.

/// The length of `x`.
#[allow(unused_variables, reason = "not written yet")]
pub fn norm(x: &[f32]) -> f32 {
    todo!()
}
