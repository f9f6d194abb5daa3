//! title: Find the partner among N
//! concept: InfoNCE
//! points: 2
//! difficulty: 1
//! minutes: 12
//! hint: The logarithm of a quotient is a difference: L = ln Σ_j e^(s_j/τ) − s_partner/τ.
//! hint: Divide by τ first, then take the stable logarithm of a sum of exponentials: subtract the largest.
//!
//! A query has a similarity to each of N candidates. Candidate number `partner` is the right one. With the
//! temperature τ the loss is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all N candidates, the partner too, and ln is the natural logarithm. A small τ makes s/τ
//! large: the loss must be right also where e^(s/τ) is too large for an `f32`. `temperature` is above 0.

/// The loss of one query.
pub fn infonce(similarities: &[f32], partner: usize, temperature: f32) -> f32 {
    // solution
    let logits: Vec<f32> = similarities.iter().map(|s| s / temperature).collect();
    let top = logits.iter().copied().fold(logits[partner], f32::max);
    let sum: f32 = logits.iter().map(|logit| (logit - top).exp()).sum();
    sum.ln() + top - logits[partner]
    // end
}
