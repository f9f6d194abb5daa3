//! title: A triplet and where it pushes
//! concept: triplet loss
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! With the Euclidean distance d, the triplet loss is
//!
//!     L = max(0, d(anchor, positive) − d(anchor, negative) + margin).
//!
//! Return L and its gradients by the anchor, by the positive and by the negative. Where L is 0, also exactly
//! at the corner, all gradients are zeros. Where two points are equal their distance has no gradient: take
//! zeros for it. The three vectors have the same length.

/// The loss of a triplet, and its gradients by anchor, positive and negative.
#[allow(unused_variables, reason = "not written yet")]
pub fn triplet_gradient(
    anchor: &[f32],
    positive: &[f32],
    negative: &[f32],
    margin: f32,
) -> (f32, Vec<f32>, Vec<f32>, Vec<f32>) {
    todo!()
}
