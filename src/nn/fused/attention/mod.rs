//! Scaled dot-product attention (Vaswani et al. 2017, *Attention is all you need*).
//!
//! ```text
//!     P = softmax(q kᵀ / √d + mask)          (…, n, m): how much query i looks at key j
//!     o = P v                                (…, n, e)
//! ```
//!
//! Shapes: q `(…, n, d)`, k `(…, m, d)`, v `(…, m, e)`, where `…` are the same batch and heads for all three.
//! It takes 2 n m (d + e) operations. With a causal mask the upper half of P is left out, and with it half of
//! the operations.
//!
//! The gradients, with g = ∂L/∂o. All of them are matrix products:
//!
//! ```text
//!     ∂L/∂v = Pᵀ g        ∂L/∂P = g vᵀ        ∂L/∂S = P ∘ (∂L/∂P − rowsum(P ∘ ∂L/∂P))          S = q kᵀ / √d
//!     ∂L/∂q = (∂L/∂S) k / √d        ∂L/∂k = (∂L/∂S)ᵀ q / √d
//! ```
//!
//! The plain form keeps P, n · m numbers for each head, until the gradient has been computed. The fused form
//! takes a block of queries at a time, and in the backward pass computes their rows of P again (Dao et al.
//! 2022, *FlashAttention*): it never needs more than 64 · m numbers for each thread. FlashAttention also cuts
//! the keys into blocks; that is left out. Heads are shared out to threads, and the result does not depend on
//! the number of threads.
//!
//! A query that may look at nothing gets 0. A mask has no gradient: if it is learned, as in T5, use the plain
//! form.

mod fused;
mod joint;

use candle_core::{D, DType, Device, Tensor};

use self::fused::Attention;
pub use self::joint::{attention_of_heads, attention_of_heads_plain};
use super::number::has_fused_form;
use super::softmax::softmax;
use crate::{Error, Result};

/// What a query may look at.
#[derive(Clone, Debug)]
pub enum Mask {
    /// At all keys.
    None,
    /// At the keys up to its own position. The last query has the position of the last key. So if there are
    /// fewer queries than keys, as with a cache, the earlier keys are the past of all queries. (torch's
    /// `is_causal` gives the first query the position of the first key.)
    Causal,
    /// This is added to q kᵀ / √d: 0 where the query may look, −∞ where it may not, or any number in between.
    /// Its shape is that of P, or one that can be broadcast to it: `(n, m)` if it is the same for all,
    /// `(batch, 1, 1, m)` for the padding of each text.
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
    let op = Attention::new(mask, sizes, q.dtype())?;
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

/// The causal mask: 0 and −∞, `(n, m)`.
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

    /// With one block and with several, whole and cut; with fewer and with more queries than keys.
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

    /// A mask for all, one for each text, one for each head, and one that leaves a query with nothing.
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

    /// The last query has the position of the last key.
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
