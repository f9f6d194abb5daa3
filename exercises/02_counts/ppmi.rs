//! title: Positive pointwise mutual information
//! concept: PPMI
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Cell (w, c) of `counts` says how often c occurs near w. The result has log₂(P(w, c) / (P(w) P(c))) in
//! each cell where that is positive, and 0 elsewhere; a cell of count 0 is 0. P(w, c) is the cell's share
//! of all counts; P(w) and P(c) are those of its row and its column.

/// The positive pointwise mutual information of each cell, in bits.
#[allow(unused_variables, reason = "not written yet")]
pub fn ppmi(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
