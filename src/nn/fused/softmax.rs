//! Softmax: numbers of any size become shares of 1; the larger the number, the larger the share.
//!
//! ```text
//!     pᵢ = exp(xᵢ − m) / Σⱼ exp(xⱼ − m)                m = maxⱼ xⱼ, so that nothing overflows
//!     ln pᵢ = xᵢ − m − ln Σⱼ exp(xⱼ − m)
//! ```
//!
//! The gradients, with g = ∂L/∂p or ∂L/∂(ln p), from ∂pᵢ/∂xⱼ = pᵢ ([i = j] − pⱼ):
//!
//! ```text
//!     ∂L/∂xⱼ = pⱼ (gⱼ − Σᵢ gᵢ pᵢ)                     of softmax
//!     ∂L/∂xⱼ = gⱼ − pⱼ Σᵢ gᵢ                          of its logarithm
//! ```
//!
//! Shapes: `(…, n)` to the same, over the last dimension. A row with only −∞, such as that of a query that
//! may look at nothing, has softmax 0 everywhere by definition, and logarithm −∞. candle's own softmax gives
//! NaN, and so does torch's, whose attention gives 0. Memory: the result; in the backward pass, the result
//! and the gradient.

use candle_core::{D, Tensor};

use super::number::{Number, has_fused_form, largest, sum, sum2};
use super::rows::{RowOp, by_rows};
use crate::Result;

/// Softmax over the last dimension of `(…, n)`.
///
/// # Errors
/// The tensor holds whole numbers.
///
/// ```
/// use course::nn::{Device, Tensor, softmax};
/// let x = Tensor::new(&[[0.0, 3_f32.ln()], [f32::NEG_INFINITY; 2]], &Device::Cpu)?;
/// let p = softmax(&x)?.to_vec2::<f32>()?;
/// assert!((p[0][1] - 0.75).abs() < 1e-6);
/// assert_eq!(p[1], [0.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn softmax(x: &Tensor) -> Result<Tensor> {
    match has_fused_form(x)? {
        true => Ok(by_rows(x, Softmax)?),
        false => softmax_plain(x),
    }
}

/// [`softmax`] by candle's operations.
///
/// # Errors
/// As [`softmax`].
pub fn softmax_plain(x: &Tensor) -> Result<Tensor> {
    if !has_numbers(x)? {
        return Ok(x.clone());
    }
    let (exponentials, sum) = exponentials(x)?;
    Ok(exponentials.broadcast_div(&sum)?)
}

/// The logarithm of [`softmax`]; it is exact also if a share is too small for its type.
///
/// # Errors
/// As [`softmax`].
pub fn log_softmax(x: &Tensor) -> Result<Tensor> {
    match has_fused_form(x)? {
        true => Ok(by_rows(x, LogSoftmax)?),
        false => log_softmax_plain(x),
    }
}

/// [`log_softmax`] by candle's operations.
///
/// # Errors
/// As [`softmax`].
pub fn log_softmax_plain(x: &Tensor) -> Result<Tensor> {
    if !has_numbers(x)? {
        return Ok(x.clone());
    }
    let (_, sum) = exponentials(x)?;
    Ok(x.broadcast_sub(&finite_max(x)?)?.broadcast_sub(&sum.log()?)?)
}

/// candle has no maximum of an empty tensor.
fn has_numbers(x: &Tensor) -> Result<bool> {
    has_fused_form(x)?;
    Ok(x.elem_count() > 0)
}

/// The largest number of each row, or 0 if that is −∞. It cancels out, so no gradient goes through it.
fn finite_max(x: &Tensor) -> Result<Tensor> {
    let max = x.detach().max_keepdim(D::Minus1)?;
    let none = max.eq(f64::NEG_INFINITY)?;
    Ok(none.where_cond(&max.zeros_like()?, &max)?)
}

/// exp(x − m), and their sum; the sum is set to 1 if all of them are 0.
fn exponentials(x: &Tensor) -> Result<(Tensor, Tensor)> {
    let exponentials = x.broadcast_sub(&finite_max(x)?)?.exp()?;
    let sum = exponentials.sum_keepdim(D::Minus1)?;
    let none = sum.detach().eq(0.0)?.to_dtype(x.dtype())?;
    Ok((exponentials, (sum + none)?))
}

struct Softmax;

/// Writes exp(x − m) into `y` and returns m and the sum.
pub(super) fn exponentials_of<T: Number>(x: &[T], y: &mut [T]) -> (T, T) {
    let max = largest(x);
    for (y, &x) in y.iter_mut().zip(x) {
        *y = (x - max).exp();
    }
    (max, sum(y, |y| y))
}

