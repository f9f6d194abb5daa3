//! title: How many dimensions the lemma asks for
//! concept: Johnson-Lindenstrauss lemma
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! n points can be projected to k dimensions such that every squared distance changes by a share of at most
//! ε, as soon as
//!
//!     k ≥ 4 ln n / (ε²/2 − ε³/3).
//!
//! Return the least whole number k for which that holds, and 1 where it would be 0. n is at least 1 and ε is
//! between 0 and 1.

/// The least dimension that keeps all squared distances of `n` points within a share of `eps`.
#[allow(unused_variables, reason = "not written yet")]
pub fn jl_dimension(n: usize, eps: f64) -> usize {
    todo!()
}
