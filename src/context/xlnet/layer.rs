//! A layer of XLNet: two streams through the same weights.
//!
//! ```text
//!     content   h ← LN(h + Attention(queries h, keys [memory; h]) Wₒ)        sees itself and what came before it
//!     query     g ← LN(g + Attention(queries g, keys [memory; h]) Wₒ)        does not see itself
//!     both      x ← LN(x + W₂ gelu(W₁ x))
//! ```
//!
//! To predict token i, its state must know the position and not the token: that is g, which begins as a
//! learned vector that is the same for all. To be looked at by others it must know the token: that is h. When
//! the model is used there is only h.

use super::XlnetSizes;
use super::relative::{by_heads, relative_shift, scores};
use crate::Result;
use crate::nn::{Init, LayerNorm, Linear, Scope, Tensor, Var, gelu, softmax};
use crate::rng::Rng;

/// How the weights begin, as in the paper.
pub(super) const START: Init = Init::Normal(0.02);

#[derive(Clone)]
pub(super) struct Layer {
    q: Var,
    k: Var,
    v: Var,
    o: Var,
    r: Var,
    by_content: Var,
    by_distance: Var,
    by_part: Var,
    parts: Var,
    after_attention: LayerNorm,
    up: Linear,
    down: Linear,
    after_all: LayerNorm,
}

/// What all layers of one pass share.
pub(super) struct Frame {
    /// The sinusoids of all distances, `(keys + n, d)`.
    pub(super) distances: Tensor,
    /// 1 where query and key are of different parts, `(n, keys)`.
    pub(super) differ: Option<Tensor>,
    /// 0 where the content of a token may look, −∞ where not, `(n, keys)`. None: everywhere.
    pub(super) of_content: Option<Tensor>,
    /// The same for its query.
    pub(super) of_query: Option<Tensor>,
}

impl Layer {
    pub(super) fn new(mut scope: Scope, sizes: &XlnetSizes, rng: &mut Rng) -> Result<Self> {
        let (d, heads) = (sizes.d_model, sizes.n_head);
        let e = d / heads;
        let mut attention = scope.scope("rel_attn");
        let [q, k, v, o, r] =
            ["q", "k", "v", "o", "r"].map(|name| attention.parameter(name, (d, heads, e), START, rng));
        let mut bias = |name: &str| attention.parameter(name, (heads, e), START, rng);
        let (by_content, by_distance, by_part) = (bias("r_w_bias")?, bias("r_r_bias")?, bias("r_s_bias")?);
        let parts = attention.parameter("seg_embed", (2, heads, e), START, rng)?;
        let norm = attention.scope("layer_norm");
        let after_attention = LayerNorm::new(norm, d, sizes.layer_norm_eps, rng)?;
        let mut scope = scope.scope("ff");
        Ok(Self {
            q: q?,
            k: k?,
            v: v?,
            o: o?,
            r: r?,
            by_content,
            by_distance,
            by_part,
            parts,
            after_attention,
            up: Linear::new(scope.scope("layer_1"), d, sizes.d_inner, START, rng)?,
            down: Linear::new(scope.scope("layer_2"), sizes.d_inner, d, START, rng)?,
            after_all: LayerNorm::new(scope.scope("layer_norm"), d, sizes.layer_norm_eps, rng)?,
        })
    }

    /// Both streams after this layer, `(n, d)` each, of those before it.
    pub(super) fn forward(
        &self,
        (h, g): (&Tensor, Option<&Tensor>),
        memory: Option<&Tensor>,
        frame: &Frame,
    ) -> Result<(Tensor, Option<Tensor>)> {
        let seen = match memory {
            Some(memory) => Tensor::cat(&[memory, h], 0)?,
            None => h.clone(),
        };
        let (k, v) = (by_heads(&seen, &self.k)?, by_heads(&seen, &self.v)?);
        let r = by_heads(&frame.distances, &self.r)?;
        let stream = |x: &Tensor, mask: &Option<Tensor>| -> Result<Tensor> {
            let q = by_heads(x, &self.q)?;
            let (heads, n, e) = q.dims3()?;
            let of_distance = relative_shift(&scores(&q, &self.by_distance, &r)?, k.dim(1)?)?;
            let mut s = (scores(&q, &self.by_content, &k)? + of_distance)?;
            if let Some(differ) = &frame.differ {
                // (heads, n, 2): the score of the same part, and how much more one of another part has.
                let both = scores(&q, &self.by_part, &self.parts.transpose(0, 1)?.contiguous()?)?;
                let (same, other) = (both.narrow(2, 0, 1)?, both.narrow(2, 1, 1)?);
                let more = (other - &same)?.broadcast_mul(&differ.unsqueeze(0)?)?;
                s = s.broadcast_add(&same)?.add(&more)?;
            }
            s = (s / (e as f64).sqrt())?;
            if let Some(mask) = mask {
                s = s.broadcast_add(&mask.unsqueeze(0)?)?;
            }
            let found = softmax(&s)?
                .matmul(&v)?
                .transpose(0, 1)?
                .reshape((n, heads * e))?;
            let o = self.o.reshape((self.o.dim(0)?, heads * e))?;
            let a = self.after_attention.forward(&(x + found.matmul(&o.t()?)?)?)?;
            let inner = gelu(&self.up.forward(&a)?)?;
            self.after_all.forward(&(&a + self.down.forward(&inner)?)?)
        };
        let g = g.map(|g| stream(g, &frame.of_query)).transpose()?;
        Ok((stream(h, &frame.of_content)?, g))
    }
}
