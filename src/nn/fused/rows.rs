//! An operation that treats each row of the last dimension separately, as a candle operation.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Shape, Tensor};
use rayon::prelude::*;

use super::number::{Number, numbers, numbers_of, of_type};

/// A row in, a row out.
pub(super) trait RowOp: Send + Sync + 'static {
    const NAME: &'static str;

    /// y from x.
    fn forward<T: Number>(&self, x: &[T], y: &mut [T]);

    /// ∂L/∂x from x, y and ∂L/∂y.
    fn backward<T: Number>(&self, x: &[T], y: &[T], dy: &[T], dx: &mut [T]);
}

/// `op` of each row of `x`, which is on the CPU, in `f32` or `f64`.
pub(super) fn by_rows(x: &Tensor, op: impl RowOp) -> Result<Tensor> {
    x.contiguous()?.apply_op1(ByRows(op))
}

/// How many numbers one thread takes at a time: fewer are not worth waking another thread.
const PIECE: usize = 1 << 14;

/// How many numbers a piece of whole rows has; `columns` is at least 1.
pub(super) fn piece(columns: usize) -> usize {
    PIECE.div_ceil(columns) * columns
}

/// The length of a row. Rows of length 0 count as 0 rows instead.
pub(super) fn columns(shape: &Shape) -> usize {
    shape.dims().last().copied().unwrap_or(1).max(1)
}

struct ByRows<R>(R);

impl<R: RowOp> ByRows<R> {
    fn forward<T: Number>(&self, x: &[T], columns: usize) -> Vec<T> {
        let mut y = vec![T::zero(); x.len()];
        let pieces = y.par_chunks_mut(piece(columns)).zip(x.par_chunks(piece(columns)));
        pieces.for_each(|(y, x)| {
            let rows = y.chunks_mut(columns).zip(x.chunks(columns));
            rows.for_each(|(y, x)| self.0.forward(x, y));
        });
        y
    }

    fn backward<T: Number>(&self, x: &Tensor, y: &Tensor, dy: &Tensor) -> Result<Tensor> {
        let (columns, shape) = (columns(x.shape()), x.shape());
        let ((x, x_at), (y, y_at), (dy, dy_at)) = (
            x.storage_and_layout(),
            y.storage_and_layout(),
            dy.storage_and_layout(),
        );
        let (x, y) = (numbers_of::<T>(&x, x_at)?, numbers_of::<T>(&y, y_at)?);
        let dy = numbers_of::<T>(&dy, dy_at)?;
        let mut dx = vec![T::zero(); x.len()];
        let n = piece(columns);
        let outputs = y.par_chunks(n).zip(dy.par_chunks(n));
        let pieces = dx.par_chunks_mut(n).zip(x.par_chunks(n)).zip(outputs);
        pieces.for_each(|((dx, x), (y, dy))| {
            let outputs = y.chunks(columns).zip(dy.chunks(columns));
            let rows = dx.chunks_mut(columns).zip(x.chunks(columns)).zip(outputs);
            rows.for_each(|((dx, x), (y, dy))| self.0.backward(x, y, dy, dx));
        });
        Tensor::from_vec(dx, shape, &candle_core::Device::Cpu)
    }
}

impl<R: RowOp> CustomOp1 for ByRows<R> {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (shape, columns) = (layout.shape(), columns(layout.shape()));
        let y = of_type!(candle_core::backend::BackendStorage::dtype(storage), T => {
            <T as candle_core::WithDType>::to_cpu_storage_owned(self.forward::<T>(numbers(storage, layout)?, columns))
        });
        Ok((y, shape.clone()))
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        let dy = dy.contiguous()?;
        of_type!(x.dtype(), T => self.backward::<T>(x, y, &dy)).map(Some)
    }
}
