//! Attention of the tokens of a text to each other, from one row of queries, keys and values for each token,
//! as the product of one linear layer gives them: nothing is cut apart or put into another order.
//!
//! ```text
//!     a row of qkv    q₁ … q_heads   k₁ … k_kv   v₁ … v_kv            each of e numbers
//!     a row of o      o₁ … o_heads
//! ```
//!
//! Each head is what [`attention`](super::attention()) computes; head i has the keys and values of number i ·
//! kv / heads. Texts of a batch are shared out to threads. The gradient by keys that several heads share is
//! the sum of theirs.

use candle_core::{CpuStorage, CustomOp1, Device, Layout, Shape, Tensor};
use ndarray::{ArrayView2, ArrayViewMut2, s};
use rayon::prelude::*;

use super::super::number::{Number, has_fused_form, numbers, numbers_of, of_type};
use super::fused::Attention;
use super::{Mask, Sizes, attention_plain};
use crate::{Error, Result};

/// o `(batch, n, heads · e)` for qkv `(batch, n, (heads + 2 · kv_heads) · e)`. A mask is one for P
/// `(batch, heads, n, n)`.
///
/// ```
/// use course::nn::{Device, Mask, Tensor, attention_of_heads};
/// // One head of width 1. Both keys are alike: the second token sees the mean of both values.
/// let qkv = Tensor::new(&[[[1_f32, 0.0, 2.0], [1.0, 0.0, 4.0]]], &Device::Cpu)?;
/// let o = attention_of_heads(&qkv, 1, 1, &Mask::Causal)?;
/// assert_eq!(o.to_vec3::<f32>()?, [[[2.0], [3.0]]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes do not fit, or `kv_heads` does not divide `heads`.
pub fn attention_of_heads(qkv: &Tensor, heads: usize, kv_heads: usize, mask: &Mask) -> Result<Tensor> {
    let joint = Joint::new(qkv, heads, kv_heads)?;
    if !has_fused_form(qkv)? {
        return joint.plain(qkv, mask);
    }
    let op = Fused {
        attention: Attention::new(mask, joint.sizes(), qkv.dtype())?,
        joint,
    };
    Ok(qkv.contiguous()?.apply_op1(op)?)
}

/// [`attention_of_heads`] by candle's operations.
///
/// # Errors
/// As [`attention_of_heads`].
pub fn attention_of_heads_plain(qkv: &Tensor, heads: usize, kv_heads: usize, mask: &Mask) -> Result<Tensor> {
    Joint::new(qkv, heads, kv_heads)?.plain(qkv, mask)
}

#[derive(Clone, Copy)]
struct Joint {
    batch: usize,
    n: usize,
    heads: usize,
    kv_heads: usize,
    e: usize,
}

impl Joint {
    fn new(qkv: &Tensor, heads: usize, kv_heads: usize) -> Result<Self> {
        let parts = heads + 2 * kv_heads;
        match qkv.dims() {
            &[batch, n, width]
                if kv_heads > 0
                    && heads > 0
                    && heads.is_multiple_of(kv_heads)
                    && width.is_multiple_of(parts) =>
            {
                let e = width / parts;
                Ok(Self {
                    batch,
                    n,
                    heads,
                    kv_heads,
                    e,
                })
            }
            dims => Err(Error::shape(
                "attention of heads",
                format!("(batch, n, ({heads} + 2 · {kv_heads}) e), and heads that keys divide"),
                format!("{dims:?}"),
            )),
        }
    }

    fn sizes(&self) -> Sizes {
        Sizes {
            lead: vec![self.batch, self.heads],
            n: self.n,
            m: self.n,
            d: self.e,
            e: self.e,
        }
    }

    /// Where queries, keys and values of head `h` begin in a row.
    fn at(&self, h: usize) -> [usize; 3] {
        let g = self.group(h);
        [h, self.heads + g, self.heads + self.kv_heads + g].map(|part| part * self.e)
    }

    /// The number of the keys of head `h`.
    fn group(&self, h: usize) -> usize {
        h * self.kv_heads / self.heads
    }

