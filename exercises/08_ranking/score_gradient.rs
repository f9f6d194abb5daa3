//! title: A loss to train with
//! concept: learning a score
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! This is the first of two steps: the loss of a batch and its gradient. Row i of `x` and row i of `y` are
//! partners. They need not have the same length: `w` has a row for each number of an x and a column for each
//! number of a y. The score of x_i and y_j is s_ij = x_iᵀ W y_j = Σ_a Σ_b x_i[a] · W[a][b] · y_j[b], and the
//! loss is the mean of InfoNCE over the N rows,
//!
//!     L = −(1/N) · Σ_i ln( e^(s_ii) / Σ_j e^(s_ij) ).
//!
//! Return L and its gradient by W, which has the shape of W. Both must be right also where e^s is too large
//! for an `f32`. There is at least one pair.

/// InfoNCE's loss of a batch by the score xᵀWy, and its gradient by W.
#[allow(unused_variables, reason = "not written yet")]
pub fn score_gradient(w: &[Vec<f32>], x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, Vec<Vec<f32>>) {
    todo!()
}
