//! title: How much one tells of the other
//! concept: mutual information
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! `joint[x][c]` is the probability p(x, c) that x and c occur together. All cells sum to 1. The sum of row x
//! is p(x), and the sum of column c is p(c). Return the mutual information
//!
//!     I = Σ_x Σ_c p(x, c) · ln( p(x, c) / (p(x) · p(c)) )
//!
//! in nats, so with the natural logarithm. A cell with 0 adds nothing. All rows have the same length.

/// The mutual information of a table, in nats.
#[allow(unused_variables, reason = "not written yet")]
pub fn mutual_information(joint: &[Vec<f32>]) -> f32 {
    todo!()
}
