//! The loss of negative sampling: is a pair real, or drawn at random? (Mikolov, Sutskever, Chen, Corrado and
//! Dean 2013)
//!
//! A pair has a score s, the product of its two vectors, and a label y: 1 for a real pair, 0 for a negative
//! sample. The model says that the pair is real with probability `σ(s) = 1/(1 + e⁻ˢ)`. The loss is the
//! negative logarithm of the probability of the label:
//!
//! ```text
//!     L = −y ln σ(s) − (1 − y) ln σ(−s)
//! ```
//!
//! This form breaks if it is computed as written: σ(s) rounds to 1 from s = 17 on in `f32`, and `ln 0` is −∞.
//! But `σ(s) = eˢ/(1 + eˢ)`, so `−ln σ(s) = ln(1 + e⁻ˢ)`:
//!
//! ```text
//!     L = y sp(−s) + (1 − y) sp(s)          sp(x) = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)       softplus
//! ```
//!
//! where no exponential is above 1. The derivative of sp is σ, and `σ(−s) = 1 − σ(s)`:
//!
//! ```text
//!     ∂L/∂s = −y σ(−s) + (1 − y) σ(s) = σ(s) − y
//!     ∂L/∂x = (σ(s) − y) y⃗        ∂L/∂y⃗ = (σ(s) − y) x⃗          for s = x⃗ · y⃗
//! ```

#[cfg(feature = "nn")]
use crate::{Result, nn::Tensor};

/// `ln(1 + eˣ)`, also if `eˣ` is not finite.
///
/// ```
/// use course::loss::softplus;
/// assert_eq!((softplus(-200.0), softplus(200.0)), (0.0, 200.0));
/// ```
pub fn softplus(x: f32) -> f32 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// L of a pair with this score; the label is 1 for a real pair and 0 for a negative sample.
///
/// ```
/// use course::loss::negative_sampling;
/// // A score of 0 is "perhaps": the logarithm of 2, whatever is right.
/// assert_eq!([0.0, 1.0].map(|label| negative_sampling(0.0, label)), [2_f32.ln(); 2]);
/// // Sure and wrong costs the score.
/// assert_eq!(negative_sampling(100.0, 0.0), 100.0);
/// ```
pub fn negative_sampling(score: f32, label: f32) -> f32 {
    // Both softplus terms have the same logarithm, and the shares of the two labels sum to 1.
    let sides = label * (-score).max(0.0) + (1.0 - label) * score.max(0.0);
    sides + (-score.abs()).exp().ln_1p()
}

/// `∂L/∂s = σ(s) − y`.
///
/// ```
/// use course::loss::negative_sampling_gradient;
/// assert_eq!(negative_sampling_gradient(0.0, 1.0), -0.5);
/// ```
pub fn negative_sampling_gradient(score: f32, label: f32) -> f32 {
    1.0 / (1.0 + (-score).exp()) - label
}

/// The mean of L over scores and labels of the same shape.
///
/// # Errors
/// The shapes differ.
#[cfg(feature = "nn")]
pub fn of_batch(scores: &Tensor, labels: &Tensor) -> Result<Tensor> {
    // sp(s) − y s, since sp(−s) = sp(s) − s; sp(s) = m + ln(e^(s − m) + e^−m) with m = max(s, 0). Here m is a
    // constant, not a function of s, so the gradient is σ(s) at 0, too, where candle's `abs` and `relu` each
    // take one side.
    let m = scores.relu()?.detach();
    let softplus = (&m + ((scores - &m)?.exp()? + m.neg()?.exp()?)?.log()?)?;
    Ok((softplus - (scores * labels)?)?.mean_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula as it is written, in `f64`, where it does not break.
    #[test]
    fn it_is_the_logarithm_of_the_probability() {
        for i in -60..=60_i16 {
            let s = f32::from(i) / 4.0;
            let p = 1.0 / (1.0 + f64::from(-s).exp());
            for (label, expected) in [(1.0, -p.ln()), (0.0, -(1.0 - p).ln())] {
                let got = f64::from(negative_sampling(s, label));
                assert!(
                    (got - expected).abs() < 1e-6 * (1.0 + expected),
                    "{s} {label}: {got} {expected}"
                );
            }
        }
        let far =
            [-1e30, 1e30, f32::MAX, f32::MIN].map(|s| [negative_sampling(s, 0.0), negative_sampling(s, 1.0)]);
        assert!(
            far.iter().flatten().all(|x| x.is_finite() && *x >= 0.0),
            "{far:?}"
        );
    }

    /// Central differences of 2⁻⁵. Their error is `h²/6` times a third derivative of at most 1/8, and
    /// rounding.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 32.0;
        for i in -20..=20_i16 {
            let s = f32::from(i) / 4.0;
            for label in [0.0, 0.3, 1.0] {
                let by_differences =
                    (negative_sampling(s + H, label) - negative_sampling(s - H, label)) / (2.0 * H);
                let got = negative_sampling_gradient(s, label);
                assert!(
                    (got - by_differences).abs() < 5e-5,
                    "{s} {label}: {got} {by_differences}"
                );
            }
        }
    }

    #[cfg(feature = "nn")]
    #[test]
    fn a_batch_has_the_mean_and_its_gradient() {
        let (scores, labels) = ([-100.0, -2.0, 0.0, 0.5, 90.0_f32], [1.0, 0.0, 1.0, 1.0, 0.0_f32]);
        let cpu = crate::nn::Device::Cpu;
        let s = crate::nn::Var::new(&scores, &cpu).unwrap();
        let loss = of_batch(&s, &Tensor::new(&labels, &cpu).unwrap()).unwrap();
        let pairs = || scores.iter().zip(labels);
        let expected = pairs().map(|(s, y)| negative_sampling(*s, y)).sum::<f32>() / 5.0;
        assert!((loss.to_scalar::<f32>().unwrap() - expected).abs() < 1e-5);
        let gradient: Vec<f32> = loss.backward().unwrap().get(&s).unwrap().to_vec1().unwrap();
        for ((s, y), got) in pairs().zip(gradient) {
            let expected = negative_sampling_gradient(*s, y) / 5.0;
            assert!((got - expected).abs() < 1e-6, "{s}: {got} {expected}");
        }
    }
}
