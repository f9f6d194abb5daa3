//! GELU: a number times the probability that a standard normal variable is below it (Hendrycks and Gimpel
//! 2016, *Gaussian error linear units*).
//!
//! ```text
//!     gelu(x) = x Φ(x) = ½ x (1 + erf(x / √2))                    gelu'(x) = Φ(x) + x φ(x)
//!
//!     with tanh: ½ x (1 + t),  t = tanh(a (x + b x³)),  a = √(2/π),  b = 0.044715
//!     its slope: ½ (1 + t) + ½ x (1 − t²) a (1 + 3 b x²)
//! ```
//!
//! Φ and φ are the distribution function and the density of the standard normal. The two forms differ by up
//! to 0.0005, and models are trained with one of them. BERT, RoBERTa, XLNet, ELECTRA, DistilBERT and GPT-NeoX
//! use erf; GPT, GPT-2, ALBERT, Phi and Gemma use tanh (GPT's file says "gelu" and means the second form).
//! candle calls the first `gelu_erf` and the second `gelu`; its gradients of both are exact to six digits
//! only.

use candle_core::Tensor;

use super::number::{Number, has_fused_form};
use super::rows::{RowOp, by_rows};
use crate::Result;

/// √(2/π).
const SCALE: f64 = std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;

/// GELU of each number, with the error function.
///
/// # Errors
/// The tensor holds whole numbers.
///
/// ```
/// use course::nn::{Device, Tensor, gelu, gelu_tanh};
/// let one = Tensor::new(&[1.0_f32], &Device::Cpu)?;
/// assert!((gelu(&one)?.to_vec1::<f32>()?[0] - 0.841_344_7).abs() < 1e-6);
/// assert!((gelu_tanh(&one)?.to_vec1::<f32>()?[0] - 0.841_192_0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gelu(x: &Tensor) -> Result<Tensor> {
    match has_fused_form(x)? {
        true => Ok(by_rows(x, Erf)?),
        false => gelu_plain(x),
    }
}

/// [`gelu`] by candle's operations.
///
/// # Errors
/// As [`gelu`].
pub fn gelu_plain(x: &Tensor) -> Result<Tensor> {
    let erf = (x * std::f64::consts::FRAC_1_SQRT_2)?.erf()?;
    Ok(((x * (erf + 1.0)?)? * 0.5)?)
}

/// GELU of each number, approximated with tanh.
///
/// # Errors
/// As [`gelu`].
pub fn gelu_tanh(x: &Tensor) -> Result<Tensor> {
    match has_fused_form(x)? {
        true => Ok(by_rows(x, Tanh)?),
        false => gelu_tanh_plain(x),
    }
}

/// [`gelu_tanh`] by candle's operations.
///
/// # Errors
/// As [`gelu`].
pub fn gelu_tanh_plain(x: &Tensor) -> Result<Tensor> {
    let inner = ((x.sqr()? * (0.044715 * SCALE))? + SCALE)?;
    Ok(((x * ((x * inner)?.tanh()? + 1.0)?)? * 0.5)?)
}

struct Erf;

impl RowOp for Erf {
    const NAME: &'static str = "gelu";

    fn forward<T: Number>(&self, x: &[T], y: &mut [T]) {
        let (half, root) = (T::from_f64(0.5), T::from_f64(std::f64::consts::FRAC_1_SQRT_2));
        for (y, &x) in y.iter_mut().zip(x) {
            *y = half * x * (T::one() + (x * root).erf());
        }
    }

    fn backward<T: Number>(&self, x: &[T], _: &[T], dy: &[T], dx: &mut [T]) {
        let (half, root) = (T::from_f64(0.5), T::from_f64(std::f64::consts::FRAC_1_SQRT_2));
        let density = T::from_f64(0.5 * SCALE);
        for ((dx, &x), &dy) in dx.iter_mut().zip(x).zip(dy) {
            let below = half * (T::one() + (x * root).erf());
            *dx = dy * (below + x * density * (T::zero() - half * x * x).exp());
        }
    }
}

struct Tanh;

impl RowOp for Tanh {
    const NAME: &'static str = "gelu with tanh";

    fn forward<T: Number>(&self, x: &[T], y: &mut [T]) {
        let half = T::from_f64(0.5);
        let (scale, cubic) = (T::from_f64(SCALE), T::from_f64(0.044715));
        for (y, &x) in y.iter_mut().zip(x) {
            *y = scale * (x + cubic * x * x * x);
        }
        T::tanhs(y);
        for (y, &x) in y.iter_mut().zip(x) {
            *y = half * x * (T::one() + *y);
        }
    }

    fn backward<T: Number>(&self, x: &[T], _: &[T], dy: &[T], dx: &mut [T]) {
        let half = T::from_f64(0.5);
        let (scale, cubic) = (T::from_f64(SCALE), T::from_f64(0.044715));
        let three = T::from_f64(3.0);
        for (dx, &x) in dx.iter_mut().zip(x) {
            *dx = scale * (x + cubic * x * x * x);
        }
        T::tanhs(dx);
        for ((dx, &x), &dy) in dx.iter_mut().zip(x).zip(dy) {
            let t = *dx;
            let slope = scale * (T::one() + three * cubic * x * x);
            *dx = dy * half * ((T::one() + t) + x * (T::one() - t * t) * slope);
        }
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;
    use crate::nn::testing::{same_as_plain, values};

    #[test]
    fn the_fused_forms_are_the_plain_ones() {
        for shape in [&[3, 5][..], &[20_000], &[2, 3, 4], &[0]] {
            same_as_plain(&[shape], |x| gelu(&x[0]), |x| gelu_plain(&x[0]));
            same_as_plain(&[shape], |x| gelu_tanh(&x[0]), |x| gelu_tanh_plain(&x[0]));
        }
    }

    /// A number near 0 loses half, a large one nothing, a very negative one everything; and the two forms
    /// differ by less than 0.0005.
    #[test]
    fn it_is_a_gate_that_the_number_itself_opens() {
        let x: Vec<f64> = (-600..=600).map(|i| f64::from(i) / 100.0).collect();
        let x = Tensor::new(x, &Device::Cpu).unwrap();
        let (erf, tanh) = (values(&gelu(&x).unwrap()), values(&gelu_tanh(&x).unwrap()));
        let apart = erf
            .iter()
            .zip(&tanh)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        assert!((0.0003..0.0005).contains(&apart), "{apart}");
        for y in [erf, tanh] {
            assert!((y[601] - 0.005).abs() < 1e-4 && (y[1200] - 6.0).abs() < 1e-8 && y[0].abs() < 1e-8);
        }
    }
}
