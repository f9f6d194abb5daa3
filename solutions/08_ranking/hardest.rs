//! title: The hardest partner and the hardest stranger
//! concept: mining
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: Go through the items once; keep the farthest positive and the nearest negative so far, each an `Option<usize>`.
//! hint: Skip the anchor by its number. Another item may have the distance 0, too.
//! hint: A strict comparison with the best so far keeps the first of equals. `positive.zip(negative)` is `None` if either is.
//!
//! `distances[j]` is the distance of item j from item `anchor`, and `labels[j]` is its class. The anchor's
//! positives are the other items of its class, without the anchor itself. Its negatives are the items of
//! other classes. The hardest positive is the farthest one, and the hardest negative is the nearest one; of
//! equal distances take the first item. Return the indices of both, the positive first, or `None` if the
//! anchor has no positive or no negative.

/// The numbers of the farthest positive and of the nearest negative.
pub fn hardest(distances: &[f32], labels: &[u32], anchor: usize) -> Option<(usize, usize)> {
    // solution
    let (mut positive, mut negative): (Option<usize>, Option<usize>) = (None, None);
    for (j, &d) in distances.iter().enumerate() {
        if labels[j] != labels[anchor] {
            if negative.is_none_or(|best| d < distances[best]) {
                negative = Some(j);
            }
        } else if j != anchor && positive.is_none_or(|best| d > distances[best]) {
            positive = Some(j);
        }
    }
    positive.zip(negative)
    // end
}
