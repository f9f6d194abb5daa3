//! title: Batch-hard
//! concept: mining
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `distances[i][j]` is the distance between items i and j of a batch, and `labels[i]` is the class of item
//! i. Each item is an anchor once. Its loss is
//!
//!     max(0, d(anchor, hardest positive) − d(anchor, hardest negative) + margin),
//!
//! with the farthest other item of its class and the nearest item of another class. Return the mean of the
//! losses over the anchors that have both a positive and a negative. The anchor is no positive of itself. If
//! no anchor has both, the loss of the batch is 0.

/// The mean loss of the hardest triplets of a batch.
#[allow(unused_variables, reason = "not written yet")]
pub fn batch_hard(distances: &[Vec<f32>], labels: &[u32], margin: f32) -> f32 {
    todo!()
}
