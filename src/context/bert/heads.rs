//! The heads that BERT is pretrained with.
//!
//! ```text
//!     masked token    logits = LN(gelu(W h + b)) Eᵀ + c       h the state of a masked token, E the table of tokens
//!     next sentence   logits = W' pooled + b'                 class 0: the second sentence follows, 1: it does not
//! ```

use super::BertSizes;
use super::layer::START;
use crate::Result;
use crate::nn::{Init, LayerNorm, Linear, Scope, Tensor, Var, gelu};
use crate::rng::Rng;

/// The parameters of both heads.
#[derive(Clone)]
pub(super) struct Heads {
    dense: Linear,
    norm: LayerNorm,
    bias: Var,
    follows: Linear,
}

impl Heads {
    pub(super) fn new(mut scope: Scope, sizes: &BertSizes, rng: &mut Rng) -> Result<Self> {
        let d = sizes.hidden_size;
        let mut masked = scope.scope("predictions");
        Ok(Self {
            dense: Linear::new(masked.scope("transform.dense"), d, d, START, rng)?,
            norm: LayerNorm::new(masked.scope("transform.LayerNorm"), d, sizes.layer_norm_eps, rng)?,
            bias: masked.parameter("bias", sizes.vocab_size, Init::Zeros, rng)?,
            follows: Linear::new(scope.scope("seq_relationship"), d, 2, START, rng)?,
        })
    }

    /// The logits of all tokens, `(rows, V)`, of states `(rows, d)`. `table` is that of tokens, `(V, d)`.
    pub(super) fn masked(&self, h: &Tensor, table: &Tensor) -> Result<Tensor> {
        let h = self.norm.forward(&gelu(&self.dense.forward(h)?)?)?;
        Ok(h.matmul(&table.t()?)?.broadcast_add(&self.bias)?)
    }

    /// The logits of both classes, `(texts, 2)`, of the pooled vectors.
    pub(super) fn follows(&self, pooled: &Tensor) -> Result<Tensor> {
        self.follows.forward(pooled)
    }
}
