//! The cache of keys and values: what attention has computed for the tokens so far.
//!
//! A token sees only what is before it, so its keys and values do not change when the text goes on. Without a
//! cache, the n-th token of a generated text costs a pass over n tokens; with it, a pass over one, which
//! looks at n kept keys. Memory for each layer: 2 · heads of keys · e numbers for each token.
//!
//! Appending copies what is there, which costs less than a hundredth of what reading the weights does.

use crate::Result;
use crate::nn::Tensor;

/// Keys and values of the tokens so far, `(batch, heads, m, e)` each, in one layer.
#[derive(Clone, Default)]
pub struct KeysValues {
    kept: Option<(Tensor, Tensor)>,
}

impl KeysValues {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many tokens are kept.
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(0, |(k, _)| k.dims()[2])
    }

    /// Whether nothing is kept yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the keys and values of further tokens, `(batch, heads, n, e)`, and returns all of them.
    ///
    /// # Errors
    /// They have another batch, other heads or another width than those before.
    pub fn append(&mut self, k: &Tensor, v: &Tensor) -> Result<(Tensor, Tensor)> {
        let (k, v) = (k.detach(), v.detach());
        let all = match &self.kept {
            None => (k.contiguous()?, v.contiguous()?),
            Some((before_k, before_v)) => {
                (Tensor::cat(&[before_k, &k], 2)?, Tensor::cat(&[before_v, &v], 2)?)
            }
        };
        self.kept = Some(all.clone());
        Ok(all)
    }
}

impl std::fmt::Display for KeysValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "keys and values of {} tokens", self.len())
    }
}

crate::show::shown_as_line!(KeysValues);
