//! The product of a linear layer as one operation.
//!
//! ```text
//!     y = x Wᵀ + b            x (n, inputs), W (outputs, inputs), b (outputs), y (n, outputs)
//!     ∂L/∂x = g W             ∂L/∂W = gᵀ x            ∂L/∂b = Σ_rows g            g = ∂L/∂y
//! ```
//!
//! Rows of y are shared out to threads, and so are rows of ∂L/∂W. Each number is a sum in an order that does
//! not depend on the number of threads. candle has an operation for each of product, transpose and sum, and
//! copies gradients of variables; here they are [handed over](crate::nn::backward()).

use candle_core::{CpuStorage, CustomOp2, CustomOp3, Device, Layout, Shape, Tensor};
use ndarray::{ArrayView2, ArrayViewMut2, s};
use rayon::prelude::*;

use super::number::{Number, has_fused_form, numbers, numbers_of, of_type};
use crate::Result;
use crate::nn::Real;
use crate::nn::backward::hand_over;

/// How many rows of y a thread takes at a time: W is put in order for each piece anew.
const ROWS: usize = 256;
/// How many rows of ∂L/∂W a thread takes at a time.
const OUTPUTS: usize = 64;

/// x Wᵀ + b for x `(n, inputs)`, W `(outputs, inputs)` and b `(outputs)`; none where the tensors have no
/// fused form.
pub(in crate::nn) fn linear(x: &Tensor, w: &Tensor, b: Option<&Tensor>) -> Result<Option<Tensor>> {
    let same = |t: &Tensor| t.dtype() == x.dtype() && t.is_contiguous();
    if !(has_fused_form(x)? && w.device().is_cpu() && same(x) && same(w) && b.is_none_or(same)) {
        return Ok(None);
    }
    crate::nn::memory::keep();
    Ok(Some(match b {
        Some(b) => x.apply_op3(w, b, Linear)?,
        None => x.apply_op2(w, Linear)?,
    }))
}

struct Linear;

fn view<T>(numbers: &[T], rows: usize, columns: usize) -> candle_core::Result<ArrayView2<'_, T>> {
    ArrayView2::from_shape((rows, columns), numbers).map_err(candle_core::Error::wrap)
}

fn view_mut<T>(numbers: &mut [T], columns: usize) -> candle_core::Result<ArrayViewMut2<'_, T>> {
    let rows = numbers.len() / columns.max(1);
    ArrayViewMut2::from_shape((rows, columns), numbers).map_err(candle_core::Error::wrap)
}

fn forward<T: Number + Real>(
    (x, n): (&[T], usize),
    (w, outputs, inputs): (&[T], usize, usize),
    b: Option<&[T]>,
) -> candle_core::Result<Vec<T>> {
    let mut y = match b {
        Some(b) => b.repeat(n),
        None => vec![<T as candle_core::WithDType>::from_f64(0.0); n * outputs],
    };
    let w = view(w, outputs, inputs)?;
    let pieces = y.par_chunks_mut((ROWS * outputs).max(1)).enumerate();
    pieces.try_for_each(|(i, y)| {
        let rows = y.len() / outputs;
        let x = view(&x[i * ROWS * inputs..][..rows * inputs], rows, inputs)?;
        T::matmul_add(x, w.t(), view_mut(y, outputs)?).map_err(candle_core::Error::wrap)
    })?;
    Ok(y)
}

/// ∂L/∂x, if it is needed.
fn of_x<T: Number + Real>(g: ArrayView2<T>, w: ArrayView2<T>) -> candle_core::Result<Vec<T>> {
    let (n, inputs) = (g.nrows(), w.ncols());
    let mut dx = vec![<T as candle_core::WithDType>::from_f64(0.0); n * inputs];
    let pieces = dx.par_chunks_mut((ROWS * inputs).max(1)).enumerate();
    pieces.try_for_each(|(i, dx)| {
        let rows = dx.len() / inputs;
        let g = g.slice(s![i * ROWS..i * ROWS + rows, ..]);
        T::matmul_into(g, w, view_mut(dx, inputs)?).map_err(candle_core::Error::wrap)
    })?;
    Ok(dx)
}

/// ∂L/∂W.
fn of_w<T: Number + Real>(g: ArrayView2<T>, x: ArrayView2<T>) -> candle_core::Result<Vec<T>> {
    let (outputs, inputs) = (g.ncols(), x.ncols());
    let mut dw = vec![<T as candle_core::WithDType>::from_f64(0.0); outputs * inputs];
    let pieces = dw.par_chunks_mut((OUTPUTS * inputs).max(1)).enumerate();
    pieces.try_for_each(|(i, dw)| {
        let rows = dw.len() / inputs;
        let g = g.slice(s![.., i * OUTPUTS..i * OUTPUTS + rows]);
        T::matmul_into(g.t(), x, view_mut(dw, inputs)?).map_err(candle_core::Error::wrap)
    })?;
    Ok(dw)
}

/// ∂L/∂b.
fn of_b<T: Number + Real>(g: ArrayView2<T>) -> Vec<T> {
    let mut db = vec![<T as candle_core::WithDType>::from_f64(0.0); g.ncols()];
    for row in g.rows() {
        db.iter_mut().zip(row).for_each(|(db, &g)| *db += g);
    }
    db
}

