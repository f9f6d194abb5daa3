//! The singular values of a matrix of vectors, and what follows from them.

use ndarray::{Array2, Axis};

use crate::Result;
use crate::math::eigen;

/// Below this share of the deviation of an even spread a direction has collapsed.
const COLLAPSED: f64 = 0.01;

pub(super) fn wide(x: &Array2<f32>) -> Array2<f64> {
    x.mapv(f64::from)
}

/// The singular values of `x`, the largest first: roots of the eigenvalues of the smaller of `xᵀx` and `xxᵀ`.
/// These are computed in `f64`: in `f32`, what should be 0 would have a root of 10⁻⁴.
pub(super) fn spectrum(x: &Array2<f64>) -> Result<Vec<f64>> {
    let (n, d) = x.dim();
    let squares = if d <= n { x.t().dot(x) } else { x.dot(&x.t()) };
    Ok(eigen(squares)?
        .values
        .into_iter()
        .map(|v| v.max(0.0).sqrt())
        .collect())
}

pub(super) fn rank_of(singular_values: &[f64]) -> f64 {
    let sum: f64 = singular_values.iter().sum();
    if sum == 0.0 {
        return 0.0;
    }
    let shares = singular_values.iter().map(|s| s / sum).filter(|&p| p > 0.0);
    shares.map(|p| -p * p.ln()).sum::<f64>().exp()
}

/// The share of the d directions along which the vectors deviate by less than [`COLLAPSED`] of √(E‖x‖²/d).
pub(super) fn collapsed(x: &Array2<f32>) -> Result<f64> {
    let (n, d) = x.dim();
    let mut centred = wide(x);
    let mean_square = centred.iter().map(|x| x * x).sum::<f64>() / n as f64;
    let mean = centred.sum_axis(Axis(0)) / n as f64;
    centred -= &mean;
    let least = COLLAPSED.powi(2) * mean_square / d as f64;
    let variances = spectrum(&centred)?.into_iter().map(|s| s * s / n as f64);
    // With fewer vectors than dimensions the other directions have nothing.
    let alive = variances.filter(|&v| v > 0.0 && v >= least).count();
    Ok(1.0 - alive as f64 / d as f64)
}
