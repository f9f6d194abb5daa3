//! title: Only the best k
//! concept: top-k sampling
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Keep the `k` most probable tokens and give the others the probability 0. What is left is scaled to sum
//! to 1. Exactly k tokens are kept: of equally probable ones those that come first. If there are fewer than
//! k tokens, all are kept. `p` sums to 1, and `k` is above 0.

/// The probabilities of the k most probable tokens, and 0 for the others.
#[allow(unused_variables, reason = "not written yet")]
pub fn keep_top_k(p: &[f32], k: usize) -> Vec<f32> {
    todo!()
}
