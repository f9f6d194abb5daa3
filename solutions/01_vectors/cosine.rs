//! title: Cosine similarity
//! concept: similarity
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: You need the dot product of x and y, and the length of each.
//! hint: Divide the dot product by both lengths.
//! hint: What is 0 divided by 0? Look at the lengths first.
//!
//! The cosine of the angle between two vectors is their dot product divided by both lengths. A vector of
//! zeros has no direction: its cosine with every vector is 0.

/// The cosine of `x` and `y`.
pub fn cosine(x: &[f32], y: &[f32]) -> f32 {
    // solution
    let dot = |x: &[f32], y: &[f32]| -> f32 { x.iter().zip(y).map(|(a, b)| a * b).sum() };
    let lengths = dot(x, x).sqrt() * dot(y, y).sqrt();
    if lengths == 0.0 { 0.0 } else { dot(x, y) / lengths }
    // end
}
