//! title: The same size for every token
//! concept: layer norm
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: The variance is the mean of (x − μ)²: divide by n, not by n − 1.
//! hint: Number i is gamma[i] · (x[i] − μ) / √(variance + ε) + beta[i].
//!
//! Return y = γ x̂ + β, number by number, where
//!
//!     x̂ = (x − μ) / √(σ² + ε),        μ = mean x,        σ² = mean (x − μ)².
//!
//! `gamma` is γ, `beta` is β, and both have the length of `x`, which is not empty. `epsilon` is ε and above
//! 0.

/// The row with mean 0 and size 1, then scaled and shifted.
pub fn layer_norm(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    // solution
    let n = x.len() as f32;
    let mu = x.iter().sum::<f32>() / n;
    let variance = x.iter().map(|a| (a - mu).powi(2)).sum::<f32>() / n;
    let size = (variance + epsilon).sqrt();
    let scaled = x.iter().zip(gamma).map(|(a, g)| g * (a - mu) / size);
    scaled.zip(beta).map(|(y, b)| y + b).collect()
    // end
}
