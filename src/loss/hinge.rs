//! The hinge loss of a ranking: what is real must have a larger score than what is corrupted, by a margin of
//! 1 (Collobert and Weston 2008).
//!
//! ```text
//!     L = max(0, 1 − s + s')              s the score of the real one, s' of the corrupted one
//!     ∂L/∂s = −[L > 0]        ∂L/∂s' = [L > 0]
//! ```
//!
//! Below the margin both scores are pushed apart with the same force, however wrong they are; above it
//! nothing is learned. The margin only fixes the scale of the scores: another margin would multiply them all.
//! Exactly at the margin there is no derivative, and 0 is as good as 1 there. The plain form has 0, as in
//! torch; candle's `relu`, and so the form on tensors, has 1.

#[cfg(feature = "nn")]
use crate::{Result, nn::Tensor};

/// L of the score of something real and of something corrupted.
///
/// ```
/// use course::loss::hinge;
/// assert_eq!(hinge(2.0, 0.5), 0.0); // told apart by more than 1
/// assert_eq!(hinge(0.25, 0.0), 0.75); // right, but not by enough
/// assert_eq!(hinge(0.0, 3.0), 4.0); // the wrong way round
/// ```
pub fn hinge(real: f32, corrupted: f32) -> f32 {
    (1.0 - real + corrupted).max(0.0)
}

/// `(∂L/∂s, ∂L/∂s')`.
///
/// ```
/// use course::loss::hinge_gradient;
/// assert_eq!(hinge_gradient(0.25, 0.0), (-1.0, 1.0));
/// assert_eq!(hinge_gradient(2.0, 0.5), (0.0, 0.0));
/// ```
pub fn hinge_gradient(real: f32, corrupted: f32) -> (f32, f32) {
    if hinge(real, corrupted) > 0.0 {
        (-1.0, 1.0)
    } else {
        (0.0, 0.0)
    }
}

/// The mean of L over pairs: two tensors of scores of the same shape.
///
/// # Errors
/// The shapes differ.
#[cfg(feature = "nn")]
pub fn of_batch(real: &Tensor, corrupted: &Tensor) -> Result<Tensor> {
    Ok(((corrupted - real)? + 1.0)?.relu()?.mean_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Away from the corner the loss is linear, and differences of 2⁻⁴ are exact for these numbers.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 16.0;
        for (real, corrupted) in [(0.5, 0.0), (0.0, 2.0), (3.0, 1.0), (-1.0, -2.5), (-1.0, -1.5)] {
            let of_real = (hinge(real + H, corrupted) - hinge(real - H, corrupted)) / (2.0 * H);
            let of_corrupted = (hinge(real, corrupted + H) - hinge(real, corrupted - H)) / (2.0 * H);
            assert_eq!(hinge_gradient(real, corrupted), (of_real, of_corrupted));
        }
    }

    #[cfg(feature = "nn")]
    #[test]
    fn a_batch_has_the_mean_and_its_gradient() {
        let (real, corrupted) = ([0.5, 0.0, 3.0_f32], [0.0, 2.0, 1.0_f32]);
        let var = |scores: &[f32]| crate::nn::Var::new(scores, &crate::nn::Device::Cpu).unwrap();
        let (s, t) = (var(&real), var(&corrupted));
        let loss = of_batch(&s, &t).unwrap();
        let expected: f32 = real.iter().zip(corrupted).map(|(&s, t)| hinge(s, t)).sum();
        assert!((loss.to_scalar::<f32>().unwrap() - expected / 3.0).abs() < 1e-6);
        let gradients = loss.backward().unwrap();
        let of = |x: &crate::nn::Var| gradients.get(x).unwrap().to_vec1::<f32>().unwrap();
        for (i, (got_s, got_t)) in of(&s).into_iter().zip(of(&t)).enumerate() {
            let (expected_s, expected_t) = hinge_gradient(real[i], corrupted[i]);
            assert!((3.0 * got_s - expected_s).abs() < 1e-6 && (3.0 * got_t - expected_t).abs() < 1e-6);
        }
    }
}
