//! Attention as one operation, a block of queries at a time: the gradients are derived in `mod.rs`.

use candle_core::{CpuStorage, CustomOp3, DType, Device, Layout, Shape, Tensor};
use ndarray::{ArrayView2, ArrayViewMut2, s};
use rayon::prelude::*;

use super::super::number::{Number, largest, numbers, numbers_of, of_type, sum2};
use super::super::softmax::exponentials_of;
use super::{Mask, Sizes};
use crate::Result;

/// A mask in the form that the loops use.
enum Seen {
    All,
    Causal,
    /// Contiguous before it was broadcast: the offset of each head, and the steps to the next row and column.
    Added {
        mask: Tensor,
        starts: Vec<usize>,
        steps: [usize; 2],
    },
}

impl Seen {
    fn new(mask: &Mask, sizes: &Sizes, dtype: DType) -> Result<Self> {
        let Mask::Added(mask) = mask else {
            return Ok(match mask {
                Mask::Causal => Self::Causal,
                _ => Self::All,
            });
        };
        let mask = sizes.fitting(mask)?.detach().to_dtype(dtype)?.contiguous()?;
        let wide = mask.broadcast_as(sizes.shape([sizes.n, sizes.m]))?;
        let (lead, last) = wide.stride().split_at(sizes.lead.len());
        // The heads in their order: the number of a head has the leading indices as its digits.
        let starts = (0..sizes.heads()).map(|head| {
            let digits = sizes.lead.iter().zip(lead).rev();
            let (start, _) = digits.fold((0, head), |(start, rest), (&n, &step)| {
                (start + rest % n * step, rest / n)
            });
            start
        });
        Ok(Self::Added {
            starts: starts.collect(),
            steps: [last[0], last[1]],
            mask,
        })
    }
}

/// How many queries are computed at a time.
const BLOCK: usize = 64;

pub(super) struct Attention {
    sizes: Sizes,
    seen: Seen,
}

/// The numbers of one head, `(rows, columns)`.
fn head<T>(
    numbers: &[T],
    head: usize,
    rows: usize,
    columns: usize,
) -> candle_core::Result<ArrayView2<'_, T>> {
    let from = head * rows * columns;
    let part = &numbers[from..from + rows * columns];
    ArrayView2::from_shape((rows, columns), part).map_err(candle_core::Error::wrap)
}

fn view<T>(numbers: &mut [T], rows: usize, columns: usize) -> candle_core::Result<ArrayViewMut2<'_, T>> {
    ArrayViewMut2::from_shape((rows, columns), &mut numbers[..rows * columns])
        .map_err(candle_core::Error::wrap)
}

/// `out += a · b`; `room` is memory for the product.
fn add_product<T: Number>(
    a: ArrayView2<T>,
    b: ArrayView2<T>,
    out: &mut [T],
    room: &mut [T],
) -> candle_core::Result<()> {
    let n = a.nrows() * b.ncols();
    T::multiply(a, b, view(room, out_rows(n, b.ncols()), b.ncols())?)?;
    out.iter_mut().zip(&room[..n]).for_each(|(out, &x)| *out += x);
    Ok(())
}

fn out_rows(numbers: usize, columns: usize) -> usize {
    numbers.checked_div(columns).unwrap_or(0)
}

impl Attention {
    pub(super) fn new(mask: &Mask, sizes: Sizes, dtype: DType) -> Result<Self> {
        Ok(Self {
            seen: Seen::new(mask, &sizes, dtype)?,
            sizes,
        })
    }

    /// How many keys the queries up to `last` may look at.
    fn keys(&self, last: usize) -> usize {
        match self.seen {
            Seen::Causal => self.sizes.seen_by(last),
            _ => self.sizes.m,
        }
    }

