//! title: One step of skip-gram
//! concept: negative sampling
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! `x` is a word's vector. `y[0]` is the vector of a word near it, and the other rows of `y` are those of
//! negative samples. With σ(s) = 1 / (1 + e^(−s)) the loss is
//!
//!     L = −ln σ(x·y[0]) − Σ_{i ≥ 1} ln σ(−x·y[i]).
//!
//! Take one step of gradient descent with the learning rate `alpha`: every vector v becomes v − alpha ·
//! ∂L/∂v, where all gradients are computed before anything moves. Return the new vectors, `x` first, then
//! the rows of `y`. There is at least one row, and all vectors have the same length.

/// The vectors after one step: the word's, then the others'.
#[allow(unused_variables, reason = "not written yet")]
pub fn sgns_step(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    todo!()
}
