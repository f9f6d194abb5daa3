//! title: Cosine similarity
//! concept: similarity
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! The cosine of the angle between two vectors is their dot product divided by both lengths. A vector of
//! zeros has no direction: its cosine with every vector is 0.

/// The cosine of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn cosine(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
