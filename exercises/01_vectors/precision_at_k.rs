//! title: Precision at k
//! concept: evaluation
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! `found` are the answers of a search, the best first. Which share of the first k is relevant? If fewer
//! than k were found, the missing ones count as not relevant.

/// The share of relevant answers among the first `k` of `found`.
#[allow(unused_variables, reason = "not written yet")]
pub fn precision_at_k(found: &[usize], relevant: &[usize], k: usize) -> f32 {
    todo!()
}
