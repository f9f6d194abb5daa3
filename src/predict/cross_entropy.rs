//! −mean ln softmax(y) at the right places, in one step, with its gradient.
//!
//! ```text
//!     L = (1/n) Σᵢ ( ln Σ_v exp yᵢᵥ − yᵢᵣ )             r the right class of row i
//!     ∂L/∂yᵢᵥ = (pᵢᵥ − [v = r]) / n                    p = softmax y
//! ```
//!
//! candle would compute it by eight operations, each with a tensor of its own and another one on the way back, and for 3,000
//! classes takes ten times as long as the matrix product before it.

use candle_core::{CpuStorage, CustomOp1, DType, Device, Layout, Result, Shape, Tensor, WithDType};
use rayon::prelude::*;

/// L of `y`, shape `(n, classes)`, with a right class for each row: a tensor of one number.
pub(super) fn cross_entropy(y: &Tensor, right: &[u32]) -> Result<Tensor> {
    let (n, classes) = y.dims2()?;
    if n != right.len() || right.iter().any(|&r| r as usize >= classes) {
        candle_core::bail!(
            "expected {n} right classes below {classes}, got {} others",
            right.len()
        );
    }
    let op = CrossEntropy {
        right: right.to_vec(),
    };
    y.contiguous()?.apply_op1(op)
}

struct CrossEntropy {
    right: Vec<u32>,
}

/// What is needed of `f32` and `f64`.
trait Number: WithDType {
    fn exp(self) -> Self;
}

impl Number for f32 {
    fn exp(self) -> Self {
        f32::exp(self)
    }
}

impl Number for f64 {
    fn exp(self) -> Self {
        f64::exp(self)
    }
}

/// Turns a row into exp(y − max) and returns max and the sum.
fn exponentials<T: Number>(row: &mut [T]) -> (f64, f64) {
    let max = row.iter().copied().fold(row[0], |a, b| if b > a { b } else { a });
    let mut sum = 0.0;
    for y in row {
        *y = (*y - max).exp();
        sum += y.to_f64();
    }
    (max.to_f64(), sum)
}

impl CrossEntropy {
    fn loss<T: Number>(&self, y: &[T]) -> CpuStorage {
        let classes = y.len() / self.right.len();
        let of_row = |(row, &right): (&[T], &u32)| {
            let right = row[right as usize].to_f64();
            let (max, sum) = exponentials(&mut row.to_vec());
            max + sum.ln() - right
        };
        // Each row by itself and the sum in their order, so that the number of threads changes nothing.
        let losses: Vec<f64> = y.par_chunks(classes).zip(&self.right).map(of_row).collect();
        let mean = losses.iter().sum::<f64>() / losses.len() as f64;
        T::to_cpu_storage_owned(vec![T::from_f64(mean)])
    }

    fn gradient<T: Number>(&self, y: &Tensor, by: f64) -> Result<Tensor> {
        let (n, classes) = y.dims2()?;
        let mut numbers: Vec<T> = y.flatten_all()?.to_vec1()?;
        let by = by / n as f64;
        let rows = numbers.par_chunks_mut(classes).zip(&self.right);
        rows.for_each(|(row, &right)| {
            let (_, sum) = exponentials(row);
            let factor = T::from_f64(by / sum);
            row.iter_mut().for_each(|p| *p *= factor);
            row[right as usize] -= T::from_f64(by);
        });
        Tensor::from_vec(numbers, (n, classes), &Device::Cpu)
    }
}

impl CustomOp1 for CrossEntropy {
    fn name(&self) -> &'static str {
        "cross entropy"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let Some((from, to)) = layout.contiguous_offsets() else {
            candle_core::bail!("expected rows that lie one behind the other");
        };
        let loss = match storage {
            CpuStorage::F32(y) => self.loss(&y[from..to]),
            CpuStorage::F64(y) => self.loss(&y[from..to]),
            _ => candle_core::bail!("expected f32 or f64"),
        };
        Ok((loss, Shape::from(())))
    }

    fn bwd(&self, y: &Tensor, _: &Tensor, by: &Tensor) -> Result<Option<Tensor>> {
        let by = by.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        match y.dtype() {
            DType::F64 => self.gradient::<f64>(y, by).map(Some),
            _ => self.gradient::<f32>(y, by).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as by candle's own operations.
    #[test]
    fn it_is_the_logarithm_of_the_softmax() {
        let y = [[0.5, -1.0, 2.0], [0.0, 0.0, 0.0_f64]];
        let y = Tensor::new(&y, &Device::Cpu).unwrap();
        let got = cross_entropy(&y, &[2, 1]).unwrap().to_scalar::<f64>().unwrap();
        let z = 0.5_f64.exp() + (-1.0_f64).exp() + 2.0_f64.exp();
        assert!((got - (z.ln() - 2.0 + 3.0_f64.ln()) / 2.0).abs() < 1e-12, "{got}");
        let theirs = candle_nn::loss::cross_entropy(&y, &Tensor::new(&[2_u32, 1], &Device::Cpu).unwrap());
        assert!((got - theirs.unwrap().to_scalar::<f64>().unwrap()).abs() < 1e-12);
        assert!(cross_entropy(&y, &[2]).is_err());
        assert!(cross_entropy(&y, &[2, 3]).is_err());
    }
}
