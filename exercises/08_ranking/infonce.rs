//! title: Find the partner among N
//! concept: InfoNCE
//! points: 2
//! difficulty: 1
//! minutes: 12
//!
//! A query has a similarity to each of N candidates. Candidate number `partner` is the right one. With the
//! temperature τ the loss is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all N candidates, the partner too, and ln is the natural logarithm. A small τ makes s/τ
//! large: the loss must be right also where e^(s/τ) is too large for an `f32`. `temperature` is above 0.

/// The loss of one query.
#[allow(unused_variables, reason = "not written yet")]
pub fn infonce(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    todo!()
}
