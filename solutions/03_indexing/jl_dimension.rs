//! title: How many dimensions the lemma asks for
//! concept: Johnson-Lindenstrauss lemma
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: The natural logarithm is `.ln()`, and a whole number becomes a real one by `n as f64`.
//! hint: k must be at least the bound, so round up: `.ceil() as usize`.
//!
//! n points can be projected to k dimensions such that every squared distance changes by a share of at most
//! ε, as soon as
//!
//!     k ≥ 4 ln n / (ε²/2 − ε³/3).
//!
//! Return the least whole number k for which that holds, and 1 where it would be 0. n is at least 1 and ε is
//! between 0 and 1.

/// The least dimension that keeps all squared distances of `n` points within a share of `eps`.
pub fn jl_dimension(n: usize, eps: f64) -> usize {
    // solution
    let bound = 4.0 * (n as f64).ln() / (eps.powi(2) / 2.0 - eps.powi(3) / 3.0);
    (bound.ceil() as usize).max(1)
    // end
}
