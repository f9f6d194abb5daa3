//! title: Weights of what may be seen
//! concept: masks
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the softmax of the scores that are allowed,
//!
//!     p_i = e^(s_i) / Σ_j e^(s_j),        j over the allowed scores alone,
//!
//! and 0 for the others. Where nothing is allowed all weights are 0. The answer must be right also where
//! e^s is too large for an `f32`, or where all allowed ones are so small that they become 0. `allowed` has
//! a `true` for each score that counts.

/// The weights of the scores that are allowed.
#[allow(unused_variables, reason = "not written yet")]
pub fn masked_softmax(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    todo!()
}
