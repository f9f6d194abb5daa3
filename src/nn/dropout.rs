//! Dropout: while a network learns, each number is left out with probability p, so that no unit can rely on
//! one single other unit (Srivastava et al. 2014, *Dropout: a simple way to prevent neural networks from
//! overfitting*).
//!
//! ```text
//!     y = x ∘ b / (1 − p)          b: 1 with probability 1 − p, otherwise 0
//! ```
//!
//! Dividing by 1 − p keeps the mean, so a trained network is used without dropout and without a factor. What
//! is left out depends on the generator alone: a seed gives the same masks on every machine. candle's own
//! dropout does not, since its generator cannot be seeded.

use candle_core::{DType, Device, Tensor};
use rand::Rng as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// `x` with a share `p` of its numbers left out, and the others divided by 1 − p. With `p` = 0 the result is
/// `x`, and nothing is drawn.
///
/// # Errors
/// `p` is not at least 0 and below 1.
///
/// ```
/// use course::nn::{DType, Device, Tensor, dropout};
/// let x = Tensor::ones(1000, DType::F32, &Device::Cpu)?;
/// let y = dropout(&x, 0.75, &mut course::rng::seeded(1))?.to_vec1::<f32>()?;
/// assert!(y.iter().all(|&y| y == 0.0 || y == 4.0));
/// assert!((y.iter().sum::<f32>() / 1000.0 - 1.0).abs() < 0.2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn dropout(x: &Tensor, p: f64, rng: &mut Rng) -> Result<Tensor> {
    if !(0.0..1.0).contains(&p) {
        let expected = "a share of at least 0 and below 1";
        return Err(Error::value("dropout", expected, p));
    }
    if p == 0.0 {
        return Ok(x.clone());
    }
    let kept = (1.0 / (1.0 - p)) as f32;
    let draw = |_| if rng.random::<f32>() < p as f32 { 0.0 } else { kept };
    let mask: Vec<f32> = (0..x.elem_count()).map(draw).collect();
    let mask = Tensor::from_vec(mask, x.shape(), &Device::Cpu)?;
    let dtype = if x.dtype().is_float() {
        x.dtype()
    } else {
        DType::F32
    };
    Ok((x * mask.to_dtype(dtype)?.to_device(x.device())?)?)
}

#[cfg(test)]
mod tests {
    use candle_core::Var;

    use super::*;
    use crate::rng::seeded;

    /// A share p is 0 (10,000 numbers: five standard deviations are 0.025), the mean stays, and the gradient
    /// is the mask.
    #[test]
    fn what_is_left_out_is_drawn_from_the_seed() {
        let x = Var::ones((100, 100), DType::F64, &Device::Cpu).unwrap();
        let y = dropout(&x, 0.4, &mut seeded(1)).unwrap();
        let numbers: Vec<f64> = y.flatten_all().unwrap().to_vec1().unwrap();
        let none = numbers.iter().filter(|&&y| y == 0.0).count();
        assert!((none as f64 / 10_000.0 - 0.4).abs() < 0.025, "{none}");
        assert!((numbers.iter().sum::<f64>() / 10_000.0 - 1.0).abs() < 0.05);
        let gradients = y.sum_all().unwrap().backward().unwrap();
        let of_x: Vec<f64> = gradients
            .get(&x)
            .unwrap()
            .flatten_all()
            .unwrap()
            .to_vec1()
            .unwrap();
        assert_eq!(of_x, numbers);
        let again = |seed| {
            dropout(&x, 0.4, &mut seeded(seed))
                .unwrap()
                .to_vec2::<f64>()
                .unwrap()
        };
        assert_eq!(again(1).concat(), numbers);
        assert_ne!(again(2).concat(), numbers);
    }

    #[test]
    fn a_share_must_be_one() {
        let x = Tensor::ones(3, DType::F32, &Device::Cpu).unwrap();
        assert_eq!(
            dropout(&x, 0.0, &mut seeded(1))
                .unwrap()
                .to_vec1::<f32>()
                .unwrap(),
            [1.0; 3]
        );
        for p in [-0.1, 1.0, f64::NAN] {
            assert!(dropout(&x, p, &mut seeded(1)).is_err());
        }
    }
}
