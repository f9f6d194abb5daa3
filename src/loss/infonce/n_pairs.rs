//! N-pairs: a triplet loss with all negatives at once (Sohn 2016, *Improved deep metric learning with
//! multi-class N-pair loss objective*).
//!
//! ```text
//!     L = ln(1 + Σⱼ exp(sⱼ − s₊))                     s = x·y, not normalised, j over the negatives
//!     ∂L/∂sⱼ = exp(sⱼ − s₊) / (1 + Σₖ exp(sₖ − s₊)),    ∂L/∂s₊ = −Σⱼ ∂L/∂sⱼ
//! ```
//!
//! That is InfoNCE with the product as similarity and τ = 1: the 1 is the positive itself. Longer vectors
//! make every L smaller, as a smaller temperature does. So the paper adds λ times the mean squared length
//! of the vectors, which keeps them from growing without bound.

#[cfg(feature = "nn")]
use super::{Directions, InfoNce, Temperature, info_nce_of_batch};
use super::{info_nce, info_nce_gradient};
use crate::Result;
#[cfg(feature = "nn")]
use crate::loss::Distance;
#[cfg(feature = "nn")]
use crate::nn::Tensor;

/// L of the inner products of one anchor, of which number `positive` is that with its positive.
///
/// # Errors
/// There is no such candidate.
///
/// ```
/// use course::loss::n_pairs;
/// assert_eq!(n_pairs(&[2.0, 2.0, 2.0], 0)?, 3_f32.ln());
/// # Ok::<(), course::Error>(())
/// ```
pub fn n_pairs(products: &[f32], positive: usize) -> Result<f32> {
    info_nce(products, positive, 1.0)
}

/// `∂L/∂s` for each product.
///
/// # Errors
/// As [`n_pairs`].
pub fn n_pairs_gradient(products: &[f32], positive: usize) -> Result<Vec<f32>> {
    info_nce_gradient(products, positive, 1.0)
}

/// The mean of L over a batch, `(n, d)` each, and λ times the mean of ‖x‖² over all 2n vectors.
///
/// # Errors
/// The shapes differ.
#[cfg(feature = "nn")]
pub fn of_batch(anchors: &Tensor, positives: &Tensor, lambda: f64) -> Result<Tensor> {
    let options = InfoNce {
        similarity: Distance::Dot,
        temperature: Temperature::Fixed(1.0),
        directions: Directions::ONE_WAY,
        ..Default::default()
    };
    let loss = info_nce_of_batch(anchors, positives, &options)?;
    let squares = (anchors.sqr()?.sum_all()? + positives.sqr()?.sum_all()?)?;
    let n = (2 * anchors.dim(0)?).max(1) as f64;
    Ok((loss + (squares * (lambda / n))?)?)
}
