//! title: One step of skip-gram
//! concept: negative sampling
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: The derivative of −ln σ(s) by s is σ(s) − 1, and that of −ln σ(−s) is σ(s).
//! hint: So each pair has one number g = σ(x·y) − label, with label 1 for the first and 0 for the others; the gradient of y is g·x.
//! hint: The gradient of x is the sum of all g·y. Compute it from the y before they move.
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
pub fn sgns_step(x: &[f32], y: &[Vec<f32>], alpha: f32) -> Vec<Vec<f32>> {
    // solution
    let mut moved = vec![x.to_vec()];
    for (i, other) in y.iter().enumerate() {
        let score: f32 = x.iter().zip(other).map(|(a, b)| a * b).sum();
        let label = if i == 0 { 1.0 } else { 0.0 };
        let g = 1.0 / (1.0 + (-score).exp()) - label;
        for (to, b) in moved[0].iter_mut().zip(other) {
            *to -= alpha * g * b;
        }
        moved.push(other.iter().zip(x).map(|(b, a)| b - alpha * g * a).collect());
    }
    moved
    // end
}
