//! Layer norm and RMS norm: each row is brought to the same size, and then each column gets a learned scale
//! (and a learned shift).
//!
//! ```text
//!     layer norm   y = γ x̂ + β,   x̂ = (x − μ) r,   μ = mean x,   r = 1 / √(mean (x − μ)² + ε)
//!     RMS norm     y = γ x̂,       x̂ = x r,                       r = 1 / √(mean x² + ε)
//! ```
//!
//! The gradients, with h = γ ∂L/∂y. Neither the size of a row nor, in layer norm, its mean changes y, so
//! those directions are taken out of h:
//!
//! ```text
//!     ∂L/∂x = r (h − mean h − x̂ mean(h x̂))            without mean h in RMS norm
//!     ∂L/∂γ = Σ_rows x̂ ∂L/∂y        ∂L/∂β = Σ_rows ∂L/∂y
//! ```
//!
//! Shapes: x `(…, n)`, γ and β `(n)`. ε belongs to a model: 1e-5 in GPT-2 and Mixtral, 1e-12 in BERT, 1e-6 in
//! Llama. Sources: Ba, Kiros and Hinton 2016, *Layer normalization*; Zhang and Sennrich 2019, *Root mean
//! square layer normalization*.
//!
//! The variance is summed in a second loop, around the mean. candle-nn takes mean x² − μ², which loses its
//! digits if a row has large numbers with small differences: it gives NaN for 64 times 10.1, and −1.5 instead
//! of −1.3416 for the first of 3001, 3002, 3003, 3004.

use candle_core::{CpuStorage, CustomOp2, CustomOp3, D, Device, Layout, Shape, Tensor};
use rayon::prelude::*;

use super::number::{Number, has_fused_form, numbers, numbers_of, of_type, sum, sum2};
use super::rows::{columns, piece};
use crate::{Error, Result};

/// Layer norm of each row of x `(…, n)` with the scales `gamma` and the shifts `beta`, both `(n)`.
///
/// # Errors
/// The number of scales or shifts is not the length of a row, or they are of another type.
///
/// ```
/// use course::nn::{Device, Tensor, layer_norm};
/// let row = |numbers: [f32; 2]| Tensor::new(&numbers, &Device::Cpu);
/// let y = layer_norm(&row([1.0, 3.0])?, &row([1.0, 10.0])?, &row([0.0, 5.0])?, 0.0)?;
/// assert_eq!(y.to_vec1::<f32>()?, [-1.0, 15.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn layer_norm(x: &Tensor, gamma: &Tensor, beta: &Tensor, epsilon: f64) -> Result<Tensor> {
    check(x, gamma, "the scales of a layer norm")?;
    check(x, beta, "the shifts of a layer norm")?;
    if !has_fused_form(x)? {
        return layer_norm_plain(x, gamma, beta, epsilon);
    }
    let op = Norm {
        centred: true,
        epsilon,
    };
    Ok(x.contiguous()?
        .apply_op3(&gamma.contiguous()?, &beta.contiguous()?, op)?)
}

/// [`layer_norm`] by candle's operations.
///
/// # Errors
/// As [`layer_norm`].
pub fn layer_norm_plain(x: &Tensor, gamma: &Tensor, beta: &Tensor, epsilon: f64) -> Result<Tensor> {
    let centred = x.broadcast_sub(&mean(x)?)?;
    let size = (mean(&centred.sqr()?)? + epsilon)?.sqrt()?;
    Ok(centred
        .broadcast_div(&size)?
        .broadcast_mul(gamma)?
        .broadcast_add(beta)?)
}

