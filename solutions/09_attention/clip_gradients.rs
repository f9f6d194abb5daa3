//! title: No step over the cliff
//! concept: clipping
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: The length of all together is the root of the sum of the squares of all numbers.
//! hint: If it is above `most`, multiply every number by most / length.
//!
//! Each row is the gradient of one parameter. Take all of them as one long vector. If it is longer than
//! `most`, make it `most` long without changing its direction; otherwise leave it as it is. There may be no
//! gradient, and `most` is above 0.

/// The gradients, no longer than `most` together.
pub fn clip_gradients(gradients: &[Vec<f32>], most: f32) -> Vec<Vec<f32>> {
    // solution
    let length = gradients.iter().flatten().map(|g| g * g).sum::<f32>().sqrt();
    let factor = if length > most { most / length } else { 1.0 };
    gradients
        .iter()
        .map(|row| row.iter().map(|g| g * factor).collect())
        .collect()
    // end
}
