//! title: What noise is drawn from
//! concept: negative sampling
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! Negative sampling draws words at random, word w with probability count(w)^power / Σ_v count(v)^power. Give
//! the probabilities of all words, which sum to 1. The power is from 0 to 1; at least one count is not 0, and
//! a word with count 0 is never drawn.

/// The probability with which each word is drawn as noise.
#[allow(unused_variables, reason = "not written yet")]
pub fn noise_probabilities(counts: &[u32], power: f32) -> Vec<f32> {
    todo!()
}
