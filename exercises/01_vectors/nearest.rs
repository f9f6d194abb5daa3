//! title: The k nearest neighbours
//! concept: neighbours
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! The numbers of the k rows with the smallest Euclidean distance from the query, the nearest first. Of two
//! rows at the same distance the one with the smaller number comes first. Where there are fewer than k rows,
//! all of them.

/// The numbers of the `k` rows nearest to `query`.
#[allow(unused_variables, reason = "not written yet")]
pub fn nearest(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    todo!()
}
