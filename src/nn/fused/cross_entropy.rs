//! Cross entropy: how surprised softmax is by the target, as the mean over the rows.
//!
//! ```text
//!     L = (1/n) Σᵢ ( ln Σ_v exp yᵢᵥ − yᵢₜ )             t the target of row i
//!     ∂L/∂yᵢᵥ = (pᵢᵥ − [v = t]) / n                    p = softmax y
//! ```
//!
//! Shapes: logits y `(n, classes)` and n targets give one number. candle would need eight operations, each
//! with a tensor of its own and another one in the backward pass; for 3,000 classes that takes ten times as
//! long as the matrix product before it. Here the logits are read once; the gradient is the only table.

use candle_core::{CpuStorage, CustomOp1, DType, Device, Layout, Shape, Tensor};
use rayon::prelude::*;

use super::number::{Number, has_fused_form, largest, numbers, numbers_of, of_type};
use super::softmax::log_softmax_plain;
use crate::{Error, Result};

/// L of the logits `y`, `(n, classes)`, with a target for each row, in nats: a tensor of one number.
///
/// # Errors
/// There are no rows, the number of targets is not the number of rows, or a target is not a class.
///
/// ```
/// use course::nn::{Device, Tensor, cross_entropy};
/// let y = Tensor::new(&[[0.0_f32, 3_f32.ln()]], &Device::Cpu)?; // shares of 1/4 and 3/4
/// assert!((cross_entropy(&y, &[0])?.to_scalar::<f32>()? - 4_f32.ln()).abs() < 1e-6);
/// assert!(cross_entropy(&y, &[2]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cross_entropy(y: &Tensor, targets: &[u32]) -> Result<Tensor> {
    check(y, targets)?;
    if !has_fused_form(y)? {
        return cross_entropy_plain(y, targets);
    }
    let targets = targets.to_vec();
    Ok(y.contiguous()?.apply_op1(CrossEntropy { targets })?)
}

/// [`cross_entropy`] by candle's operations.
///
/// # Errors
/// As [`cross_entropy`].
pub fn cross_entropy_plain(y: &Tensor, targets: &[u32]) -> Result<Tensor> {
    check(y, targets)?;
    let targets = Tensor::new(targets, y.device())?.unsqueeze(1)?;
    Ok(log_softmax_plain(y)?.gather(&targets, 1)?.mean_all()?.neg()?)
}

fn check(y: &Tensor, targets: &[u32]) -> Result<()> {
    let (n, classes) = y.dims2()?;
    if n == 0 || n != targets.len() {
        return Err(Error::shape(
            "the targets of a cross entropy",
            format!("{n}, one for each row of logits, and at least one"),
            targets.len().to_string(),
        ));
    }
    match targets.iter().find(|&&t| t as usize >= classes) {
        Some(t) => Err(Error::value(
            "a target of a cross entropy",
            format!("a class below {classes}"),
            t.to_string(),
        )),
        None => Ok(()),
    }
}

struct CrossEntropy {
    targets: Vec<u32>,
}

/// Turns a row into exp(y − max) and returns max and the sum.
fn exponentials<T: Number>(row: &mut [T]) -> (f64, f64) {
    let max = largest(row);
    let mut sum = 0.0;
    for y in row {
        *y = (*y - max).exp();
        sum += y.to_f64();
    }
    (max.to_f64(), sum)
}

impl CrossEntropy {
    fn loss<T: Number>(&self, y: &[T]) -> CpuStorage {
        let classes = y.len() / self.targets.len();
        let of_row = |(row, &target): (&[T], &u32)| {
            let right = row[target as usize].to_f64();
            let (max, sum) = exponentials(&mut row.to_vec());
            max + sum.ln() - right
        };
        // Each row is computed separately, and the sum is taken in their order, so the number of threads
        // changes nothing.
        let losses: Vec<f64> = y.par_chunks(classes).zip(&self.targets).map(of_row).collect();
        let mean = losses.iter().sum::<f64>() / losses.len() as f64;
        T::to_cpu_storage_owned(vec![T::from_f64(mean)])
    }

    fn gradient<T: Number>(&self, y: &Tensor, by: f64) -> candle_core::Result<Tensor> {
        let (n, classes) = y.dims2()?;
        let (storage, layout) = y.storage_and_layout();
        let mut gradient = numbers_of::<T>(&storage, layout)?.to_vec();
        let by = by / n as f64;
        let rows = gradient.par_chunks_mut(classes).zip(&self.targets);
        rows.for_each(|(row, &target)| {
            let (_, sum) = exponentials(row);
            let factor = T::from_f64(by / sum);
            row.iter_mut().for_each(|p| *p *= factor);
            row[target as usize] -= T::from_f64(by);
        });
        Tensor::from_vec(gradient, (n, classes), &Device::Cpu)
    }
}

impl CustomOp1 for CrossEntropy {
    fn name(&self) -> &'static str {
        "cross entropy"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let loss = of_type!(candle_core::backend::BackendStorage::dtype(storage), T => {
            self.loss::<T>(numbers(storage, layout)?)
        });
        Ok((loss, Shape::from(())))
    }

    fn bwd(&self, y: &Tensor, _: &Tensor, by: &Tensor) -> candle_core::Result<Option<Tensor>> {
        let by = by.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        of_type!(y.dtype(), T => self.gradient::<T>(y, by)).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::testing::same_as_plain;

    /// The same as by hand, and as candle's own form.
    #[test]
    fn it_is_the_logarithm_of_the_softmax() {
        let y = Tensor::new(&[[0.5, -1.0, 2.0], [0.0, 0.0, 0.0_f64]], &Device::Cpu).unwrap();
        let got = cross_entropy(&y, &[2, 1]).unwrap().to_scalar::<f64>().unwrap();
        let z = 0.5_f64.exp() + (-1.0_f64).exp() + 2.0_f64.exp();
        assert!((got - (z.ln() - 2.0 + 3.0_f64.ln()) / 2.0).abs() < 1e-12, "{got}");
        let theirs = candle_nn::loss::cross_entropy(&y, &Tensor::new(&[2_u32, 1], &Device::Cpu).unwrap());
        assert!((got - theirs.unwrap().to_scalar::<f64>().unwrap()).abs() < 1e-12);
    }

    #[test]
    fn the_fused_form_is_the_plain_one() {
        for (n, classes) in [(1, 1), (3, 5), (200, 130)] {
            let targets: Vec<u32> = (0..n).map(|i| (i * 7 % classes) as u32).collect();
            same_as_plain(
                &[&[n, classes]],
                |x| cross_entropy(&x[0], &targets),
                |x| cross_entropy_plain(&x[0], &targets),
            );
        }
    }

    /// candle reads class 4,294,967,295 as "none" and continues.
    #[test]
    fn a_target_must_be_a_class() {
        let y = Tensor::zeros((1, 2), DType::F32, &Device::Cpu).unwrap();
        for form in [cross_entropy, cross_entropy_plain] {
            assert_eq!(
                form(&y, &[u32::MAX]).unwrap_err().to_string(),
                "a target of a cross entropy: expected a class below 2, got 4294967295"
            );
            assert!(form(&y, &[0, 1]).is_err());
            assert!(form(&Tensor::zeros((0, 2), DType::F32, &Device::Cpu).unwrap(), &[]).is_err());
        }
    }
}
