//! title: A triplet and where it pushes
//! concept: triplet loss
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: The gradient of ‖x − y‖ by x is (x − y)/‖x − y‖, a vector of length 1. By y it is the opposite.
//! hint: The anchor is in both distances: its gradient has two terms.
//! hint: Write a function for (x − y)/‖x − y‖ that returns zeros where x = y; else 0/0 is not a number.
//!
//! With the Euclidean distance d, the triplet loss is
//!
//!     L = max(0, d(anchor, positive) − d(anchor, negative) + margin).
//!
//! Return L and its gradients by the anchor, by the positive and by the negative. Where L is 0, also exactly
//! at the corner, all gradients are zeros. Where two points are equal their distance has no gradient: take
//! zeros for it. The three vectors have the same length.

/// The loss of a triplet, and its gradients by anchor, positive and negative.
pub fn triplet_gradient(
    anchor: &[f32],
    positive: &[f32],
    negative: &[f32],
    margin: f32,
) -> (f32, Vec<f32>, Vec<f32>, Vec<f32>) {
    // solution
    let from = |other: &[f32]| -> (f32, Vec<f32>) {
        let difference: Vec<f32> = anchor.iter().zip(other).map(|(a, b)| a - b).collect();
        let d = difference.iter().map(|x| x * x).sum::<f32>().sqrt();
        let unit = difference
            .iter()
            .map(|x| if d > 0.0 { x / d } else { 0.0 })
            .collect();
        (d, unit)
    };
    let ((near, to_positive), (far, to_negative)) = (from(positive), from(negative));
    let loss = near - far + margin;
    if loss <= 0.0 {
        let zeros = vec![0.0; anchor.len()];
        return (0.0, zeros.clone(), zeros.clone(), zeros);
    }
    let by_anchor = to_positive.iter().zip(&to_negative).map(|(p, n)| p - n).collect();
    let by_positive = to_positive.iter().map(|p| -p).collect();
    (loss, by_anchor, by_positive, to_negative)
    // end
}
