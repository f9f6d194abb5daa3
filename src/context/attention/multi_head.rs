//! Attention as a layer: a vector of each token becomes queries, keys and values of several heads, and what
//! the heads have taken is mixed again.
//!
//! ```text
//!     Q, K, V = x W_q, x W_k, x W_v              as one product: W = [W_q; W_k; W_v]
//!     y = [head₁ … head_h] W_o                    head_i = softmax(Q_i K_gᵀ / √e + mask) V_g
//! ```
//!
//! Shapes: x and y `(batch, n, width)`; Q `(batch, heads, n, e)` with e = width / heads; K and V `(batch,
//! kv_heads, m, e)`. With fewer heads of keys than of queries (Ainslie et al. 2023, *GQA*), each head g of
//! keys serves heads / kv_heads heads of queries; the cache shrinks by this factor. With one it is
//! multi-query attention (Shazeer 2019).
//!
//! Parameters, by GPT-2's names: `c_attn` `(width + 2 · kv_heads · e, width)` and `c_proj` `(width, width)`.
//! It takes 2 n (2 width² + 2 width · kv_heads · e) operations for the products and 4 n m width between them.

use serde::{Deserialize, Serialize};

use super::KeysValues;
use crate::context::positions::Rotary;
use crate::nn::{Init, Linear, Mask, Scope, Tensor, attention, attention_of_heads, attention_weights};
use crate::rng::Rng;
use crate::{Error, Result};

/// The sizes of a layer of attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadSizes {
    /// How many numbers a token's vector has.
    pub width: usize,
    /// How many heads of queries there are; they share the width.
    pub heads: usize,
    /// How many heads of keys and values there are; usually as many, at least 1.
    pub kv_heads: usize,
    /// Whether the linear layers have a bias.
    pub bias: bool,
}

crate::plot::shown_as_record!(HeadSizes);

impl HeadSizes {
    /// As many heads of keys as of queries, with biases: GPT-2's form.
    pub fn new(width: usize, heads: usize) -> Self {
        Self {
            width,
            heads,
            kv_heads: heads,
            bias: true,
        }
    }

    /// e: how many numbers a query has.
    pub fn head_width(&self) -> usize {
        self.width / self.heads.max(1)
    }

    /// How many numbers a token gets for its queries, keys and values.
    fn projected(&self) -> usize {
        self.width + 2 * self.kv_heads * self.head_width()
    }

    /// How many parameters the layer has.
    pub fn parameters(&self) -> usize {
        let biases = if self.bias {
            self.projected() + self.width
        } else {
            0
        };
        self.width * (self.projected() + self.width) + biases
    }

    /// Operations for `n` tokens that look at `m` each: 2 for each product with a sum.
    pub fn flops(&self, n: usize, m: usize) -> u64 {
        let products = self.width * (self.projected() + self.width);
        2 * (n * products) as u64 + 4 * (n * m * self.width) as u64
    }

    /// # Errors
    /// The heads do not divide the width, or the heads of keys those of queries.
    pub fn check(&self) -> Result<()> {
        Error::at_least(1, "the number of heads", self.heads)?;
        Error::at_least(1, "the number of heads of keys", self.kv_heads)?;
        if self.width == 0 || !self.width.is_multiple_of(self.heads) {
            let expected = format!("a multiple of {} heads", self.heads);
            return Err(Error::value("the width", expected, self.width));
        }
        if !self.heads.is_multiple_of(self.kv_heads) {
            let expected = format!("a divisor of {} heads", self.heads);
            return Err(Error::value(
                "the number of heads of keys",
                expected,
                self.kv_heads,
            ));
        }
        Ok(())
    }
}

/// Attention with several heads.
#[derive(Clone)]
pub struct MultiHead {
    sizes: HeadSizes,
    into: Linear,
    out: Linear,
}

impl MultiHead {
    /// A layer whose weights begin as `init` says, those of the last product as `init_out`.
    ///
    /// # Errors
    /// The sizes do not fit each other; the names are taken.
    pub fn new(
        mut scope: Scope,
        sizes: HeadSizes,
        [init, init_out]: [Init; 2],
        rng: &mut Rng,
    ) -> Result<Self> {
        sizes.check()?;
        let linear = if sizes.bias {
            Linear::new
        } else {
            Linear::without_bias
        };
        let (into, out) = (scope.scope("c_attn"), sizes.projected());
        Ok(Self {
            into: linear(into, sizes.width, out, init, rng)?,
            out: linear(scope.scope("c_proj"), sizes.width, sizes.width, init_out, rng)?,
            sizes,
        })
    }

