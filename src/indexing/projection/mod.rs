//! Random projection and the Johnson-Lindenstrauss lemma: few dimensions are enough for all distances.
//!
//! Johnson and Lindenstrauss (1984): n points, in however many dimensions, can be mapped into k dimensions
//! such that every squared distance changes by at most a fraction ε,
//!
//! ```text
//!     (1 − ε) ‖x − y‖² ≤ ‖f(x) − f(y)‖² ≤ (1 + ε) ‖x − y‖²       as soon as   k ≥ 4 ln n / (ε²/2 − ε³/3)
//! ```
//!
//! (the constant is Dasgupta's and Gupta's, 2003: [`jl_dimension`]). k grows with the logarithm of n and does
//! not depend on the dimension D at all. The map is found by drawing it: f(x) = xR, with a random matrix R of
//! shape (D, k). One squared distance stays within ε except with a probability of 2/n², so all n(n−1)/2 of
//! them do with a probability of at least 1/n. If one does not, draw again.
//!
//! | R | an entry is | paper |
//! |---|---|---|
//! | [`ProjectionKind::Gaussian`] | normal with variance 1/k | Indyk and Motwani 1998 |
//! | [`ProjectionKind::Sparse`] | ±√(3/k) with probability 1/6 each, else 0 | Achlioptas 2003 |
//! | [`ProjectionKind::VerySparse`] | ±√(√D/k) with probability 1/(2√D) each, else 0 | Li, Hastie and Church 2006 |
//!
//! All have mean 0 and variance 1/k, so that E‖xR‖² = ‖x‖². The sparser R is, the fewer additions it takes,
//! but the more it asks of x: very sparse projection works well if no small group of coordinates holds most
//! of x. Row i of R depends only on the seed and i. [`distortion`] measures how the distances have changed.
//! [Random indexing](super::RandomIndexing) is such a projection of co-occurrence counts, made while they are
//! counted.
//!
//! W. B. Johnson, J. Lindenstrauss, *Extensions of Lipschitz mappings into a Hilbert space*, 1984; S.
//! Dasgupta, A. Gupta, *An elementary proof of a theorem of Johnson and Lindenstrauss*, 2003; D. Achlioptas,
//! *Database-friendly random projections*, 2003; P. Li, T. Hastie, K. Church, *Very sparse random
//! projections*, KDD 2006.

mod distortion;
mod matrix;

use crate::{Error, Result};

pub use distortion::{Distortion, distortion};
pub use matrix::{Projection, ProjectionKind};

/// The least dimension for which the lemma promises that all squared distances of `n` points change by at
/// most a fraction `eps`: 4 ln n / (ε²/2 − ε³/3), rounded up, and at least 1. scikit-learn rounds down.
///
/// ```
/// use course::indexing::jl_dimension;
/// assert_eq!(jl_dimension(1000, 0.5)?, 332);
/// assert_eq!(jl_dimension(1_000_000, 0.1)?, 11_842);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `eps` is not between 0 and 1, or there are no points.
pub fn jl_dimension(n: usize, eps: f64) -> Result<usize> {
    if !(eps > 0.0 && eps < 1.0) {
        return Err(Error::value("the distortion ε", "a number between 0 and 1", eps));
    }
    if n == 0 {
        return Err(Error::value("the number of points", "at least one", "none"));
    }
    let k = 4.0 * (n as f64).ln() / (eps * eps / 2.0 - eps * eps * eps / 3.0);
    Ok((k.ceil() as usize).max(1))
}

/// The inverse: the largest distortion ε that the lemma allows for `n` points in `k` dimensions, found by
/// halving. It is `None` if the lemma promises nothing below 1.
///
/// ```
/// use course::indexing::{jl_dimension, jl_distortion};
/// let eps = jl_distortion(1000, 332).unwrap();
/// assert!((eps - 0.5).abs() < 0.001);
/// assert_eq!(jl_distortion(1000, 100), None);
/// ```
pub fn jl_distortion(n: usize, k: usize) -> Option<f64> {
    // ε²/2 − ε³/3 grows from 0 to 1/6 between 0 and 1.
    let wanted = 4.0 * (n.max(1) as f64).ln() / k as f64;
    if wanted.is_nan() || wanted >= 1.0 / 6.0 {
        return None;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..60 {
        let eps = (low + high) / 2.0;
        if eps * eps / 2.0 - eps * eps * eps / 3.0 < wanted {
            low = eps
        } else {
            high = eps
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests;
