//! title: WordPiece's score
//! concept: WordPiece
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: The score is count(ab) / (count(a) · count(b)).
//! hint: `n as f64` turns a count into a number that can be divided.
//!
//! BPE merges the pair that occurs most. WordPiece, as it is usually told, merges the pair whose parts go
//! together more than by chance: the count of the pair divided by the product of the counts of its parts.
//! Each entry is (count of the pair, count of the first part, count of the second part). Return the score
//! of each.

/// The score of each pair.
pub fn wordpiece_scores(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    // solution
    pairs.iter().map(|&(pair, a, b)| pair as f64 / (a as f64 * b as f64)).collect()
    // end
}
