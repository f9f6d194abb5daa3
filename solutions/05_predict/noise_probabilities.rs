//! title: What negative samples are drawn from
//! concept: negative sampling
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: Raise each count to the power first, and divide by the sum of those.
//! hint: 0 to the power 0 is 1 to a computer: treat words without a count by themselves.
//!
//! Negative sampling draws words at random: word w with probability count(w)^power / Σ_v count(v)^power.
//! Return the probabilities of all words, which sum to 1. The power is from 0 to 1. At least one count is
//! not 0, and a word with count 0 is never drawn, also if the power is 0.

/// The probability with which each word is drawn as noise.
pub fn noise_probabilities(counts: &[u32], power: f32) -> Vec<f32> {
    // solution
    let weight = |&n: &u32| if n == 0 { 0.0 } else { (n as f32).powf(power) };
    let sum: f32 = counts.iter().map(weight).sum();
    counts.iter().map(|n| weight(n) / sum).collect()
    // end
}
