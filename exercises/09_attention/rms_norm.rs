//! title: Only the size
//! concept: RMS norm
//! points: 1
//! difficulty: 1
//! minutes: 8
//!
//! Llama and its relatives leave out the mean of layer norm. Return y = γ x / √(mean x² + ε), number by
//! number. `gamma` is γ and has the length of `x`, which is not empty. `epsilon` is ε and above 0.

/// The row divided by the root of its mean square, then scaled.
#[allow(unused_variables, reason = "not written yet")]
pub fn rms_norm(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    todo!()
}
