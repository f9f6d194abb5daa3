//! title: The same size for every token
//! concept: layer norm
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return y = γ x̂ + β, number by number, where
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `gamma` is γ, `beta` is β, and both have the length of `x`, which is not empty. `epsilon` is ε and above
//! 0.

/// The row with mean 0 and size 1, then scaled and shifted.
#[allow(unused_variables, reason = "not written yet")]
pub fn layer_norm(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
