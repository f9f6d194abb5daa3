//! title: The nucleus
//! concept: top-p sampling
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Keep the fewest most probable tokens whose probabilities sum to `mass` or more, and give the others the
//! probability 0. What is left is scaled to sum to 1. Of equally probable tokens those that come first are
//! kept. `p` sums to 1, and `mass` is above 0 and at most 1.

/// The probabilities of the fewest most probable tokens that reach `mass`, and 0 for the others.
#[allow(unused_variables, reason = "not written yet")]
pub fn keep_top_p(p: &[f32], mass: f32) -> Vec<f32> {
    todo!()
}