    /// y for x `(batch, n, width)`, in the same shape.
    ///
    /// With `turned`, queries and keys are turned by their positions. With a cache, the tokens of x come
    /// after those that are kept, whose keys and values they see too; and theirs are kept.
    ///
    /// # Errors
    /// The shapes do not fit; the positions are more than the rotary table has.
    pub fn forward(
        &self,
        x: &Tensor,
        mask: &Mask,
        turned: Option<&Rotary>,
        cache: Option<&mut KeysValues>,
    ) -> Result<Tensor> {
        let (batch, n, width) = x.dims3()?;
        if let (None, None) = (turned, &cache) {
            let HeadSizes { heads, kv_heads, .. } = self.sizes;
            let all = self.into.forward(x)?;
            return self
                .out
                .forward(&attention_of_heads(&all, heads, kv_heads, mask)?);
        }
        let [q, k, v] = self.queries_keys_values(x, turned, cache)?;
        let o = attention(&q, &k, &v, mask)?; // (batch, heads, n, e)
        self.out.forward(&o.transpose(1, 2)?.reshape((batch, n, width))?)
    }

    /// How much each token looks at each token in each head, `(batch, heads, n, n)`.
    ///
    /// # Errors
    /// As for [`forward`](Self::forward).
    pub fn weights(&self, x: &Tensor, mask: &Mask, turned: Option<&Rotary>) -> Result<Tensor> {
        let [q, k, _] = self.queries_keys_values(x, turned, None)?;
        attention_weights(&q, &k, mask)
    }

    fn queries_keys_values(
        &self,
        x: &Tensor,
        turned: Option<&Rotary>,
        cache: Option<&mut KeysValues>,
    ) -> Result<[Tensor; 3]> {
        let (batch, n, _) = x.dims3()?;
        let HeadSizes {
            width,
            heads,
            kv_heads,
            ..
        } = self.sizes;
        let e = self.sizes.head_width();
        let all = self.into.forward(x)?; // (batch, n, width + 2 kv_heads e)
        let part = |from: usize, heads: usize| -> Result<Tensor> {
            let part = all.narrow(2, from, heads * e)?.reshape((batch, n, heads, e))?;
            Ok(part.transpose(1, 2)?) // (batch, heads, n, e)
        };
        let (mut q, mut k) = (part(0, heads)?, part(width, kv_heads)?);
        let mut v = part(width + kv_heads * e, kv_heads)?;
        if let Some(rotary) = turned {
            let from = cache.as_ref().map_or(0, |cache| cache.len());
            (q, k) = (rotary.turn(&q, from)?, rotary.turn(&k, from)?);
        }
        if let Some(cache) = cache {
            (k, v) = cache.append(&k, &v)?;
        }
        let groups = heads / kv_heads;
        Ok([q, repeated(&k, groups)?, repeated(&v, groups)?])
    }
}

/// Each head `times` times: `(batch, heads, m, e)` to `(batch, heads · times, m, e)`.
fn repeated(x: &Tensor, times: usize) -> Result<Tensor> {
    if times == 1 {
        return Ok(x.clone());
    }
    let (batch, heads, m, e) = x.dims4()?;
    let wide = x.unsqueeze(2)?.broadcast_as((batch, heads, times, m, e))?;
    Ok(wide.contiguous()?.reshape((batch, heads * times, m, e))?)
}

impl std::fmt::Display for MultiHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let HeadSizes {
            width,
            heads,
            kv_heads,
            ..
        } = self.sizes;
        write!(
            f,
            "attention with {heads} heads, {kv_heads} of keys, {width} wide"
        )
    }
}