    /// Numbers in a row of qkv.
    fn row(&self) -> usize {
        (self.heads + 2 * self.kv_heads) * self.e
    }

    fn plain(&self, qkv: &Tensor, mask: &Mask) -> Result<Tensor> {
        let shape = (self.batch, self.n, self.heads * self.e);
        if qkv.elem_count() == 0 {
            return Ok(Tensor::zeros(shape, qkv.dtype(), qkv.device())?);
        }
        let part = |place: usize| -> Result<Tensor> {
            let heads = (0..self.heads).map(|h| qkv.narrow(2, self.at(h)[place], self.e));
            let heads = heads.collect::<candle_core::Result<Vec<_>>>()?;
            Ok(Tensor::stack(&heads, 1)?) // (batch, heads, n, e)
        };
        let o = attention_plain(&part(0)?, &part(1)?, &part(2)?, mask)?;
        Ok(o.transpose(1, 2)?.reshape(shape)?)
    }
}

struct Fused {
    joint: Joint,
    attention: Attention,
}

fn view<T>(numbers: &[T], rows: usize) -> candle_core::Result<ArrayView2<'_, T>> {
    let shape = (rows, numbers.len() / rows);
    ArrayView2::from_shape(shape, numbers).map_err(candle_core::Error::wrap)
}

fn view_mut<T>(numbers: &mut [T], rows: usize) -> candle_core::Result<ArrayViewMut2<'_, T>> {
    let shape = (rows, numbers.len() / rows);
    ArrayViewMut2::from_shape(shape, numbers).map_err(candle_core::Error::wrap)
}

impl Fused {
    /// Queries, keys and values of head `h` in the rows of one text.
    fn parts<'a, T>(&self, x: &ArrayView2<'a, T>, h: usize) -> [ArrayView2<'a, T>; 3] {
        let e = self.joint.e;
        self.joint
            .at(h)
            .map(|from| (*x).slice_move(s![.., from..from + e]))
    }

    fn forward<T: Number>(&self, qkv: &[T]) -> candle_core::Result<Vec<T>> {
        let Joint {
            batch, n, heads, e, ..
        } = self.joint;
        let mut o = vec![T::zero(); batch * n * heads * e];
        if o.is_empty() {
            return Ok(o);
        }
        let texts = o.par_chunks_exact_mut(n * heads * e);
        let texts = texts.zip(qkv.par_chunks_exact(n * self.joint.row())).enumerate();
        texts.try_for_each(|(b, (o, x))| -> candle_core::Result<()> {
            let (x, mut o) = (view(x, n)?, view_mut(o, n)?);
            for h in 0..heads {
                let o = o.slice_mut(s![.., h * e..(h + 1) * e]);
                self.attention
                    .forward_of_head(b * heads + h, self.parts(&x, h), o)?;
            }
            Ok(())
        })?;
        Ok(o)
    }

    fn backward<T: Number>(&self, qkv: &Tensor, g: &Tensor) -> candle_core::Result<Tensor> {
        let Joint {
            n,
            heads,
            kv_heads,
            e,
            ..
        } = self.joint;
        let ((x, x_at), (g, g_at)) = (qkv.storage_and_layout(), g.storage_and_layout());
        let (x, g) = (numbers_of::<T>(&x, x_at)?, numbers_of::<T>(&g, g_at)?);
        let mut dx = vec![T::zero(); x.len()];
        if dx.is_empty() {
            return Tensor::from_vec(dx, qkv.shape(), &Device::Cpu);
        }
        let row = self.joint.row();
        let texts = dx.par_chunks_exact_mut(n * row).zip(x.par_chunks_exact(n * row));
        let texts = texts.zip(g.par_chunks_exact(n * heads * e)).enumerate();
        texts.try_for_each(|(b, ((dx, x), g))| -> candle_core::Result<()> {
            let (mut dx, x, g) = (view_mut(dx, n)?, view(x, n)?, view(g, n)?);
            let mut of_keys = vec![[vec![T::zero(); n * e], vec![T::zero(); n * e]]; kv_heads];
            let mut dq = vec![T::zero(); n * e];
            for h in 0..heads {
                let [q, k, v] = self.parts(&x, h);
                let g = g.slice(s![.., h * e..(h + 1) * e]);
                let [dk, dv] = &mut of_keys[self.joint.group(h)];
                dq.fill(T::zero());
                self.attention
                    .backward_of_head(b * heads + h, [q, k, v, g], [&mut dq, dk, dv])?;
                let from = self.joint.at(h)[0];
                dx.slice_mut(s![.., from..from + e]).assign(&view(&dq, n)?);
            }
            for h in (0..heads).step_by(heads / kv_heads) {
                let [_, k_at, v_at] = self.joint.at(h);
                for (from, gradient) in [k_at, v_at].into_iter().zip(&of_keys[self.joint.group(h)]) {
                    dx.slice_mut(s![.., from..from + e]).assign(&view(gradient, n)?);
                }
            }
            Ok(())
        })?;
        Tensor::from_vec(dx, qkv.shape(), &Device::Cpu)
    }
}

