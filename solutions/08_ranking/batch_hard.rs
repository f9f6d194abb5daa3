//! title: Batch-hard
//! concept: mining
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: For each anchor the farthest positive and the nearest negative: two folds over its row.
//! hint: Add up the losses and count the anchors that have one; divide at the end.
//! hint: An anchor that wins by more than the margin has loss 0, and is counted.
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
pub fn batch_hard(distances: &[Vec<f32>], labels: &[u32], margin: f32) -> f32 {
    // solution
    let (mut sum, mut anchors) = (0.0, 0);
    for (i, row) in distances.iter().enumerate() {
        let (mut farthest, mut nearest) = (None, None);
        for (j, &d) in row.iter().enumerate() {
            if labels[i] != labels[j] {
                nearest = Some(nearest.map_or(d, |least: f32| least.min(d)));
            } else if i != j {
                farthest = Some(farthest.map_or(d, |most: f32| most.max(d)));
            }
        }
        if let (Some(farthest), Some(nearest)) = (farthest, nearest) {
            sum += (farthest - nearest + margin).max(0.0);
            anchors += 1;
        }
    }
    if anchors == 0 { 0.0 } else { sum / anchors as f32 }
    // end
}
