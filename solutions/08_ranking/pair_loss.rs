//! title: The loss of a pair
//! concept: contrastive loss
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: The distance first: the square root of the sum of the squared differences.
//! hint: `f32::max` gives the larger of two numbers.
//!
//! Two points x and y have the Euclidean distance d. If they are alike, their loss is d: they are pulled
//! together. If they are not, it is max(0, margin − d): they are pushed apart until their distance is
//! `margin`, and then left alone. Both points have the same number of coordinates.

/// The loss of two points that are alike or not.
pub fn pair_loss(x: &[f32], y: &[f32], alike: bool, margin: f32) -> f32 {
    // solution
    let squares: f32 = x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum();
    let distance = squares.sqrt();
    if alike {
        distance
    } else {
        (margin - distance).max(0.0)
    }
    // end
}