    /// Writes the rows `from..to` of P of one head into `p`. Only their first `keys` columns are not 0.
    fn weights<T: Number>(
        &self,
        (head, from, to, keys): (usize, usize, usize, usize),
        q: ArrayView2<T>,
        k: ArrayView2<T>,
        p: &mut [T],
        room: &mut [T],
    ) -> candle_core::Result<()> {
        let scores = view(room, to - from, keys)?;
        T::multiply(
            q.slice(s![from..to, ..]),
            k.slice(s![..keys, ..]).reversed_axes(),
            scores,
        )?;
        let scale = T::from_f64(self.sizes.scale());
        let rows = room.chunks_exact_mut(keys).zip(p.chunks_exact_mut(keys));
        for (i, (scores, p)) in (from..to).zip(rows) {
            scores.iter_mut().for_each(|s| *s *= scale);
            let seen = match &self.seen {
                Seen::All => keys,
                Seen::Causal => self.sizes.seen_by(i),
                Seen::Added { mask, starts, steps } => {
                    let (storage, layout) = mask.storage_and_layout();
                    let mask = numbers_of::<T>(&storage, layout)?;
                    let row = starts[head] + i * steps[0];
                    for (j, s) in scores.iter_mut().enumerate() {
                        *s += mask[row + j * steps[1]];
                    }
                    keys
                }
            };
            let (seen, hidden) = p.split_at_mut(seen);
            hidden.fill(T::zero());
            let scores = &scores[..seen.len()];
            if largest(scores).to_f64() == f64::NEG_INFINITY {
                seen.fill(T::zero());
                continue;
            }
            let (_, sum) = exponentials_of(scores, seen);
            let by = T::one() / sum;
            seen.iter_mut().for_each(|p| *p *= by);
        }
        Ok(())
    }

    fn forward<T: Number>(&self, q: &[T], k: &[T], v: &[T]) -> candle_core::Result<Vec<T>> {
        let Sizes { n, m, d, e, .. } = self.sizes;
        let mut o = vec![T::zero(); self.sizes.heads() * n * e];
        if o.is_empty() || m == 0 {
            return Ok(o);
        }
        let heads = o.par_chunks_exact_mut(n * e).enumerate();
        heads.try_for_each(|(h, o)| {
            let (q, k, v) = (head(q, h, n, d)?, head(k, h, m, d)?, head(v, h, m, e)?);
            self.forward_of_head(h, [q, k, v], view(o, n, e)?)
        })?;
        Ok(o)
    }

    /// Writes o of head `h`, which is 0 before.
    pub(super) fn forward_of_head<T: Number>(
        &self,
        h: usize,
        [q, k, v]: [ArrayView2<T>; 3],
        mut o: ArrayViewMut2<T>,
    ) -> candle_core::Result<()> {
        let Sizes { n, m, .. } = self.sizes;
        let mut room = vec![T::zero(); BLOCK.min(n) * m];
        let mut p = room.clone();
        for from in (0..n).step_by(BLOCK) {
            let to = (from + BLOCK).min(n);
            let keys = self.keys(to - 1);
            if keys == 0 {
                continue;
            }
            self.weights((h, from, to, keys), q, k, &mut p, &mut room)?;
            let p = ArrayView2::from_shape((to - from, keys), &p[..(to - from) * keys]);
            let p = p.map_err(candle_core::Error::wrap)?;
            T::multiply(p, v.slice(s![..keys, ..]), o.slice_mut(s![from..to, ..]))?;
        }
        Ok(())
    }

    fn backward<T: Number>(&self, [q, k, v]: [&Tensor; 3], g: &Tensor) -> candle_core::Result<[Tensor; 3]> {
        let Sizes { n, m, d, e, .. } = self.sizes;
        let g = g.contiguous()?;
        let ((q_at, q_l), (k_at, k_l)) = (q.storage_and_layout(), k.storage_and_layout());
        let ((v_at, v_l), (g_at, g_l)) = (v.storage_and_layout(), g.storage_and_layout());
        let (qs, ks) = (numbers_of::<T>(&q_at, q_l)?, numbers_of::<T>(&k_at, k_l)?);
        let (vs, gs) = (numbers_of::<T>(&v_at, v_l)?, numbers_of::<T>(&g_at, g_l)?);
        let mut dq = vec![T::zero(); qs.len()];
        let (mut dk, mut dv) = (vec![T::zero(); ks.len()], vec![T::zero(); vs.len()]);
        if !(qs.is_empty() || ks.is_empty() || vs.is_empty()) {
            let keys = dk.par_chunks_exact_mut(m * d).zip(dv.par_chunks_exact_mut(m * e));
            let heads = dq.par_chunks_exact_mut(n * d).zip(keys).enumerate();
            heads.try_for_each(|(h, (dq, (dk, dv)))| {
                let (q, k, v) = (head(qs, h, n, d)?, head(ks, h, m, d)?, head(vs, h, m, e)?);
                self.backward_of_head(h, [q, k, v, head(gs, h, n, e)?], [dq, dk, dv])
            })?;
        }
        Ok([
            Tensor::from_vec(dq, q.shape(), &Device::Cpu)?,
            Tensor::from_vec(dk, k.shape(), &Device::Cpu)?,
            Tensor::from_vec(dv, v.shape(), &Device::Cpu)?,
        ])
    }

