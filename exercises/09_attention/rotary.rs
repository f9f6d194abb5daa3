//! title: Pairs that turn
//! concept: rotary positions
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Turn each pair of neighbours, (x_0, x_1), (x_2, x_3), …: pair i turns by the angle position ·
//! base^(−2i/d), where d is the length of `x`, from the first number's axis towards the second one's.
//! Positions begin at 0, and d is even and above 0.

/// The vector with each pair turned.
#[allow(unused_variables, reason = "not written yet")]
pub fn rotary(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    todo!()
}
