//! title: What negative samples are drawn from
//! concept: negative sampling
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! Negative sampling draws words at random: word w with probability count(w)^power / Σ_v count(v)^power.
//! Return the probabilities of all words, which sum to 1. The power is from 0 to 1. At least one count is
//! not 0, and a word with count 0 is never drawn, also if the power is 0.

/// The probability with which each word is drawn as noise.
#[allow(unused_variables, reason = "not written yet")]
pub fn noise_probabilities(counts: &[u32], power: f32) -> Vec<f32> {
    todo!()
}
