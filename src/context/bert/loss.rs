//! The loss of BERT's pretraining: hidden tokens, and whether a sentence follows.
//!
//! ```text
//!     L = mean over masked tokens of −ln p(token)  +  mean over texts of −ln p(class)
//! ```
//!
//! Only masked tokens go through their head: V is large, and the others have no loss. The heads are in
//! `heads.rs`.
//!
//! Source: Devlin et al. (2018), *BERT*. Liu et al. (2019), *RoBERTa*, found the second task of no use.

use super::{BertBatch, BertEncoder};
use crate::nn::{Tensor, cross_entropy};
use crate::{Error, Result};

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
        heads.masked(&h, self.table())
    }

    /// The logits of "the second sentence follows the first" and "it does not", `(texts, 2)`.
    ///
    /// # Errors
    /// The encoder has no heads; a text is empty.
    pub fn next_logits(&self, last: &Tensor, batch: &BertBatch) -> Result<Tensor> {
        self.heads()?.follows(&self.pooled(last, batch)?)
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
