//! title: The largest distortion
//! concept: Johnson-Lindenstrauss lemma
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: Two loops: i over all points, j over those after it.
//! hint: The squared distance is the sum of the squares of the differences, without a root.
//! hint: Keep the largest of |after / before − 1|; begin with 0.
//!
//! Row i of `before` is a point, and row i of `after` is what a projection made of it. For each pair of
//! points the ratio is the squared distance after, divided by the squared distance before. The distortion of
//! the pair is how far the ratio is from 1, up or down:
//! |ratio − 1|. Return the largest distortion of all pairs. A pair whose points were equal before has none and is left out; without
//! any pair the answer is 0. Both lists have as many rows.

/// How far a squared distance's ratio is from 1 at most.
pub fn largest_distortion(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    // solution
    let squared = |x: &[f32], y: &[f32]| -> f32 { x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum() };
    let mut largest = 0.0_f32;
    for i in 0..before.len() {
        for j in i + 1..before.len() {
            let old = squared(&before[i], &before[j]);
            if old > 0.0 {
                largest = largest.max((squared(&after[i], &after[j]) / old - 1.0).abs());
            }
        }
    }
    largest
    // end
}
