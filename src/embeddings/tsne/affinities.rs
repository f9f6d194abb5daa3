//! The probabilities pᵢⱼ that a vector picks another as its neighbour.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use crate::math::squared_distance;

/// The entropy is accurate to this many nats. scikit-learn uses the same value.
const PRECISE: f64 = 1e-5;

/// Halvings of the interval; 64 use up all digits of an `f64`.
const MOST_HALVINGS: usize = 64;

/// The smallest probability. It keeps the logarithm finite.
const LEAST: f32 = 1e-12;

/// pᵢⱼ = (pⱼ|ᵢ + pᵢ|ⱼ) / 2n, shape `(n, n)`, with zeros on the diagonal.
pub(super) fn affinities(vectors: ArrayView2<f32>, perplexity: f32) -> Array2<f32> {
    let n = vectors.nrows();
    let vectors = vectors.as_standard_layout();
    let row = |i: usize| vectors.index_axis(Axis(0), i).to_slice().unwrap_or(&[]);
    let conditional: Vec<Vec<f32>> = (0..n)
        .into_par_iter()
        .map(|i| {
            let squares: Vec<f64> = (0..n).map(|j| squared_distance(row(i), row(j))).collect();
            neighbours(&squares, i, f64::from(perplexity).ln())
        })
        .collect();
    Array2::from_shape_fn((n, n), |(i, j)| match i == j {
        true => 0.0,
        false => ((conditional[i][j] + conditional[j][i]) / (2 * n) as f32).max(LEAST),
    })
}

/// pⱼ|ᵢ ∝ exp(−β‖xᵢ−xⱼ‖²), with the β for which the entropy is `wanted` nats, found by halving an interval.
fn neighbours(squares: &[f64], i: usize, wanted: f64) -> Vec<f32> {
    let others = || {
        squares
            .iter()
            .enumerate()
            .filter(|&(j, _)| j != i)
            .map(|(_, &d)| d)
    };
    // Subtracting the nearest one's distance keeps the probabilities the same, and not all weights underflow.
    let nearest = others().fold(f64::INFINITY, f64::min);
    let spread = others().map(|d| d - nearest).sum::<f64>() / (squares.len() - 1) as f64;
    let weight = |beta: f64, d: f64| (-beta * (d - nearest)).exp();
    let (mut low, mut high) = (0.0, f64::INFINITY);
    // The scale of the distances decides where the search begins.
    let mut beta = if spread > 0.0 { 1.0 / spread } else { 1.0 };
    for _ in 0..MOST_HALVINGS {
        let (mut sum, mut mean) = (0.0, 0.0);
        for d in others() {
            let w = weight(beta, d);
            sum += w;
            mean += w * (d - nearest);
        }
        // H = −Σ p log p = log Σ w + β Σ w d / Σ w
        let entropy = sum.ln() + beta * mean / sum;
        if (entropy - wanted).abs() <= PRECISE {
            break;
        }
        if entropy > wanted {
            low = beta;
            beta = if high.is_finite() {
                (low + high) / 2.0
            } else {
                2.0 * beta
            };
        } else {
            high = beta;
            beta = (low + high) / 2.0;
        }
    }
    let sum: f64 = others().map(|d| weight(beta, d)).sum();
    let probability = |(j, &d): (usize, &f64)| {
        if j == i {
            0.0
        } else {
            (weight(beta, d) / sum) as f32
        }
    };
    squares.iter().enumerate().map(probability).collect()
}
