//! One layer of BERT: attention in both directions, then two linear layers, each added to what came in and
//! normalised *after* the sum (post-norm).
//!
//! ```text
//!     a = LN(x + Attention(x W_q, x W_k, x W_v) W_o)
//!     y = LN(a + W₂ gelu(W₁ a))                       x, a, y (rows, d);  W₁ a (rows, f)
//! ```
//!
//! GELU is the exact one, by erf. Cost a row: 2 (4 d² + 2 d f) operations, and 4 n d for attention in a text
//! of n tokens.

use super::{BertBatch, BertSizes};
use crate::Result;
use crate::nn::{Init, LayerNorm, Linear, Scope, Tensor, gelu};
use crate::rng::Rng;

/// How the weights begin, as in the paper.
pub(super) const START: Init = Init::Normal(0.02);

#[derive(Clone)]
pub(super) struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    out: Linear,
    after_attention: LayerNorm,
    up: Linear,
    down: Linear,
    after_all: LayerNorm,
    heads: usize,
}

impl Layer {
    pub(super) fn new(mut scope: Scope, sizes: &BertSizes, rng: &mut Rng) -> Result<Self> {
        let (d, f, epsilon) = (sizes.hidden_size, sizes.intermediate_size, sizes.layer_norm_eps);
        Ok(Self {
            query: Linear::new(scope.scope("attention.self.query"), d, d, START, rng)?,
            key: Linear::new(scope.scope("attention.self.key"), d, d, START, rng)?,
            value: Linear::new(scope.scope("attention.self.value"), d, d, START, rng)?,
            out: Linear::new(scope.scope("attention.output.dense"), d, d, START, rng)?,
            after_attention: LayerNorm::new(scope.scope("attention.output.LayerNorm"), d, epsilon, rng)?,
            up: Linear::new(scope.scope("intermediate.dense"), d, f, START, rng)?,
            down: Linear::new(scope.scope("output.dense"), f, d, START, rng)?,
            after_all: LayerNorm::new(scope.scope("output.LayerNorm"), d, epsilon, rng)?,
            heads: sizes.num_attention_heads,
        })
    }

    /// The states after this layer, `(rows, d)`, of those before it.
    pub(super) fn forward(&self, x: &Tensor, batch: &BertBatch) -> Result<Tensor> {
        let (q, k, v) = (
            self.query.forward(x)?,
            self.key.forward(x)?,
            self.value.forward(x)?,
        );
        let looked = self.out.forward(&batch.attention(&q, &k, &v, self.heads)?)?;
        let a = self.after_attention.forward(&(x + looked)?)?;
        let inner = gelu(&self.up.forward(&a)?)?;
        self.after_all.forward(&(&a + self.down.forward(&inner)?)?)
    }
}
