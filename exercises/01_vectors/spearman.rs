//! title: Spearman's rank correlation
//! concept: evaluation
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Replace each value by its rank; equal values share the mean of their ranks. The result is the correlation
//! of the two lists of ranks. Neither list has only equal values.

/// The rank correlation of `x` and `y`.
#[allow(unused_variables, reason = "not written yet")]
pub fn spearman(x: &[f32], y: &[f32]) -> f32 {
    todo!()
}