type Gradients = (Option<Tensor>, Option<Tensor>, Option<Tensor>);

fn backward<T: Number + Real>(
    x: &Tensor,
    w: &Tensor,
    b: Option<&Tensor>,
    g: &Tensor,
) -> candle_core::Result<Gradients> {
    let g = g.contiguous()?;
    let ((n, inputs), outputs) = (x.dims2()?, w.dim(0)?);
    let storages = [x, w, &g].map(Tensor::storage_and_layout);
    let of = |i: usize| numbers_of::<T>(&storages[i].0, storages[i].1);
    let (xs, ws, gs) = (
        view(of(0)?, n, inputs)?,
        view(of(1)?, outputs, inputs)?,
        view(of(2)?, n, outputs)?,
    );
    let dx = match x.track_op() {
        true => Some(Tensor::from_vec(of_x(gs, ws)?, (n, inputs), &Device::Cpu)?),
        false => None,
    };
    let dw = match w.track_op() {
        true => Some(Tensor::from_vec(of_w(gs, xs)?, (outputs, inputs), &Device::Cpu)?),
        false => None,
    };
    let db = match b.is_some_and(Tensor::track_op) {
        true => Some(Tensor::from_vec(of_b(gs), outputs, &Device::Cpu)?),
        false => None,
    };
    let handed = |to: &Tensor, gradient: Option<Tensor>| gradient.and_then(|g| hand_over(to, g));
    Ok((handed(x, dx), handed(w, dw), b.and_then(|b| handed(b, db))))
}

fn sizes(x: &Layout, w: &Layout) -> candle_core::Result<(usize, usize, usize)> {
    let ((n, inputs), (outputs, w_inputs)) = (x.shape().dims2()?, w.shape().dims2()?);
    if inputs != w_inputs {
        candle_core::bail!("expected (n, {w_inputs}), got (n, {inputs})");
    }
    Ok((n, outputs, inputs))
}

impl CustomOp3 for Linear {
    fn name(&self) -> &'static str {
        "a linear layer"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        w: &CpuStorage,
        w_at: &Layout,
        b: &CpuStorage,
        b_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let (n, outputs, inputs) = sizes(x_at, w_at)?;
        if b_at.shape().dims() != [outputs] {
            candle_core::bail!(
                "expected a bias of {outputs} numbers, got {:?}",
                b_at.shape().dims()
            );
        }
        let y = of_type!(candle_core::backend::BackendStorage::dtype(x), T => {
            let (x, w) = (numbers::<T>(x, x_at)?, numbers::<T>(w, w_at)?);
            let y = forward((x, n), (w, outputs, inputs), Some(numbers::<T>(b, b_at)?))?;
            <T as candle_core::WithDType>::to_cpu_storage_owned(y)
        });
        Ok((y, Shape::from((n, outputs))))
    }

    fn bwd(
        &self,
        x: &Tensor,
        w: &Tensor,
        b: &Tensor,
        _: &Tensor,
        g: &Tensor,
    ) -> candle_core::Result<Gradients> {
        of_type!(x.dtype(), T => backward::<T>(x, w, Some(b), g))
    }
}

impl CustomOp2 for Linear {
    fn name(&self) -> &'static str {
        "a linear layer without a bias"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        w: &CpuStorage,
        w_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let (n, outputs, inputs) = sizes(x_at, w_at)?;
        let y = of_type!(candle_core::backend::BackendStorage::dtype(x), T => {
            let (x, w) = (numbers::<T>(x, x_at)?, numbers::<T>(w, w_at)?);
            let y = forward((x, n), (w, outputs, inputs), None)?;
            <T as candle_core::WithDType>::to_cpu_storage_owned(y)
        });
        Ok((y, Shape::from((n, outputs))))
    }

    fn bwd(
        &self,
        x: &Tensor,
        w: &Tensor,
        _: &Tensor,
        g: &Tensor,
    ) -> candle_core::Result<(Option<Tensor>, Option<Tensor>)> {
        let (dx, dw, _) = of_type!(x.dtype(), T => backward::<T>(x, w, None, g))?;
        Ok((dx, dw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::testing::same_as_plain;

    /// With one piece and with several, whole and cut; with one row, and with none.
    #[test]
    fn the_fused_form_is_the_plain_one() {
        for (n, inputs, outputs) in [
            (3, 2, 5),
            (1, 7, 1),
            (256, 3, 64),
            (600, 5, 130),
            (0, 2, 3),
            (4, 1, 65),
        ] {
            let shapes: [&[usize]; 3] = [&[n, inputs], &[outputs, inputs], &[outputs]];
            let contiguous =
                |x: &[Tensor]| -> Vec<Tensor> { x.iter().map(|x| x.contiguous().unwrap()).collect() };
            let fused = |x: &[Tensor], bias: bool| {
                let x = contiguous(x);
                Ok(linear(&x[0], &x[1], bias.then(|| &x[2]))?.expect("a fused form"))
            };
            let plain = |x: &[Tensor]| Ok(x[0].matmul(&x[1].t()?)?);
            same_as_plain(&shapes[..2], |x| fused(x, false), plain);
            same_as_plain(
                &shapes,
                |x| fused(x, true),
                |x| Ok(plain(x)?.broadcast_add(&x[2])?),
            );
        }
    }
}
