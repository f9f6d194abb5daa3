//! title: Circular convolution
//! concept: binding vectors
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Two loops: over the positions i of the result and over the positions j of `a`.
//! hint: `(i + n - j) % n` is i − j counted round the circle, without going below 0.
//!
//! Both vectors have n numbers, at least one. Number i of the result is the sum over all j of a[j] · b[i
//! − j]. The index i − j goes round in a circle of n positions: −1 is the last position.

/// The circular convolution of two vectors of the same length.
pub fn circular_convolution(a: &[f32], b: &[f32]) -> Vec<f32> {
    // solution
    let n = a.len();
    (0..n)
        .map(|i| (0..n).map(|j| a[j] * b[(i + n - j) % n]).sum())
        .collect()
    // end
}
