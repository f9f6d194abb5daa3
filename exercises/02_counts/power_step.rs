//! title: One power iteration
//! concept: singular value decomposition
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! `rows` is a matrix A, and `v` has as many numbers as A has columns. Multiply v by AᵀA, which is Aᵀ(A
//! v), and divide the result by its Euclidean length; if the length is 0, return the zeros. Repeated
//! often enough, this turns v into the first singular vector.

/// AᵀA v, divided by its length.
#[allow(unused_variables, reason = "not written yet")]
pub fn power_step(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    todo!()
}
