//! title: No step over the cliff
//! concept: clipping
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Each row is the gradient of one parameter. Take all of them as one long vector. If it is longer than
//! `most`, make it `most` long without changing its direction; otherwise leave it as it is. There may be no
//! gradient, and `most` is above 0.

/// The gradients, no longer than `most` together.
#[allow(unused_variables, reason = "not written yet")]
pub fn clip_gradients(gradients: &[Vec<f32>], most: f32) -> Vec<Vec<f32>> {
    todo!()
}
