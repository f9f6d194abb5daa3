//! title: A sum of exponentials that does not overflow
//! concept: numerical stability
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Return ln(e^x₁ + … + e^xₙ), where ln is the natural logarithm. There is at least one number. The answer
//! must be right also where e^x is too large for an `f32`, as for x = 100, and where it is so small that it
//! becomes 0, as for x = −200.

/// The logarithm of the sum of the exponentials.
#[allow(unused_variables, reason = "not written yet")]
pub fn log_sum_exp(x: &[f32]) -> f32 {
    todo!()
}
