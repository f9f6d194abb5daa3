//! title: Back through a norm
//! concept: backpropagation by hand
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: A number acts on the loss in three ways: by its own x̂, by the mean, and by the size.
//! hint: With r = 1 / √(σ² + ε) the three parts are r h, − r · mean h, and − r · x̂ · mean(h x̂).
//! hint: Check yours: the gradient of a row sums to 0, since adding the same to all numbers changes no x̂.
//!
//! Layer norm without scales and shifts makes of a row x
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `upstream` is ∂L/∂x̂, the derivative of a loss by each number of x̂. Return ∂L/∂x, the derivatives of
//! the loss by the numbers of x. μ and σ² depend on every x as well. The row is not empty, and ε is above
//! 0.

/// The derivatives of the loss by the numbers of the row.
pub fn layer_norm_gradient(x: &[f32], upstream: &[f32], epsilon: f32) -> Vec<f32> {
    // solution
    let n = x.len() as f32;
    let mu = x.iter().sum::<f32>() / n;
    let variance = x.iter().map(|a| (a - mu).powi(2)).sum::<f32>() / n;
    let r = 1.0 / (variance + epsilon).sqrt();
    let hat: Vec<f32> = x.iter().map(|a| (a - mu) * r).collect();
    let of_mean = upstream.iter().sum::<f32>() / n;
    let of_size = upstream.iter().zip(&hat).map(|(h, a)| h * a).sum::<f32>() / n;
    let both = upstream.iter().zip(&hat);
    both.map(|(h, a)| r * (h - of_mean - a * of_size)).collect()
    // end
}
