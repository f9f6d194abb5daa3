//! title: The dot product
//! concept: similarity
//! points: 1
//! difficulty: 1
//! minutes: 3
//!
//! The dot product of two vectors of the same length is x₁y₁ + x₂y₂ + … + xₙyₙ.

/// The dot product of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn dot(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
