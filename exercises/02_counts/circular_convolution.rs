//! title: Circular convolution
//! concept: binding vectors
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Both vectors have n numbers, at least one. Number i of the result is the sum over all j of a[j] · b[i
//! − j]. The index i − j goes round in a circle of n positions: −1 is the last position.

/// The circular convolution of two vectors of the same length.
#[allow(unused_variables, reason = "not written yet")]
pub fn circular_convolution(a: &[f32], b: &[f32]) -> Vec<f32> {
    todo!()
}
