//! What BERT is pretrained with: two heads on the encoder, and the sum of their losses.
//!
//! ```text
//!     masked token    logits = LN(gelu(W h + b)) Eᵀ + c       h the state of a masked token, E the table of tokens
//!     next sentence   logits = W' pooled + b'                 class 0: the second sentence follows, 1: it does not
//!     L = mean over masked tokens of −ln p(token)  +  mean over texts of −ln p(class)
//! ```
//!
//! Only masked tokens go through the head: V is large, and the others have no loss.
//!
//! Source: Devlin et al. (2018), *BERT*. Liu et al. (2019), *RoBERTa*, found the second task of no use.

use super::layer::START;
use super::{BertBatch, BertEncoder, BertSizes};
use crate::nn::{Init, LayerNorm, Linear, Scope, Tensor, Var, cross_entropy, gelu};
use crate::rng::Rng;
use crate::{Error, Result};

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
}

impl BertEncoder {
    /// The logits of the tokens that `rows` of the last states stand for, `(rows, V)`.
    ///
    /// # Errors
    /// The encoder has no heads; there is no such row.
    pub fn masked_logits(&self, last: &Tensor, rows: &[u32]) -> Result<Tensor> {
        let (heads, n) = (self.heads()?, last.dim(0)?);
        if let Some(row) = rows.iter().find(|&&row| row as usize >= n) {
            return Err(Error::value(
                "the row of a masked token",
                format!("below {n}"),
                row,
            ));
        }
        let h = last.index_select(&Tensor::new(rows, last.device())?, 0)?;
        let h = heads.norm.forward(&gelu(&heads.dense.forward(&h)?)?)?;
        Ok(h.matmul(&self.table().t()?)?.broadcast_add(&heads.bias)?)
    }

    /// The logits of "the second sentence follows the first" and "it does not", `(texts, 2)`.
    ///
    /// # Errors
    /// The encoder has no heads; a text is empty.
    pub fn next_logits(&self, last: &Tensor, batch: &BertBatch) -> Result<Tensor> {
        self.heads()?.follows.forward(&self.pooled(last, batch)?)
    }

    /// The loss of pretraining: of `masked`, rows and the tokens that were there, and of `follows`, for each
    /// text whether its second sentence follows. Either may be empty, and then has no part in it.
    ///
    /// # Errors
    /// Both are empty; errors of [`states`](Self::states) and the heads; not a `follows` for each text.
    pub fn loss(&self, batch: &BertBatch, masked: &[(u32, u32)], follows: &[bool]) -> Result<Tensor> {
        let last = self.states(batch)?.pop().ok_or_else(|| nothing("layer"))?;
        let (rows, tokens): (Vec<u32>, Vec<u32>) = masked.iter().copied().unzip();
        let of_masked = match masked {
            [] => None,
            _ => Some(cross_entropy(&self.masked_logits(&last, &rows)?, &tokens)?),
        };
        let classes: Vec<u32> = follows.iter().map(|&follows| u32::from(!follows)).collect();
        let of_pairs = match follows {
            [] => None,
            _ => Some(cross_entropy(&self.next_logits(&last, batch)?, &classes)?),
        };
        match (of_masked, of_pairs) {
            (Some(a), Some(b)) => Ok((a + b)?),
            (a, b) => a
                .or(b)
                .ok_or_else(|| nothing("masked token or pair of sentences")),
        }
    }
}

fn nothing(what: &str) -> Error {
    Error::value("pretraining", format!("at least one {what}"), "none")
}
