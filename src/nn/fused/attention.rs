//! Scaled dot-product attention (Vaswani et al. 2017, *Attention is all you need*).
//!
//! ```text
//!     P = softmax(q kᵀ / √d + mask)          (…, n, m): how much query i looks at key j
//!     o = P v                                (…, n, e)
//! ```
//!
//! Shapes: q `(…, n, d)`, k `(…, m, d)`, v `(…, m, e)`, where `…` are the same batch and heads for all three.
//! 2 n m (d + e) operations; with a causal mask the upper half of P is left out, and with it half of them.
//!
//! The gradients, with g = ∂L/∂o, all of which are products of matrices:
//!
//! ```text
//!     ∂L/∂v = Pᵀ g        ∂L/∂P = g vᵀ        ∂L/∂S = P ∘ (∂L/∂P − rowsum(P ∘ ∂L/∂P))          S = q kᵀ / √d
//!     ∂L/∂q = (∂L/∂S) k / √d        ∂L/∂k = (∂L/∂S)ᵀ q / √d
//! ```
//!
//! The plain form keeps P, n · m numbers for each head, until the gradient has been computed. The fused one
//! takes a block of queries at a time, and on the way back computes their rows of P again (Dao et al. 2022,
//! *FlashAttention*): it needs 64 · m numbers for each thread, and never more. It leaves out what
//! FlashAttention also does, cutting the keys into blocks. Heads are shared out to threads, and the result
//! does not depend on how many there are.
//!
//! A query that may look at nothing gets 0. A mask has no gradient: where one is learned, such as T5's, use
//! the plain form.

use candle_core::{CpuStorage, CustomOp3, D, DType, Device, Layout, Shape, Tensor};
use ndarray::{ArrayView2, ArrayViewMut2, s};
use rayon::prelude::*;

use super::number::{Number, has_fused_form, largest, numbers, numbers_of, of_type, sum2};
use super::softmax::{exponentials_of, softmax};
use crate::{Error, Result};

/// What a query may look at.
#[derive(Clone, Debug)]
pub enum Mask {
    /// At all keys.
    None,
    /// At the keys up to its own position. The last query stands at the last key: with fewer queries than
    /// keys, as after a cache, the earlier keys are everyone's past. (torch's `is_causal` puts the first
    /// query at the first key.)
    Causal,
    /// This is added to q kᵀ / √d: 0 where it may look, −∞ where not, or any number in between. Its shape is
    /// that of P, or one that is broadcast to it: `(n, m)` for all alike, `(batch, 1, 1, m)` for the padding
    /// of each text.
    Added(Tensor),
}

impl Mask {
    /// A mask of 0 and −∞ from one of 1 (may look) and 0 (may not).
    ///
    /// # Errors
    /// candle cannot compute it.
    ///
    /// ```
    /// use course::nn::{DType, Device, Mask, Tensor, attention_weights};
    /// let one = Tensor::ones((1, 2), DType::F32, &Device::Cpu)?;
    /// let two = Tensor::ones((2, 2), DType::F32, &Device::Cpu)?;
    /// let second = Mask::allowed(&Tensor::new(&[[0_u8, 1]], &Device::Cpu)?)?;
    /// assert_eq!(attention_weights(&one, &two, &second)?.to_vec2::<f32>()?, [[0.0, 1.0]]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn allowed(allowed: &Tensor) -> Result<Self> {
        let zero = allowed.zeros_like()?.to_dtype(DType::F32)?;
        let never = zero.affine(0.0, f64::NEG_INFINITY)?;
        Ok(Self::Added(allowed.ne(0.0)?.where_cond(&zero, &never)?))
    }
}

/// o for q `(…, n, d)`, k `(…, m, d)` and v `(…, m, e)`: `(…, n, e)`.
///
/// # Errors
/// The shapes do not fit.
///
/// ```
/// use course::nn::{Device, Mask, Tensor, attention};
/// // Both keys are alike: the second query sees the mean of both values, the first only the first.
/// let q = Tensor::new(&[[1_f32], [1.0]], &Device::Cpu)?;
/// let k = Tensor::new(&[[0_f32], [0.0]], &Device::Cpu)?;
/// let v = Tensor::new(&[[2_f32, 0.0], [4.0, 8.0]], &Device::Cpu)?;
/// assert_eq!(attention(&q, &k, &v, &Mask::Causal)?.to_vec2::<f32>()?, [[2.0, 0.0], [3.0, 4.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn attention(q: &Tensor, k: &Tensor, v: &Tensor, mask: &Mask) -> Result<Tensor> {
    let sizes = Sizes::new(q, k, Some(v))?;
    if !(has_fused_form(q)? && has_fused_form(k)? && has_fused_form(v)?) {
        return attention_plain(q, k, v, mask);
    }
    let op = Attention {
        seen: Seen::new(mask, &sizes, q.dtype())?,
        sizes,
    };
    Ok(q.contiguous()?
        .apply_op3(&k.contiguous()?, &v.contiguous()?, op)?)
}