crate::show::shown_as_line!(MultiHead);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::attention::{AttentionMask, attend, join_heads, split_heads};
    use crate::nn::{DType, Device, Parameters, gradient_check};
    use crate::rng::seeded;

    fn layer(sizes: HeadSizes) -> (Parameters, MultiHead) {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let scope = parameters.scope("attn");
        let layer = MultiHead::new(scope, sizes, [Init::Normal(0.5); 2], &mut seeded(1));
        (parameters, layer.unwrap())
    }

    fn drawn(shape: &[usize], seed: u64) -> Tensor {
        Init::Normal(1.0)
            .draw(shape, DType::F64, &Device::Cpu, &mut seeded(seed))
            .unwrap()
    }

    fn apart(a: &Tensor, b: &Tensor) -> f64 {
        assert_eq!(a.dims(), b.dims());
        let most = (a - b).unwrap().abs().unwrap().max_all().unwrap();
        most.to_scalar().unwrap()
    }

    /// Split, plain attention in each head, joined: between the two products the layer is what the plain
    /// functions write out.
    #[test]
    fn a_layer_is_the_plain_functions_between_two_products() {
        let sizes = HeadSizes {
            kv_heads: 2,
            ..HeadSizes::new(8, 4)
        };
        let (_, layer) = layer(sizes);
        let x = drawn(&[1, 5, 8], 2);
        let all = layer.into.forward(&x).unwrap().squeeze(0).unwrap();
        let part = |from: usize, n: usize| {
            let part = all.narrow(1, from, n).unwrap().to_dtype(DType::F32).unwrap();
            split_heads(&part.to_vec2::<f32>().unwrap(), n / 2).unwrap()
        };
        let (q, k, v) = (part(0, 8), part(8, 4), part(12, 4));
        let mask = AttentionMask::causal(5, 5);
        let heads = (0..4).map(|h| attend(&q[h], &k[h / 2], &v[h / 2], &mask).unwrap().output);
        let joined = join_heads(&heads.collect::<Vec<_>>()).unwrap();
        let joined = Tensor::new(joined, &Device::Cpu).unwrap();
        let plain = layer.out.forward(&joined.to_dtype(DType::F64).unwrap()).unwrap();
        let y = layer.forward(&x, &Mask::Causal, None, None).unwrap();
        // The plain form has f32.
        assert!(apart(&y.squeeze(0).unwrap(), &plain) < 1e-5);
        let weights = layer.weights(&x, &Mask::Causal, None).unwrap();
        assert_eq!(weights.dims(), [1, 4, 5, 5]);
    }

    /// Token by token with the cache, and all at once; also with rotary positions.
    #[test]
    fn a_cache_changes_nothing() {
        for kv_heads in [1, 2, 4] {
            let sizes = HeadSizes {
                kv_heads,
                ..HeadSizes::new(16, 4)
            };
            let (_, layer) = layer(sizes);
            let rotary = Rotary::new(9, 4, 10_000.0, DType::F64, &Device::Cpu).unwrap();
            let x = drawn(&[2, 7, 16], 3);
            for turned in [None, Some(&rotary)] {
                let whole = layer.forward(&x, &Mask::Causal, turned, None).unwrap();
                let mut cache = KeysValues::new();
                let steps = [0..3, 3..4, 4..7].map(|at| {
                    let part = x.narrow(1, at.start, at.len()).unwrap();
                    layer
                        .forward(&part, &Mask::Causal, turned, Some(&mut cache))
                        .unwrap()
                });
                assert!(apart(&whole, &Tensor::cat(&steps, 1).unwrap()) < 1e-12);
                assert_eq!(cache.len(), 7);
            }
        }
    }

    /// One head of keys for all is the same as equal heads of keys.
    #[test]
    fn shared_keys_are_equal_keys() {
        let grouped = HeadSizes {
            kv_heads: 1,
            bias: false,
            ..HeadSizes::new(4, 2)
        };
        let ((few, one), (many, two)) = (
            layer(grouped),
            layer(HeadSizes {
                kv_heads: 2,
                ..grouped
            }),
        );
        let w = few.get("attn.c_attn.weight").unwrap().as_tensor().clone(); // (4 + 2 + 2, 4)
        let rows = |from| w.narrow(0, from, 2).unwrap();
        let wide = [rows(0), rows(2), rows(4), rows(4), rows(6), rows(6)];
        many.set("attn.c_attn.weight", &Tensor::cat(&wide, 0).unwrap())
            .unwrap();
        many.set("attn.c_proj.weight", few.get("attn.c_proj.weight").unwrap())
            .unwrap();
        let x = drawn(&[1, 3, 4], 4);
        let y = |layer: &MultiHead| layer.forward(&x, &Mask::Causal, None, None).unwrap();
        assert!(apart(&y(&one), &y(&two)) < 1e-12);
    }

    #[test]
    fn gradients_and_counts() {
        for (kv_heads, bias) in [(1, true), (2, false)] {
            let sizes = HeadSizes {
                kv_heads,
                bias,
                ..HeadSizes::new(4, 2)
            };
            let (parameters, layer) = layer(sizes);
            assert_eq!(sizes.parameters(), parameters.count());
            let x = drawn(&[2, 3, 4], 5);
            let loss = || Ok(layer.forward(&x, &Mask::Causal, None, None)?.sqr()?.sum_all()?);
            gradient_check(parameters.iter(), loss)
                .unwrap()
                .within(1e-6)
                .unwrap();
        }
    }

    #[test]
    fn heads_must_fit() {
        let told = |sizes: HeadSizes| sizes.check().unwrap_err().to_string();
        assert_eq!(
            told(HeadSizes::new(10, 4)),
            "the width: expected a multiple of 4 heads, got 10"
        );
        let sizes = HeadSizes {
            kv_heads: 3,
            ..HeadSizes::new(8, 4)
        };
        assert_eq!(
            told(sizes),
            "the number of heads of keys: expected a divisor of 4 heads, got 3"
        );
        assert!(HeadSizes::new(8, 0).check().is_err());
    }
}
