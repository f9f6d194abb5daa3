//! title: Only the size
//! concept: RMS norm
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: The mean square is the sum of x² divided by the number of numbers.
//! hint: ε is added to the mean square, before the root.
//!
//! Llama and its relatives leave out the mean of layer norm. Return y = γ x / √(mean x² + ε), number by
//! number. `gamma` is γ and has the length of `x`, which is not empty. `epsilon` is ε and above 0.

/// The row divided by the root of its mean square, then scaled.
pub fn rms_norm(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    // solution
    let square = x.iter().map(|a| a * a).sum::<f32>() / x.len() as f32;
    let size = (square + epsilon).sqrt();
    x.iter().zip(gamma).map(|(a, g)| g * a / size).collect()
    // end
}
