//! title: Candidates by bands
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Signatures are cut into bands of `rows` numbers each; the length is a multiple of it. Two documents are
//! candidates for near duplicates if they agree in all rows of at least one band. Return the pairs (i, j)
//! with i < j in ascending order.

/// The pairs of documents that agree in some band.
#[allow(unused_variables, reason = "not written yet")]
pub fn candidate_pairs(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    todo!()
}
