//! title: The hardest partner and the hardest stranger
//! concept: mining
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! `distances[j]` is the distance of item j from item `anchor`, and `labels[j]` is its class. The anchor's
//! positives are the other items of its class, without the anchor itself. Its negatives are the items of
//! other classes. The hardest positive is the farthest one, and the hardest negative is the nearest one; of
//! equal distances take the first item. Return the indices of both, the positive first, or `None` if the
//! anchor has no positive or no negative.

/// The numbers of the farthest positive and of the nearest negative.
#[allow(unused_variables, reason = "not written yet")]
pub fn hardest(distances: &[f32], labels: &[u32], anchor: usize) -> Option<(usize, usize)> {
    todo!()
}
