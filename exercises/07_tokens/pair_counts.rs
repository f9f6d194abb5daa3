//! title: Counting pairs
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Count how often each pair of tokens occurs side by side. Word i occurs counts[i] times. Pairs overlap:
//! 7 7 7 has the pair (7, 7) twice. The result has (first token, second token, count) for each pair that
//! occurs, in ascending order of the pairs.

/// The pairs of neighbours in `words`, each with how often it occurs.
#[allow(unused_variables, reason = "not written yet")]
pub fn pair_counts(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    todo!()
}
