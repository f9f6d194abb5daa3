//! The encoder of BERT: tables of tokens, positions and parts, then layers in which every token looks at
//! every other, before it and after it.
//!
//! ```text
//!     H⁰ = LN(E[id] + P[position] + T[part])          Hⁱ = layerᵢ(Hⁱ⁻¹)          (rows, d) each
//!     pooled = tanh(W Hᴸ[CLS] + b)                                               (texts, d)
//! ```
//!
//! Parameters have the names of the files that people pass on. Dropout is left out: training a small model
//! goes without, and a model that is used has none.

use std::path::Path;

use super::heads::Heads;
use super::layer::{Layer, START};
use super::{BertBatch, BertSizes};
use crate::nn::{DType, Device, Embedding, LayerNorm, Linear, Names, Parameters, Tensor};
use crate::rng::Rng;
use crate::{Error, Result};

/// The network: ids of tokens in, states out.
#[derive(Clone)]
pub struct BertEncoder {
    sizes: BertSizes,
    parameters: Parameters,
    words: Embedding,
    positions: Embedding,
    types: Embedding,
    norm: LayerNorm,
    layers: Vec<Layer>,
    pooler: Linear,
    heads: Option<Heads>,
}

impl BertEncoder {
    /// A fresh encoder; `with_heads`, also what it is pretrained with (see [`loss`](Self::loss)).
    ///
    /// # Errors
    /// A size is 0, or they do not fit.
    pub fn new(sizes: &BertSizes, with_heads: bool, dtype: DType, rng: &mut Rng) -> Result<Self> {
        sizes.check()?;
        let mut parameters = Parameters::new(dtype, &Device::Cpu);
        let d = sizes.hidden_size;
        let mut table = |name: &str, rows| {
            let scope = format!("embeddings.{name}_embeddings");
            Embedding::new(parameters.scope(&scope), rows, d, START, rng)
        };
        let words = table("word", sizes.vocab_size)?;
        let positions = table("position", sizes.max_position_embeddings)?;
        let types = table("token_type", sizes.type_vocab_size)?;
        let norm = LayerNorm::new(
            parameters.scope("embeddings.LayerNorm"),
            d,
            sizes.layer_norm_eps,
            rng,
        )?;
        let layers = (0..sizes.num_hidden_layers)
            .map(|i| Layer::new(parameters.scope(&format!("encoder.layer.{i}")), sizes, rng));
        let layers = layers.collect::<Result<_>>()?;
        let pooler = Linear::new(parameters.scope("pooler.dense"), d, d, START, rng)?;
        let heads = match with_heads {
            true => Some(Heads::new(parameters.scope("cls"), sizes, rng)?),
            false => None,
        };
        Ok(Self {
            sizes: sizes.clone(),
            parameters,
            words,
            positions,
            types,
            norm,
            layers,
            pooler,
            heads,
        })
    }

    /// An encoder of the numbers of a file, of a model with or without a head for something else.
    ///
    /// # Errors
    /// The file cannot be read, or is of a model of other sizes: then the error names the tensors that do not
    /// fit.
    pub fn load(sizes: &BertSizes, with_heads: bool, path: impl AsRef<Path>) -> Result<Self> {
        let made = Self::new(sizes, with_heads, DType::F32, &mut crate::rng::seeded(0))?;
        made.parameters.load(path, &Self::names(with_heads))?;
        Ok(made)
    }

    /// How the files of others call the parameters: with `bert.` before them, or without.
    pub fn names(with_heads: bool) -> Names {
        let names = Names::same()
            .without("embeddings.position_ids") // 0, 1, 2, …
            .without("*.embeddings.position_ids")
            .without("cls.predictions.decoder.*") // the table of tokens again
            .rename("bert.*", "*");
        match with_heads {
            true => names,
            false => names.without("cls.*"),
        }
    }

    /// The sizes.
    pub fn sizes(&self) -> &BertSizes {
        &self.sizes
    }

    /// All that is learned, by name.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The states at each layer, L + 1 tensors of `(rows, d)`, with a gradient.
    ///
    /// # Errors
    /// A text is longer than the positions; an id or a part has no row.
    pub fn states(&self, batch: &BertBatch) -> Result<Vec<Tensor>> {
        let mut states = vec![self.input(batch)?];
        for layer in &self.layers {
            if let Some(x) = states.last() {
                states.push(layer.forward(x, batch)?);
            }
        }
        Ok(states)
    }

    /// The states after the last layer, `(rows, d)`, without a gradient: only one layer's numbers are in
    /// memory.
    ///
    /// # Errors
    /// As [`states`](Self::states).
    pub fn encode(&self, batch: &BertBatch) -> Result<Tensor> {
        let start = self.input(batch)?.detach();
        let step = |x: Tensor, layer: &Layer| Ok(layer.forward(&x, batch)?.detach());
        self.layers.iter().try_fold(start, step)
    }

    /// The vector of each text that was trained to tell whether a sentence follows, `(texts, d)`, of the last
    /// states.
    ///
    /// # Errors
    /// A text is empty.
    pub fn pooled(&self, last: &Tensor, batch: &BertBatch) -> Result<Tensor> {
        Error::at_least(
            1,
            "the tokens of a text",
            batch.lengths().iter().copied().min().unwrap_or(1),
        )?;
        let starts = Tensor::new(batch.starts(), last.device())?;
        Ok(self.pooler.forward(&last.index_select(&starts, 0)?)?.tanh()?)
    }

    /// The heads of pretraining.
    pub(super) fn heads(&self) -> Result<&Heads> {
        let missing = || {
            Error::missing(
                "the head that predicts masked tokens",
                "make the encoder with heads",
            )
        };
        self.heads.as_ref().ok_or_else(missing)
    }

    /// The table of tokens, which is also the last layer of the head.
    pub(super) fn table(&self) -> &Tensor {
        self.words.weight()
    }

    fn input(&self, batch: &BertBatch) -> Result<Tensor> {
        let longest = batch.lengths().iter().copied().max().unwrap_or(0);
        let room = self.sizes.max_position_embeddings;
        if longest > room {
            let expected = format!("at most {room} tokens, the model's positions");
            return Err(Error::shape("a text", expected, longest));
        }
        let rows = |table: &Embedding, ids: Vec<u32>| table.forward(&Tensor::new(ids, &Device::Cpu)?);
        let words = rows(&self.words, batch.ids.clone())?;
        let positions = rows(&self.positions, batch.positions())?;
        let types = rows(&self.types, batch.types.clone())?;
        self.norm.forward(&((words + positions)? + types)?)
    }
}

impl std::fmt::Display for BertEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (layers, d, n) = (self.layers.len(), self.sizes.hidden_size, self.parameters.count());
        let n = crate::corpus::grouped(n as u64);
        write!(
            f,
            "A BERT encoder of {layers} layers, {d} numbers a state, {n} parameters"
        )
    }
}

crate::show::shown_as_line!(BertEncoder);
