//! title: The largest distortion
//! concept: Johnson-Lindenstrauss lemma
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Row i of `before` is a point, and row i of `after` is what a projection made of it. For each pair of
//! points the ratio is the squared distance after, divided by the squared distance before. The distortion of
//! the pair is how far the ratio is from 1, up or down:
//! |ratio − 1|. Return the largest distortion of all pairs. A pair whose points were equal before has none and is left out; without
//! any pair the answer is 0. Both lists have as many rows.

/// How far a squared distance's ratio is from 1 at most.
#[allow(unused_variables, reason = "not written yet")]
pub fn largest_distortion(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    todo!()
}