    /// Writes ∂L/∂q of head `h`, and adds ∂L/∂k and ∂L/∂v; their rows lie one behind the other.
    pub(super) fn backward_of_head<T: Number>(
        &self,
        h: usize,
        [q, k, v, g]: [ArrayView2<T>; 4],
        [dq, dk, dv]: [&mut [T]; 3],
    ) -> candle_core::Result<()> {
        let Sizes { n, m, d, e, .. } = self.sizes;
        let scale = T::from_f64(self.sizes.scale());
        let mut room = vec![T::zero(); (BLOCK.min(n) * m).max(m * d.max(e))];
        let mut p = vec![T::zero(); BLOCK.min(n) * m];
        let mut ds = p.clone();
        for from in (0..n).step_by(BLOCK) {
            let to = (from + BLOCK).min(n);
            let (rows, keys) = (to - from, self.keys(to - 1));
            if keys == 0 {
                continue;
            }
            self.weights((h, from, to, keys), q, k, &mut p, &mut room)?;
            let (q, g) = (q.slice(s![from..to, ..]), g.slice(s![from..to, ..]));
            let (k, v) = (k.slice(s![..keys, ..]), v.slice(s![..keys, ..]));
            T::multiply(g, v.reversed_axes(), view(&mut ds, rows, keys)?)?;
            for (ds, p) in ds.chunks_exact_mut(keys).zip(p.chunks_exact(keys)).take(rows) {
                let mean = sum2(ds, p, |dp, p| dp * p);
                for (ds, &p) in ds.iter_mut().zip(p) {
                    *ds = p * (*ds - mean) * scale;
                }
            }
            let block = |x: &'_ [T]| -> candle_core::Result<ndarray::Array2<T>> {
                let view = ArrayView2::from_shape((rows, keys), &x[..rows * keys]);
                Ok(view.map_err(candle_core::Error::wrap)?.to_owned())
            };
            let (p, ds) = (block(&p)?, block(&ds)?);
            T::multiply(ds.view(), k, view(&mut dq[from * d..], rows, d)?)?;
            add_product(ds.t(), q, &mut dk[..keys * d], &mut room)?;
            add_product(p.t(), g, &mut dv[..keys * e], &mut room)?;
        }
        Ok(())
    }
}

impl CustomOp3 for Attention {
    fn name(&self) -> &'static str {
        "attention"
    }

    fn cpu_fwd(
        &self,
        q: &CpuStorage,
        q_at: &Layout,
        k: &CpuStorage,
        k_at: &Layout,
        v: &CpuStorage,
        v_at: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let o = of_type!(candle_core::backend::BackendStorage::dtype(q), T => {
            let (q, k) = (numbers::<T>(q, q_at)?, numbers::<T>(k, k_at)?);
            let o = self.forward(q, k, numbers::<T>(v, v_at)?)?;
            <T as candle_core::WithDType>::to_cpu_storage_owned(o)
        });
        let shape = self.sizes.shape([self.sizes.n, self.sizes.e]);
        Ok((o, Shape::from(shape)))
    }

    fn bwd(
        &self,
        q: &Tensor,
        k: &Tensor,
        v: &Tensor,
        _: &Tensor,
        g: &Tensor,
    ) -> candle_core::Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let [dq, dk, dv] = of_type!(q.dtype(), T => self.backward::<T>([q, k, v], g))?;
        Ok((Some(dq), Some(dk), Some(dv)))
    }
}