/// RMS norm of each row of x `(…, n)` with the scales `gamma`, `(n)`.
///
/// # Errors
/// The number of scales is not the length of a row, or they are of another type.
///
/// ```
/// use course::nn::{Device, Tensor, rms_norm};
/// let row = |numbers: [f32; 2]| Tensor::new(&numbers, &Device::Cpu);
/// let y = rms_norm(&row([1.0, 7.0])?, &row([5.0, 10.0])?, 0.0)?; // √((1 + 49) / 2) = 5
/// assert_eq!(y.to_vec1::<f32>()?, [1.0, 14.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rms_norm(x: &Tensor, gamma: &Tensor, epsilon: f64) -> Result<Tensor> {
    check(x, gamma, "the scales of an RMS norm")?;
    if !has_fused_form(x)? {
        return rms_norm_plain(x, gamma, epsilon);
    }
    let op = Norm {
        centred: false,
        epsilon,
    };
    Ok(x.contiguous()?.apply_op2(&gamma.contiguous()?, op)?)
}

/// [`rms_norm`] by candle's operations.
///
/// # Errors
/// As [`rms_norm`].
pub fn rms_norm_plain(x: &Tensor, gamma: &Tensor, epsilon: f64) -> Result<Tensor> {
    let size = (mean(&x.sqr()?)? + epsilon)?.sqrt()?;
    Ok(x.broadcast_div(&size)?.broadcast_mul(gamma)?)
}

/// The mean of each row, `(…, 1)`.
fn mean(x: &Tensor) -> Result<Tensor> {
    let n = x.dim(D::Minus1)?;
    Ok((x.sum_keepdim(D::Minus1)? / n as f64)?)
}

fn check(x: &Tensor, learned: &Tensor, what: &str) -> Result<()> {
    let n = x.dim(D::Minus1)?;
    if learned.dims() == [n] && learned.dtype() == x.dtype() {
        return Ok(());
    }
    let form = |shape: &[usize], t: &Tensor| format!("{shape:?} of {}", t.dtype().as_str());
    Err(Error::shape(what, form(&[n], x), form(learned.dims(), learned)))
}

#[derive(Clone, Copy)]
struct Norm {
    /// Whether the mean is subtracted, as in layer norm.
    centred: bool,
    epsilon: f64,
}

impl Norm {
    /// μ and r of a row.
    fn of<T: Number>(self, x: &[T]) -> (T, T) {
        let n = T::from_f64(x.len() as f64);
        let mean = match self.centred {
            true => sum(x, |x| x) / n,
            false => T::zero(),
        };
        let variance = sum(x, |x| (x - mean) * (x - mean)) / n;
        (mean, T::one() / (variance + T::from_f64(self.epsilon)).sqrt())
    }

    fn forward<T: Number>(self, x: &[T], gamma: &[T], beta: Option<&[T]>) -> Vec<T> {
        let n = gamma.len().max(1);
        let mut y = vec![T::zero(); x.len()];
        let pieces = y.par_chunks_mut(piece(n)).zip(x.par_chunks(piece(n)));
        pieces.for_each(|(y, x)| {
            for (y, x) in y.chunks_mut(n).zip(x.chunks(n)) {
                let (mean, r) = self.of(x);
                for ((y, &x), &gamma) in y.iter_mut().zip(x).zip(gamma) {
                    *y = (x - mean) * r * gamma;
                }
                if let Some(beta) = beta {
                    y.iter_mut().zip(beta).for_each(|(y, &beta)| *y += beta);
                }
            }
        });
        y
    }

