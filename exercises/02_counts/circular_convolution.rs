//! title: Circular convolution
//! concept: binding vectors
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Both vectors have n numbers, at least one. Number i of the result is the sum over all j of a[j] ·
//! b[i − j], where i − j is counted round the circle of n places: −1 is the last place.

/// The circular convolution of two vectors of the same length.
#[allow(unused_variables, reason = "not written yet")]
pub fn circular_convolution(a: &[f32], b: &[f32]) -> Vec<f32> {
    todo!()
}
