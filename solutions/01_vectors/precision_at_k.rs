//! title: Precision at k
//! concept: evaluation
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: `found.iter().take(k)` gives the first k, or all where there are fewer.
//! hint: `relevant.contains(number)` asks whether an answer is relevant.
//! hint: Divide by k, whatever was found.
//!
//! `found` are the answers of a search, the best first. Which share of the first k is relevant? If fewer
//! than k were found, the missing ones count as not relevant.

/// The share of relevant answers among the first `k` of `found`.
pub fn precision_at_k(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    // solution
    let hits = found
        .iter()
        .take(k)
        .filter(|number| relevant.contains(number))
        .count();
    hits as f32 / k as f32
    // end
}