    /// ∂L/∂x, ∂L/∂γ and ∂L/∂β.
    fn backward<T: Number>(
        self,
        x: &Tensor,
        gamma: &Tensor,
        dy: &Tensor,
    ) -> candle_core::Result<[Tensor; 3]> {
        let dy = dy.contiguous()?;
        let (shape, n) = (x.shape(), columns(gamma.shape()));
        let ((x, x_at), (gamma, gamma_at), (dy, dy_at)) = (
            x.storage_and_layout(),
            gamma.storage_and_layout(),
            dy.storage_and_layout(),
        );
        let (x, gamma) = (numbers_of::<T>(&x, x_at)?, numbers_of::<T>(&gamma, gamma_at)?);
        let dy = numbers_of::<T>(&dy, dy_at)?;
        let mut dx = vec![T::zero(); x.len()];
        let size = piece(n);
        let pieces = dx
            .par_chunks_mut(size)
            .zip(x.par_chunks(size))
            .zip(dy.par_chunks(size));
        // Which rows a piece has does not depend on the number of threads, and neither does the order in
        // which the pieces are added up.
        let sums: Vec<[Vec<T>; 2]> = pieces
            .map(|((dx, x), dy)| self.backward_of_piece(dx, x, dy, gamma))
            .collect();
        let start = [vec![T::zero(); gamma.len()], vec![T::zero(); gamma.len()]];
        let [d_gamma, d_beta] = sums.iter().fold(start, |mut all, piece| {
            for (all, piece) in all.iter_mut().zip(piece) {
                all.iter_mut().zip(piece).for_each(|(all, &part)| *all += part);
            }
            all
        });
        let learned = gamma.len();
        Ok([
            Tensor::from_vec(dx, shape, &Device::Cpu)?,
            Tensor::from_vec(d_gamma, learned, &Device::Cpu)?,
            Tensor::from_vec(d_beta, learned, &Device::Cpu)?,
        ])
    }

    /// Writes `dx` and returns what these rows add to ∂L/∂γ and ∂L/∂β.
    fn backward_of_piece<T: Number>(self, dx: &mut [T], x: &[T], dy: &[T], gamma: &[T]) -> [Vec<T>; 2] {
        let n = gamma.len().max(1);
        let count = T::from_f64(n as f64);
        let mut sums = [vec![T::zero(); gamma.len()], vec![T::zero(); gamma.len()]];
        let [d_gamma, d_beta] = &mut sums;
        for ((dx, x), dy) in dx.chunks_mut(n).zip(x.chunks(n)).zip(dy.chunks(n)) {
            let (mean, r) = self.of(x);
            // dx holds x̂ until both means are known.
            for (dx, &x) in dx.iter_mut().zip(x) {
                *dx = (x - mean) * r;
            }
            let learned = d_gamma.iter_mut().zip(d_beta.iter_mut());
            for (((d_gamma, d_beta), &dy), &x_hat) in learned.zip(dy).zip(dx.iter()) {
                *d_gamma += dy * x_hat;
                *d_beta += dy;
            }
            let mean_h = match self.centred {
                true => sum2(dy, gamma, |dy, gamma| dy * gamma) / count,
                false => T::zero(),
            };
            let along = dy.iter().zip(gamma).zip(dx.iter());
            let along =
                along.fold(T::zero(), |sum, ((&dy, &gamma), &x_hat)| sum + dy * gamma * x_hat) / count;
            for ((dx, &dy), &gamma) in dx.iter_mut().zip(dy).zip(gamma) {
                *dx = r * (dy * gamma - mean_h - *dx * along);
            }
        }
        sums
    }
}

impl CustomOp3 for Norm {
    fn name(&self) -> &'static str {
        "layer norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        gamma: &CpuStorage,
        gamma_at: &Layout,
        beta: &CpuStorage,
        beta_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let y = of_type!(candle_core::backend::BackendStorage::dtype(x), T => {
            let (x, gamma) = (numbers::<T>(x, x_at)?, numbers::<T>(gamma, gamma_at)?);
            let y = self.forward(x, gamma, Some(numbers::<T>(beta, beta_at)?));
            <T as candle_core::WithDType>::to_cpu_storage_owned(y)
        });
        Ok((y, x_at.shape().clone()))
    }

    fn bwd(
        &self,
        x: &Tensor,
        gamma: &Tensor,
        _: &Tensor,
        _: &Tensor,
        dy: &Tensor,
    ) -> candle_core::Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let [dx, d_gamma, d_beta] = of_type!(x.dtype(), T => self.backward::<T>(x, gamma, dy))?;
        Ok((Some(dx), Some(d_gamma), Some(d_beta)))
    }
}

