//! title: A clock for each pair
//! concept: sinusoidal positions
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the vector of d numbers that stands for a position: for each pair i = 0, 1, …, d/2 − 1 the sine
//! and then the cosine of position · 10000^(−2i/d). Positions begin at 0, and d is even and above 0.

/// The sines and cosines of a position.
#[allow(unused_variables, reason = "not written yet")]
pub fn sinusoid(position: usize, d: usize) -> Vec<f32> {
    todo!()
}
