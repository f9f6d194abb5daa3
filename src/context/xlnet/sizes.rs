//! The sizes of an XLNet, and the file that names them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Location;
use crate::{Error, Result};

/// The sizes of an XLNet, by the names of its `config.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct XlnetSizes {
    /// V: rows of the table of tokens.
    pub vocab_size: usize,
    /// d: numbers of a state.
    pub d_model: usize,
    /// L: how many layers.
    pub n_layer: usize,
    /// Heads of each layer's attention; d is a multiple of it.
    pub n_head: usize,
    /// Numbers of a row between the two linear layers of a block.
    pub d_inner: usize,
    /// ε of the layer norms.
    pub layer_norm_eps: f64,
    /// The longest memory, in tokens. None: it grows with every text.
    pub mem_len: Option<usize>,
    /// The function between the two linear layers: only `gelu` is known, the exact one.
    pub ff_activation: String,
}

crate::plot::shown_as_record!(XlnetSizes);

impl Default for XlnetSizes {
    /// XLNet base.
    fn default() -> Self {
        Self {
            vocab_size: 32_000,
            d_model: 768,
            n_layer: 12,
            n_head: 12,
            d_inner: 3072,
            layer_norm_eps: 1e-12,
            mem_len: None,
            ff_activation: "gelu".to_owned(),
        }
    }
}

/// What else the file may ask for, which is not done here.
#[derive(Deserialize)]
struct Others {
    #[serde(default)]
    attn_type: Option<String>,
    #[serde(default)]
    bi_data: bool,
    #[serde(default)]
    clamp_len: Option<i64>,
}

impl XlnetSizes {
    /// Reads a `config.json`.
    ///
    /// # Errors
    /// The file cannot be read, lacks a size, or asks for what is not done here: distances that are cut off,
    /// or reading from one side alone.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io("read", path, e))?;
        let wrong = |problem: String| Error::format(path.display(), Location::Whole, problem);
        let sizes: Self = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        let others: Others = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        sizes.check().map_err(|e| wrong(e.to_string()))?;
        let plain = others.attn_type.as_deref().is_none_or(|kind| kind == "bi");
        if !plain || others.bi_data || others.clamp_len.is_some_and(|n| n > 0) {
            return Err(wrong(
                "expected attn_type \"bi\", bi_data false and no clamp_len".to_owned(),
            ));
        }
        Ok(sizes)
    }

    pub(super) fn check(&self) -> Result<()> {
        let sizes = [
            ("vocab_size", self.vocab_size),
            ("d_model", self.d_model),
            ("n_head", self.n_head),
            ("d_inner", self.d_inner),
        ];
        for (name, n) in sizes {
            Error::at_least(1, name, n)?;
        }
        if !self.d_model.is_multiple_of(self.n_head) {
            let expected = format!("a multiple of the {} heads", self.n_head);
            return Err(Error::value("d_model", expected, self.d_model));
        }
        if !self.d_model.is_multiple_of(2) {
            return Err(Error::value(
                "d_model",
                "an even number, for sines and cosines",
                self.d_model,
            ));
        }
        match self.ff_activation.as_str() {
            "gelu" => Ok(()),
            other => Err(Error::value("ff_activation", "\"gelu\"", format!("{other:?}"))),
        }
    }
}