impl CustomOp2 for Norm {
    fn name(&self) -> &'static str {
        "RMS norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        gamma: &CpuStorage,
        gamma_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let y = of_type!(candle_core::backend::BackendStorage::dtype(x), T => {
            let y = self.forward(numbers::<T>(x, x_at)?, numbers::<T>(gamma, gamma_at)?, None);
            <T as candle_core::WithDType>::to_cpu_storage_owned(y)
        });
        Ok((y, x_at.shape().clone()))
    }

    fn bwd(
        &self,
        x: &Tensor,
        gamma: &Tensor,
        _: &Tensor,
        dy: &Tensor,
    ) -> candle_core::Result<(Option<Tensor>, Option<Tensor>)> {
        let [dx, d_gamma, _] = of_type!(x.dtype(), T => self.backward::<T>(x, gamma, dy))?;
        Ok((Some(dx), Some(d_gamma)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::testing::{same_as_plain, values};

    fn row(numbers: &[f32]) -> Tensor {
        Tensor::new(numbers, &Device::Cpu).unwrap()
    }

    /// Rows for which the mean of squares minus the square of the mean goes wrong.
    #[test]
    fn a_large_mean_does_no_harm() {
        let norm = |numbers: &[f32], epsilon: f64| {
            let n = numbers.len();
            let y = layer_norm(&row(numbers), &row(&vec![1.0; n]), &row(&vec![0.0; n]), epsilon);
            values(&y.unwrap())
        };
        assert!(norm(&[10.1; 64], 1e-5).iter().all(|y| y.abs() < 1e-3));
        let y = norm(&[3001.0, 3002.0, 3003.0, 3004.0], 0.0);
        assert!((y[0] + 1.341_641).abs() < 1e-5, "{y:?}");
        assert!(norm(&[0.1; 384], 1e-12).iter().all(|y| y.is_finite()));
    }

    #[test]
    fn the_fused_forms_are_the_plain_ones() {
        for shape in [&[3, 5][..], &[2, 3, 40], &[7], &[300, 100], &[0, 4]] {
            let n = shape[shape.len() - 1];
            for epsilon in [1e-5, 0.1] {
                same_as_plain(
                    &[shape, &[n], &[n]],
                    |x| layer_norm(&x[0], &x[1], &x[2], epsilon),
                    |x| layer_norm_plain(&x[0], &x[1], &x[2], epsilon),
                );
                same_as_plain(
                    &[shape, &[n]],
                    |x| rms_norm(&x[0], &x[1], epsilon),
                    |x| rms_norm_plain(&x[0], &x[1], epsilon),
                );
            }
        }
    }

    /// Adding a number to a row changes nothing in layer norm; multiplying it by a number changes nothing in
    /// both.
    #[test]
    fn mean_and_size_are_taken_out() {
        let (x, one, zero) = (row(&[1.0, -2.0, 4.0]), row(&[1.0; 3]), row(&[0.0; 3]));
        let other = ((&x * 3.0).unwrap() + 7.0).unwrap();
        let [a, b] = [&x, &other].map(|x| values(&layer_norm(x, &one, &zero, 0.0).unwrap()));
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-6));
        let [a, b] = [&x, &(&x * 3.0).unwrap()].map(|x| values(&rms_norm(x, &one, 0.0).unwrap()));
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-6));
        assert!((a.iter().map(|y| y * y).sum::<f64>() - 3.0).abs() < 1e-5);
    }

    #[test]
    fn scales_must_be_those_of_a_row() {
        let e = rms_norm(&row(&[1.0, 2.0]), &row(&[1.0]), 0.0).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the scales of an RMS norm: expected [2] of f32, got [1] of f32"
        );
        let wide = row(&[1.0, 2.0]).to_dtype(candle_core::DType::F64).unwrap();
        assert!(layer_norm(&row(&[1.0, 2.0]), &row(&[1.0, 1.0]), &wide, 0.0).is_err());
    }
}
