//! The sizes of a BERT, and the file that names them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Location;
use crate::{Error, Result};

/// The sizes of a BERT, by the names of its `config.json`.
///
/// ```
/// use course::context::BertSizes;
/// let base = BertSizes::default();
/// assert_eq!(base.parameters(), 109_482_240); // 110 million, as the paper says
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BertSizes {
    /// V: rows of the table of tokens.
    pub vocab_size: usize,
    /// d: numbers of a state.
    pub hidden_size: usize,
    /// L: how many layers.
    pub num_hidden_layers: usize,
    /// Heads of each layer's attention; d is a multiple of it.
    pub num_attention_heads: usize,
    /// Numbers of a row between the two linear layers of a block.
    pub intermediate_size: usize,
    /// The longest text, in tokens.
    pub max_position_embeddings: usize,
    /// How many parts a text may have.
    pub type_vocab_size: usize,
    /// ε of the layer norms.
    pub layer_norm_eps: f64,
    /// The function between the two linear layers: only `gelu` is known, the exact one.
    pub hidden_act: String,
}

crate::plot::shown_as_record!(BertSizes);

impl Default for BertSizes {
    /// BERT base.
    fn default() -> Self {
        Self {
            vocab_size: 30_522,
            hidden_size: 768,
            num_hidden_layers: 12,
            num_attention_heads: 12,
            intermediate_size: 3072,
            max_position_embeddings: 512,
            type_vocab_size: 2,
            layer_norm_eps: 1e-12,
            hidden_act: "gelu".to_owned(),
        }
    }
}

impl BertSizes {
    /// Reads a `config.json`; what else it says is ignored.
    ///
    /// # Errors
    /// The file cannot be read, lacks a size, or is of another kind of model.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        let wrong = |problem: String| Error::format(path.display(), Location::Whole, problem);
        let sizes: Self = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        sizes.check().map_err(|e| wrong(e.to_string()))?;
        Ok(sizes)
    }

    /// Whether such a model can be made.
    pub(super) fn check(&self) -> Result<()> {
        let sizes = [
            ("vocab_size", self.vocab_size),
            ("hidden_size", self.hidden_size),
            ("num_attention_heads", self.num_attention_heads),
            ("intermediate_size", self.intermediate_size),
            ("max_position_embeddings", self.max_position_embeddings),
            ("type_vocab_size", self.type_vocab_size),
        ];
        for (name, n) in sizes {
            Error::at_least(1, name, n)?;
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            let expected = format!("a multiple of the {} heads", self.num_attention_heads);
            return Err(Error::value("hidden_size", expected, self.hidden_size));
        }
        if self.hidden_act != "gelu" {
            return Err(Error::value(
                "hidden_act",
                "\"gelu\"",
                format!("{:?}", self.hidden_act),
            ));
        }
        Ok(())
    }

    /// How many numbers the encoder learns, the pooler counted, the heads of pretraining not:
    /// (V + positions + types + 2) d + L (4 d² + 2 d f + 9 d + f) + d² + d, with f the intermediate size.
    pub fn parameters(&self) -> usize {
        let (d, f) = (self.hidden_size, self.intermediate_size);
        let rows = self.vocab_size + self.max_position_embeddings + self.type_vocab_size + 2;
        rows * d + self.num_hidden_layers * (4 * d * d + 2 * d * f + 9 * d + f) + d * d + d
    }
}
