//! title: One step of the Gibbs sampler
//! concept: collapsed Gibbs sampling
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The topic of a position is drawn with the probabilities P(k) ∝ (n_dk + α) · (n_wk + η) / (n_k + V·η).
//! Of the other positions, `n_dk` counts those of this document that have topic k, `n_wk` those of this
//! word, and `n_k` all; V is `n_words`. The counts do not contain the position itself. Return the K
//! probabilities, which sum to 1.

/// The probabilities of the topics for one place.
#[allow(unused_variables, reason = "not written yet")]
pub fn gibbs_conditional(
    n_dk: &[u32],
    n_wk: &[u32],
    n_k: &[u32],
    alpha: f32,
    eta: f32,
    n_words: usize,
) -> Vec<f32> {
    todo!()
}
