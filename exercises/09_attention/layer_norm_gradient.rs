//! title: Back through a norm
//! concept: backpropagation by hand
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Layer norm without scales and shifts makes of a row x
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `upstream` is ∂L/∂x̂, the derivative of a loss by each number of x̂. Return ∂L/∂x, the derivatives of
//! the loss by the numbers of x. μ and σ² depend on every x as well. The row is not empty, and ε is above
//! 0.

/// The derivatives of the loss by the numbers of the row.
#[allow(unused_variables, reason = "not written yet")]
pub fn layer_norm_gradient(x: &[f32], upstream: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
