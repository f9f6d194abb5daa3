//! Cross entropy: the negative logarithm of the probability that a model gives to the target.
//!
//! A model has a number for each class, its logits y. Their softmax is a distribution:
//!
//! ```text
//!     p_v = exp y_v / Σ_w exp y_w
//!     L = −ln p_r = ln Σ_v exp y_v − y_r                r the target
//! ```
//!
//! The second form has no quotient, and with `m = max y` it has no large exponential either:
//! `ln Σ exp y_v = m + ln Σ exp(y_v − m)`. Now the derivative: that of `ln Σ exp y` is
//! `exp y_v / Σ exp y = p_v`, and that of `y_r` is 1 for r and 0 for all others.
//!
//! ```text
//!     ∂L/∂y_v = p_v − [v = r]
//! ```
//!
//! The target is pulled up by all of its missing probability, and each other class is pushed down by the
//! probability that it has. Over a batch the loss is the mean, so the gradient of each row is divided by the
//! number of rows. `exp L` is the perplexity. The form on tensors is one operation with its gradient, in
//! `nn/fused/cross_entropy.rs`.

use crate::{Error, Result};

/// L of the logits of one example.
///
/// ```
/// use course::loss::cross_entropy;
/// // Four classes alike: the logarithm of 4, however large the logits are.
/// assert!((cross_entropy(&[1000.0; 4], 2)? - 4_f32.ln()).abs() < 1e-6);
/// // ln(e² + e⁰) − 0
/// assert!((cross_entropy(&[2.0, 0.0], 1)? - 2.126928).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The target is not one of the classes.
pub fn cross_entropy(logits: &[f32], target: usize) -> Result<f32> {
    let (max, sum) = max_and_sum(logits, target)?;
    Ok((f64::from(max) + sum.ln() - f64::from(logits[target])) as f32)
}

/// `∂L/∂y`, a number for each class.
///
/// ```
/// use course::loss::cross_entropy_gradient;
/// assert_eq!(cross_entropy_gradient(&[0.0; 4], 2)?, [0.25, 0.25, -0.75, 0.25]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The target is not one of the classes.
pub fn cross_entropy_gradient(logits: &[f32], target: usize) -> Result<Vec<f32>> {
    let (max, sum) = max_and_sum(logits, target)?;
    let p = logits.iter().map(|y| (f64::from(y - max).exp() / sum) as f32);
    let mut gradient: Vec<f32> = p.collect();
    gradient[target] -= 1.0;
    Ok(gradient)
}

/// `max y` and `Σ exp(y − max y)`.
fn max_and_sum(logits: &[f32], target: usize) -> Result<(f32, f64)> {
    if target >= logits.len() {
        let expected = format!("one of {} classes", logits.len());
        return Err(Error::value("the target", expected, target.to_string()));
    }
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    Ok((max, logits.iter().map(|y| f64::from(y - max).exp()).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Central differences of 2⁻⁶. Their error is `h²/6` times a third derivative below 1, and the rounding
    /// of a loss of about 2.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 64.0;
        let logits = [0.5, -1.0, 2.0, 0.0];
        for target in 0..4 {
            let gradient = cross_entropy_gradient(&logits, target).unwrap();
            for (i, got) in gradient.iter().enumerate() {
                let at = |h: f32| {
                    let mut moved = logits;
                    moved[i] += h;
                    cross_entropy(&moved, target).unwrap()
                };
                let by_differences = (at(H) - at(-H)) / (2.0 * H);
                assert!(
                    (got - by_differences).abs() < 1e-4,
                    "{target} {i}: {got} {by_differences}"
                );
            }
            assert!(
                gradient.iter().sum::<f32>().abs() < 1e-6,
                "probabilities only move"
            );
        }
    }

    #[test]
    fn a_target_that_is_no_class_is_an_error() {
        let told = cross_entropy(&[0.0; 3], 3).unwrap_err().to_string();
        assert_eq!(told, "the target: expected one of 3 classes, got 3");
        assert!(cross_entropy_gradient(&[], 0).is_err());
    }

    #[cfg(feature = "nn")]
    #[test]
    fn a_batch_has_the_mean_and_its_gradient() {
        let (rows, targets) = ([[0.5, -1.0, 2.0], [0.0, 3.0, 0.0_f32]], [2, 0_u32]);
        let y = crate::nn::Var::new(&rows, &crate::nn::Device::Cpu).unwrap();
        let loss = crate::loss::tensors::cross_entropy(&y, &targets).unwrap();
        let pairs = || rows.iter().zip(targets.map(|t| t as usize));
        let expected: f32 = pairs().map(|(row, t)| cross_entropy(row, t).unwrap()).sum();
        assert!((loss.to_scalar::<f32>().unwrap() - expected / 2.0).abs() < 1e-6);
        let gradient: Vec<Vec<f32>> = loss.backward().unwrap().get(&y).unwrap().to_vec2().unwrap();
        for ((row, t), got) in pairs().zip(gradient) {
            for (got, expected) in got.iter().zip(cross_entropy_gradient(row, t).unwrap()) {
                assert!((got - expected / 2.0).abs() < 1e-6, "{got} {expected}");
            }
        }
    }
}