impl RowOp for Softmax {
    const NAME: &'static str = "softmax";

    fn forward<T: Number>(&self, x: &[T], y: &mut [T]) {
        if largest(x).to_f64() == f64::NEG_INFINITY {
            return y.fill(T::zero());
        }
        let (_, sum) = exponentials_of(x, y);
        let by = T::one() / sum;
        y.iter_mut().for_each(|y| *y *= by);
    }

    fn backward<T: Number>(&self, _: &[T], p: &[T], g: &[T], dx: &mut [T]) {
        let mean = sum2(g, p, |g, p| g * p);
        for ((dx, &g), &p) in dx.iter_mut().zip(g).zip(p) {
            *dx = p * (g - mean);
        }
    }
}

struct LogSoftmax;

impl RowOp for LogSoftmax {
    const NAME: &'static str = "the logarithm of softmax";

    fn forward<T: Number>(&self, x: &[T], y: &mut [T]) {
        if largest(x).to_f64() == f64::NEG_INFINITY {
            return y.copy_from_slice(x);
        }
        let (max, sum) = exponentials_of(x, y);
        let by = sum.ln();
        for (y, &x) in y.iter_mut().zip(x) {
            // In this order, since next to a large maximum the logarithm would lose digits.
            *y = x - max - by;
        }
    }

    fn backward<T: Number>(&self, _: &[T], y: &[T], g: &[T], dx: &mut [T]) {
        let all = sum(g, |g| g);
        for ((dx, &g), &y) in dx.iter_mut().zip(g).zip(y) {
            *dx = g - y.exp() * all;
        }
    }
}

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device};

    use super::*;
    use crate::nn::testing::{same_as_plain, values};

    const INF: f64 = f64::NEG_INFINITY;

    /// On paper: e⁰ : e^ln 3 = 1 : 3.
    #[test]
    fn the_shares_on_paper() {
        let x = Tensor::new(
            &[[0.0, 3_f64.ln()], [1000.0, 1000.0], [INF, 5.0], [INF, INF]],
            &Device::Cpu,
        )
        .unwrap();
        let shares = [0.25, 0.75, 0.5, 0.5, 0.0, 1.0, 0.0, 0.0];
        for p in [softmax(&x), softmax_plain(&x)] {
            let p = values(&p.unwrap());
            assert!(
                p.iter().zip(shares).all(|(p, share)| (p - share).abs() < 1e-14),
                "{p:?}"
            );
        }
        for y in [log_softmax(&x), log_softmax_plain(&x)] {
            let y = values(&y.unwrap());
            assert!(
                y.iter()
                    .zip(shares)
                    .all(|(y, share)| (y.exp() - share).abs() < 1e-14),
                "{y:?}"
            );
            assert_eq!(y[6], INF);
        }
    }

    /// A share of e⁻¹⁰⁰⁰ is 0 in every type, its logarithm is −1000.
    #[test]
    fn the_logarithm_does_not_underflow() {
        let x = Tensor::new(&[0.0_f32, -1000.0], &Device::Cpu).unwrap();
        assert_eq!(values(&log_softmax(&x).unwrap()), [0.0, -1000.0]);
    }

    #[test]
    fn the_fused_form_is_the_plain_one() {
        for shape in [&[3, 5][..], &[2, 3, 40], &[7], &[300, 100], &[2, 0], &[0, 2]] {
            same_as_plain(&[shape], |x| softmax(&x[0]), |x| softmax_plain(&x[0]));
            same_as_plain(&[shape], |x| log_softmax(&x[0]), |x| log_softmax_plain(&x[0]));
        }
    }

    /// The gradient of a row that looks at nothing is 0, not NaN.
    #[test]
    fn no_gradient_comes_from_a_row_that_looks_at_nothing() {
        let x = candle_core::Var::from_slice(&[INF, INF, 0.0, INF], (2, 2), &Device::Cpu).unwrap();
        for y in [softmax(&x), softmax_plain(&x)] {
            let loss = (y.unwrap() * 3.0).unwrap().sum_all().unwrap();
            let gradient = loss.backward().unwrap();
            assert_eq!(values(gradient.get(&x).unwrap()), [0.0; 4]);
        }
    }

    #[test]
    fn other_types_take_the_plain_form() {
        let x = Tensor::new(&[[1.0_f32, 2.0]], &Device::Cpu)
            .unwrap()
            .to_dtype(DType::BF16)
            .unwrap();
        let p = values(&softmax(&x).unwrap());
        assert!((p[1] - 0.7311).abs() < 0.004, "{p:?}");
        assert!(softmax(&Tensor::new(&[[1_u32]], &Device::Cpu).unwrap()).is_err());
    }
}