impl CustomOp1 for Fused {
    fn name(&self) -> &'static str {
        "attention of heads"
    }

    fn cpu_fwd(&self, qkv: &CpuStorage, at: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let o = of_type!(candle_core::backend::BackendStorage::dtype(qkv), T => {
            <T as candle_core::WithDType>::to_cpu_storage_owned(self.forward(numbers::<T>(qkv, at)?)?)
        });
        let Joint {
            batch, n, heads, e, ..
        } = self.joint;
        Ok((o, Shape::from((batch, n, heads * e))))
    }

    fn bwd(&self, qkv: &Tensor, _: &Tensor, g: &Tensor) -> candle_core::Result<Option<Tensor>> {
        let g = g.contiguous()?;
        of_type!(qkv.dtype(), T => self.backward::<T>(qkv, &g)).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::DType;
    use crate::nn::testing::same_as_plain;

    /// With keys for each head and with shared ones, with one block of queries and with several.
    #[test]
    fn the_fused_form_is_the_plain_one() {
        for (batch, n, heads, kv_heads, e) in [
            (2, 5, 4, 4, 3),
            (2, 5, 4, 2, 3),
            (1, 70, 2, 1, 2),
            (3, 1, 3, 3, 1),
        ] {
            let shape = [batch, n, (heads + 2 * kv_heads) * e];
            let added: Vec<f64> = (0..heads * n * n)
                .map(|i| [0.0, f64::NEG_INFINITY, 0.5][i % 3])
                .collect();
            let added = Tensor::from_vec(added, (heads, n, n), &Device::Cpu).unwrap();
            for mask in [Mask::None, Mask::Causal, Mask::Added(added)] {
                same_as_plain(
                    &[&shape],
                    |x| attention_of_heads(&x[0], heads, kv_heads, &mask),
                    |x| attention_of_heads_plain(&x[0], heads, kv_heads, &mask),
                );
            }
        }
    }

    #[test]
    fn no_text_and_no_token_are_nothing() {
        for shape in [[0, 3, 8], [2, 0, 8]] {
            let x = Tensor::zeros(&shape, DType::F32, &Device::Cpu).unwrap();
            for form in [attention_of_heads, attention_of_heads_plain] {
                let o = form(&x, 2, 1, &Mask::Causal).unwrap();
                assert_eq!(o.dims(), [shape[0], shape[1], 4]);
            }
        }
    }

    #[test]
    fn shapes_must_fit() {
        let x = Tensor::zeros((1, 2, 8), DType::F32, &Device::Cpu).unwrap();
        for (heads, kv_heads) in [(1, 1), (3, 2), (2, 0), (0, 0)] {
            for form in [attention_of_heads, attention_of_heads_plain] {
                let e = form(&x, heads, kv_heads, &Mask::None).unwrap_err().to_string();
                assert!(e.starts_with("attention of heads: expected (batch, n, ("), "{e}");
            }
        }
    }
}