/// [`attention`] by candle's operations and [`softmax`].
///
/// # Errors
/// As [`attention`].
pub fn attention_plain(q: &Tensor, k: &Tensor, v: &Tensor, mask: &Mask) -> Result<Tensor> {
    Sizes::new(q, k, Some(v))?;
    Ok(attention_weights(q, k, mask)?.matmul(&v.contiguous()?)?)
}

/// P, `(…, n, m)`: how much each query looks at each key. Rows sum to 1, or are 0.
///
/// # Errors
/// The shapes do not fit.
pub fn attention_weights(q: &Tensor, k: &Tensor, mask: &Mask) -> Result<Tensor> {
    let sizes = Sizes::new(q, k, None)?;
    let scores = q
        .contiguous()?
        .matmul(&k.transpose(D::Minus1, D::Minus2)?.contiguous()?)?;
    let scores = (scores * sizes.scale())?;
    softmax(&match mask {
        Mask::None => scores,
        Mask::Causal => scores.broadcast_add(&causal(&sizes, q.dtype(), q.device())?)?,
        Mask::Added(mask) => scores.broadcast_add(&sizes.fitting(mask)?.to_dtype(q.dtype())?)?,
    })
}

/// 0 and −∞, `(n, m)`.
fn causal(sizes: &Sizes, dtype: DType, device: &Device) -> Result<Tensor> {
    let row = |i| {
        (0..sizes.m).map(move |j| {
            if j < sizes.seen_by(i) {
                0.0
            } else {
                f32::NEG_INFINITY
            }
        })
    };
    let numbers: Vec<f32> = (0..sizes.n).flat_map(row).collect();
    Ok(Tensor::from_vec(numbers, (sizes.n, sizes.m), device)?.to_dtype(dtype)?)
}

#[derive(Clone, Debug)]
struct Sizes {
    /// Batch and heads.
    lead: Vec<usize>,
    n: usize,
    m: usize,
    d: usize,
    e: usize,
}

impl Sizes {
    fn new(q: &Tensor, k: &Tensor, v: Option<&Tensor>) -> Result<Self> {
        let dims = [q, k, v.unwrap_or(k)].map(Tensor::dims);
        let [
            Some((lead, &[n, d])),
            Some((k_lead, &[m, k_d])),
            Some((v_lead, &[v_m, e])),
        ] = dims.map(|dims| dims.split_last_chunk())
        else {
            return Err(misfit(&dims));
        };
        if lead != k_lead || lead != v_lead || d != k_d || m != v_m || q.dtype() != k.dtype() {
            return Err(misfit(&dims));
        }
        let lead = lead.to_vec();
        Ok(Self { lead, n, m, d, e })
    }

    fn heads(&self) -> usize {
        self.lead.iter().product()
    }

    fn scale(&self) -> f64 {
        1.0 / (self.d.max(1) as f64).sqrt()
    }

    /// How many keys query `i` may look at under a causal mask.
    fn seen_by(&self, i: usize) -> usize {
        (i + 1 + self.m).saturating_sub(self.n)
    }

    fn shape(&self, last: [usize; 2]) -> Vec<usize> {
        [self.lead.as_slice(), &last].concat()
    }

    /// The mask, if it can be broadcast to P.
    fn fitting<'a>(&self, mask: &'a Tensor) -> Result<&'a Tensor> {
        let shape = self.shape([self.n, self.m]);
        match mask.broadcast_as(shape.as_slice()) {
            Ok(_) => Ok(mask),
            Err(_) => Err(Error::shape(
                "a mask of attention",
                format!("{shape:?} or what is broadcast to it"),
                format!("{:?}", mask.dims()),
            )),
        }
    }
}

fn misfit(dims: &[&[usize]; 3]) -> Error {
    Error::shape(
        "attention",
        "q (…, n, d), k (…, m, d), v (…, m, e) of one type",
        format!("{:?}, {:?}, {:?}", dims[0], dims[1], dims[2]),
    )
}

