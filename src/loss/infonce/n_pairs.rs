//! N-pairs: a triplet loss with all negatives at once (Sohn 2016, *Improved deep metric learning with
//! multi-class N-pair loss objective*).
//!
//! ```text
//!     L = ln(1 + Σⱼ exp(sⱼ − s₊))                     s = x·y, not normalised, j over the negatives
//!     ∂L/∂sⱼ = exp(sⱼ − s₊) / (1 + Σₖ exp(sₖ − s₊)),    ∂L/∂s₊ = −Σⱼ ∂L/∂sⱼ
//! ```
//!
//! That is InfoNCE with the product as similarity and τ = 1: the 1 is the positive itself. What keeps the
//! vectors from growing without bound, since the temperature is not fixed by a length, is a second term: λ
//! times the mean squared length of the vectors, with λ = 0.002 in the authors' code.

use super::{info_nce, info_nce_gradient};
use crate::Result;

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
