//! An operation of our own from two matrices to a third one, such as all distances between their rows. Its
//! backward pass needs ∂L/∂y, so, unlike the gradient of a loss, it is computed when that is known.

use candle_core::{CpuStorage, CustomOp2, Layout, Shape, Tensor};
use ndarray::{Array2, ArrayView2};

use super::fused::{Number, numbers, numbers_of, of_type};
use super::real::Real;
use super::with_gradient::{on_cpu, same_type, tensor};
use crate::Result;

/// An operation from two matrices to a third one, with its gradient.
pub trait OfTwoMatrices: Send + Sync + 'static {
    /// y from a and b.
    ///
    /// # Errors
    /// The shapes do not fit.
    fn forward<T: Real>(&self, a: ArrayView2<T>, b: ArrayView2<T>) -> Result<Array2<T>>;

    /// ∂L/∂a and ∂L/∂b, from a, b, y and ∂L/∂y.
    ///
    /// # Errors
    /// The shapes do not fit.
    fn backward<T: Real>(
        &self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        y: ArrayView2<T>,
        dy: ArrayView2<T>,
    ) -> Result<[Array2<T>; 2]>;
}

/// `operation` of two matrices, as a tensor with a gradient. It is on the CPU.
///
/// # Errors
/// One of them is not a matrix, their types differ, or the operation fails.
pub fn of_two_matrices(a: &Tensor, b: &Tensor, operation: impl OfTwoMatrices) -> Result<Tensor> {
    let (a, b) = (on_cpu(a)?, on_cpu(b)?);
    same_type(&a, std::slice::from_ref(&b))?;
    Ok(a.apply_op2(&b, TwoMatrices(operation))?)
}

struct TwoMatrices<O>(O);

fn matrix<'a, T: Number + Real>(numbers: &'a [T], layout: &Layout) -> candle_core::Result<ArrayView2<'a, T>> {
    let shape = layout.shape().dims2()?;
    ArrayView2::from_shape(shape, numbers).map_err(candle_core::Error::wrap)
}

impl<O: OfTwoMatrices> TwoMatrices<O> {
    fn backward<T: Number + Real>(
        &self,
        a: &Tensor,
        b: &Tensor,
        y: &Tensor,
        dy: &Tensor,
    ) -> candle_core::Result<[Tensor; 2]> {
        let all = [a, b, y, dy].map(Tensor::storage_and_layout);
        let view = |i: usize| matrix::<T>(numbers_of::<T>(&all[i].0, all[i].1)?, all[i].1);
        let gradients = self.0.backward(view(0)?, view(1)?, view(2)?, view(3)?);
        let [da, db] = gradients.map_err(candle_core::Error::wrap)?;
        Ok([tensor(da, a.shape())?, tensor(db, b.shape())?])
    }
}

impl<O: OfTwoMatrices> CustomOp2 for TwoMatrices<O> {
    fn name(&self) -> &'static str {
        "an operation of two matrices"
    }

    fn cpu_fwd(
        &self,
        a: &CpuStorage,
        a_at: &Layout,
        b: &CpuStorage,
        b_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let (shape, y) = of_type!(candle_core::backend::BackendStorage::dtype(a), T => {
            let (a, b) = (matrix::<T>(numbers(a, a_at)?, a_at)?, matrix::<T>(numbers(b, b_at)?, b_at)?);
            let y = self.0.forward(a, b).map_err(candle_core::Error::wrap)?;
            let numbers = y.iter().copied().collect();
            (y.dim(), <T as candle_core::WithDType>::to_cpu_storage_owned(numbers))
        });
        Ok((y, Shape::from(shape)))
    }

    fn bwd(
        &self,
        a: &Tensor,
        b: &Tensor,
        y: &Tensor,
        dy: &Tensor,
    ) -> candle_core::Result<(Option<Tensor>, Option<Tensor>)> {
        let dy = dy.contiguous()?;
        let [da, db] = of_type!(a.dtype(), T => self.backward::<T>(a, b, y, &dy))?;
        Ok((Some(da), Some(db)))
    }
}