/// A mask, ready for use.
enum Seen {
    All,
    Causal,
    /// Contiguous before it was broadcast: where each head begins, and the steps to the next row and column.
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
        // The heads in their order, as numbers whose digits are the leading indices.
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

/// Queries that are worked on at a time.
const BLOCK: usize = 64;

struct Attention {
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

/// `out += a · b`, with `room` for the product.
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
    /// How many keys the queries up to `last` look at.
    fn keys(&self, last: usize) -> usize {
        match self.seen {
            Seen::Causal => self.sizes.seen_by(last),
            _ => self.sizes.m,
        }
    }

    /// The rows `from..to` of P of one head, of which only the first `keys` columns are not 0, into `p`.
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
        heads.try_for_each(|(h, o)| -> candle_core::Result<()> {
            let (q, k, v) = (head(q, h, n, d)?, head(k, h, m, d)?, head(v, h, m, e)?);
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
                T::multiply(
                    p,
                    v.slice(s![..keys, ..]),
                    view(&mut o[from * e..], to - from, e)?,
                )?;
            }
            Ok(())
        })?;
        Ok(o)
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

    fn backward_of_head<T: Number>(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::testing::{same_as_plain, values};

    fn compare(shapes: [&[usize]; 3], mask: &Mask) {
        same_as_plain(
            &shapes,
            |x| attention(&x[0], &x[1], &x[2], mask),
            |x| attention_plain(&x[0], &x[1], &x[2], mask),
        );
    }

    /// One block and several, whole and cut; fewer and more queries than keys.
    #[test]
    fn the_fused_form_is_the_plain_one() {
        for (n, m) in [
            (1, 1),
            (5, 5),
            (3, 7),
            (7, 3),
            (64, 64),
            (150, 150),
            (2, 130),
            (0, 3),
            (3, 0),
        ] {
            let shapes: [&[usize]; 3] = [&[2, 3, n, 4], &[2, 3, m, 4], &[2, 3, m, 6]];
            compare(shapes, &Mask::None);
            compare(shapes, &Mask::Causal);
        }
        compare([&[5, 4], &[6, 4], &[6, 1]], &Mask::Causal);
    }

    /// A mask for all, for each text, for each head, and one that leaves a query with nothing.
    #[test]
    fn a_mask_is_broadcast() {
        let shapes: [&[usize]; 3] = [&[2, 3, 4, 5], &[2, 3, 6, 5], &[2, 3, 6, 2]];
        for shape in [&[4, 6][..], &[2, 1, 1, 6], &[3, 1, 6], &[2, 3, 4, 6], &[1, 1]] {
            let n: usize = shape.iter().product();
            let numbers: Vec<f64> = (0..n).map(|i| [0.0, f64::NEG_INFINITY, 0.5][i % 3]).collect();
            compare(
                shapes,
                &Mask::Added(Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap()),
            );
        }
        let nothing = Tensor::new(&[[1_u8; 6], [0; 6], [1; 6], [1; 6]], &Device::Cpu).unwrap();
        compare(shapes, &Mask::allowed(&nothing).unwrap());
        let x = Tensor::ones((4, 6), DType::F64, &Device::Cpu).unwrap();
        let wrong = Mask::Added(Tensor::zeros((3, 4), DType::F64, &Device::Cpu).unwrap());
        for form in [attention, attention_plain] {
            assert_eq!(
                form(&x, &x, &x, &wrong).unwrap_err().to_string(),
                "a mask of attention: expected [4, 4] or what is broadcast to it, got [3, 4]"
            );
        }
    }

    /// The last query stands at the last key.
    #[test]
    fn causal_means_that_the_past_is_seen() {
        let x = Tensor::zeros((2, 1), DType::F64, &Device::Cpu).unwrap();
        let y = Tensor::zeros((3, 1), DType::F64, &Device::Cpu).unwrap();
        let weights = |q, k| values(&attention_weights(q, k, &Mask::Causal).unwrap());
        assert_eq!(weights(&x, &y), [0.5, 0.5, 0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0]);
        assert_eq!(weights(&y, &x), [0.0, 0.0, 1.0, 0.0, 0.5, 0.5]);
    }

    #[test]
    fn shapes_must_fit() {
        let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F32, &Device::Cpu).unwrap();
        let e = attention(&zeros(&[2, 3]), &zeros(&[4, 3]), &zeros(&[5, 3]), &Mask::None).unwrap_err();
        assert_eq!(
            e.to_string(),
            "attention: expected q (…, n, d), k (…, m, d), v (…, m, e) of one type, got [2, 3], [4, 3], [5, 3]"
        );
        assert!(attention(&zeros(&[3]), &zeros(&[3]), &zeros(&[3]), &Mask::None).is_err());
    }
}
