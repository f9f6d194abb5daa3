//! title: A sum of exponentials that does not overflow
//! concept: numerical stability
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: Let m be the largest of the numbers. Then Σ e^x = e^m · Σ e^(x − m), and the logarithm of a product is a sum.
//! hint: Each x − m is at most 0, so no e^(x − m) is above 1; and one of them is 1, so their sum is not 0.
//!
//! Return ln(e^x₁ + … + e^xₙ), where ln is the natural logarithm. There is at least one number. The answer
//! must be right also where e^x is too large for an `f32`, as for x = 100, and where it is so small that it
//! becomes 0, as for x = −200.

/// The logarithm of the sum of the exponentials.
pub fn log_sum_exp(x: &[f32]) -> f32 {
    // solution
    let most = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = x.iter().map(|x| (x - most).exp()).sum();
    most + sum.ln()
    // end
}
