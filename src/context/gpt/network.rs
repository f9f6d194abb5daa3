//! The network: ids to logits, with or without a cache. Parameters have GPT-2's names: `wte`, `wpe`, `h.0 …`,
//! `ln_f`; a head of its own is `lm_head`. Weights are `(outputs, inputs)`.
//!
//! **Where it begins** (GPT-2): all weights normal with a standard deviation of 0.02, biases 0. Each block
//! adds twice to the stream, so the products that write to it begin with 0.02 / √(2L): the stream then has
//! about the same size after any number of blocks.

use crate::context::attention::KeysValues;
use crate::context::block::{Block, Norm, Seen, dropped};
use crate::context::positions::{Positions, Rotary, alibi_mask, sinusoidal_table};
use crate::nn::{DType, Device, Embedding, Init, Linear, Mask, Parameters, Tensor, cross_entropy};
use crate::rng::{Rng, seeded};
use crate::{Error, Result};

use super::GptConfig;

/// The standard deviation of weights at the beginning.
const DEVIATION: f64 = 0.02;

/// A GPT: its parameters, and how ids become logits.
///
/// ```
/// use course::context::{Gpt, GptConfig};
/// let gpt = Gpt::new(&GptConfig::new(11, 8, 2, 2, 16), 1)?;
/// // Nothing is learned yet: each of 11 tokens is about as probable.
/// let loss = gpt.loss(&[vec![1, 2, 3, 4]], None)?.to_scalar::<f32>()?;
/// assert!((loss - 11_f32.ln()).abs() < 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Gpt {
    config: GptConfig,
    parameters: Parameters,
    table: Embedding,
    positions: Added,
    turned: Option<Rotary>,
    blocks: Vec<Block>,
    norm: Option<Norm>,
    head: Linear,
}

/// What is added to the tokens' vectors.
#[derive(Clone)]
enum Added {
    Nothing,
    Learned(Embedding),
    /// `(context, width)`.
    Fixed(Tensor),
}

/// What a model has computed for the tokens so far, of one batch.
#[derive(Clone)]
pub struct GptCache {
    layers: Vec<KeysValues>,
}

impl GptCache {
    /// How many tokens are in it.
    pub fn len(&self) -> usize {
        self.layers.first().map_or(0, KeysValues::len)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl std::fmt::Display for GptCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} tokens in {} layers", self.len(), self.layers.len())
    }
}

crate::show::shown_as_line!(GptCache);

impl Gpt {
    /// A model that has learned nothing, in `f32` on the CPU.
    ///
    /// # Errors
    /// The sizes do not fit each other.
    pub fn new(config: &GptConfig, seed: u64) -> Result<Self> {
        Self::on(config, DType::F32, &Device::Cpu, seed)
    }

    /// The same in another type, on another device.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn on(config: &GptConfig, dtype: DType, device: &Device, seed: u64) -> Result<Self> {
        config.check()?;
        let (mut parameters, rng) = (Parameters::new(dtype, device), &mut seeded(seed));
        let (width, context) = (config.width(), config.context);
        let init = Init::Normal(DEVIATION);
        let init_out = Init::Normal(DEVIATION / (2.0 * config.blocks as f64).sqrt());
        let table = Embedding::new(parameters.scope("wte"), config.vocab_size, width, init, rng)?;
        let positions = match config.positions {
            Positions::Learned => Added::Learned(Embedding::new(
                parameters.scope("wpe"),
                context,
                width,
                init,
                rng,
            )?),
            Positions::Sinusoidal => Added::Fixed(sinusoidal_table(context, width, dtype, device)?),
            _ => Added::Nothing,
        };
        let turned = match config.positions {
            Positions::Rotary { base } => {
                let e = config.block.attention.head_width();
                Some(Rotary::new(context, e, base, dtype, device)?)
            }
            _ => None,
        };
        let blocks = (0..config.blocks)
            .map(|i| {
                let scope = parameters.scope(&format!("h.{i}"));
                Block::new(scope, config.block, [init, init_out], rng)
            })
            .collect::<Result<Vec<_>>>()?;
        let norm = match config.block.norm_first {
            true => Some(Norm::new(
                parameters.scope("ln_f"),
                width,
                config.block.norm,
                rng,
            )?),
            false => None,
        };
        let head = match config.tied {
            true => Linear::from_variables(table.weight(), None),
            false => Linear::without_bias(parameters.scope("lm_head"), width, config.vocab_size, init, rng)?,
        };
        Ok(Self {
            config: *config,
            parameters,
            table,
            positions,
            turned,
            blocks,
            norm,
            head,
        })
    }

    /// The sizes.
    pub fn config(&self) -> &GptConfig {
        &self.config
    }

    /// What it learns.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Logits `(batch, n, vocab_size)` for ids `(batch, n)`: row i is about the token after token i. With a
    /// generator, numbers are dropped, as in training.
    ///
    /// # Errors
    /// There are more tokens than the context has, or an id is none of the tokens.
    pub fn forward(&self, ids: &Tensor, rng: Option<&mut Rng>) -> Result<Tensor> {
        self.head(&self.stream(ids, None, rng)?)
    }

    /// −mean ln P of each sequence's tokens, except for the first of each, given those before. All sequences
    /// have the same length, at least 2 and at most one more than the context.
    ///
    /// # Errors
    /// They have not; an id is none of the tokens.
    pub fn loss(&self, sequences: &[impl AsRef<[u32]>], rng: Option<&mut Rng>) -> Result<Tensor> {
        let n = sequences.first().map_or(0, |s| s.as_ref().len());
        if n < 2 || sequences.iter().any(|s| s.as_ref().len() != n) {
            let expected = "sequences of one length, 2 or more";
            let lengths: Vec<usize> = sequences.iter().map(|s| s.as_ref().len()).collect();
            return Err(Error::shape("a batch", expected, format!("{lengths:?}")));
        }
        let part = |from: usize| -> Vec<u32> {
            let all = sequences.iter().flat_map(|s| &s.as_ref()[from..from + n - 1]);
            all.copied().collect()
        };
        let ids = Tensor::from_vec(part(0), (sequences.len(), n - 1), self.parameters.device())?;
        let logits = self.forward(&ids, rng)?;
        cross_entropy(&logits.flatten_to(1)?, &part(1))
    }

    /// A cache without tokens.
    pub fn cache(&self) -> GptCache {
        GptCache {
            layers: vec![KeysValues::new(); self.config.blocks],
        }
    }

    /// The logits after the last of `ids`, which come after the tokens of the cache and join them.
    ///
    /// # Errors
    /// There is no id; with the cache there are more than the context has; an id is none of the tokens.
    pub fn next_logits(&self, ids: &[u32], cache: &mut GptCache) -> Result<Vec<f64>> {
        Error::at_least(1, "the number of tokens", ids.len())?;
        let ids = Tensor::from_slice(ids, (1, ids.len()), self.parameters.device())?;
        let x = self.stream(&ids, Some(cache), None)?;
        let last = x.narrow(1, x.dim(1)? - 1, 1)?;
        Ok(self.head(&last)?.flatten_all()?.to_dtype(DType::F64)?.to_vec1()?)
    }

    /// For each block how much each token looks at each token, `(batch, heads, n, n)`.
    ///
    /// # Errors
    /// As for [`forward`](Self::forward).
    pub fn attention_weights(&self, ids: &Tensor) -> Result<Vec<Tensor>> {
        let (mut x, mask) = (
            self.input(ids, 0, &mut None)?,
            self.mask(ids.dim(1)?, ids.dim(1)?)?,
        );
        let seen = Seen {
            mask: &mask,
            turned: self.turned.as_ref(),
        };
        let mut all = Vec::new();
        for block in &self.blocks {
            all.push(block.weights(&x, seen)?);
            x = block.pass(&x, seen, None, None)?;
        }
        Ok(all)
    }

    /// The stream before the first block and after each, `(batch, n, width)`.
    ///
    /// # Errors
    /// As for [`forward`](Self::forward).
    pub fn layers(&self, ids: &Tensor) -> Result<Vec<Tensor>> {
        let mask = self.mask(ids.dim(1)?, ids.dim(1)?)?;
        let seen = Seen {
            mask: &mask,
            turned: self.turned.as_ref(),
        };
        let mut all = vec![self.input(ids, 0, &mut None)?];
        for block in &self.blocks {
            all.push(block.pass(&all[all.len() - 1], seen, None, None)?);
        }
        Ok(all)
    }

    /// The stream after the last block.
    fn stream(
        &self,
        ids: &Tensor,
        mut cache: Option<&mut GptCache>,
        mut rng: Option<&mut Rng>,
    ) -> Result<Tensor> {
        let before = cache.as_ref().map_or(0, |cache| cache.len());
        let n = ids.dims2()?.1;
        let mut x = self.input(ids, before, &mut rng)?;
        let mask = self.mask(n, before + n)?;
        let seen = Seen {
            mask: &mask,
            turned: self.turned.as_ref(),
        };
        for (i, block) in self.blocks.iter().enumerate() {
            let layer = cache.as_mut().and_then(|cache| cache.layers.get_mut(i));
            x = block.pass(&x, seen, layer, rng.as_deref_mut())?;
        }
        Ok(x)
    }

    /// The vectors of tokens `(batch, n)` that stand after `before` others.
    fn input(&self, ids: &Tensor, before: usize, rng: &mut Option<&mut Rng>) -> Result<Tensor> {
        let (_, n) = ids.dims2()?;
        if before + n > self.config.context {
            let expected = format!("at most {} tokens, the context", self.config.context);
            return Err(Error::value("a text for a GPT", expected, before + n));
        }
        let x = self.table.forward(ids)?; // (batch, n, width)
        let x = match &self.positions {
            Added::Nothing => x,
            Added::Learned(table) => x.broadcast_add(&table.weight().narrow(0, before, n)?)?,
            Added::Fixed(table) => x.broadcast_add(&table.narrow(0, before, n)?)?,
        };
        dropped(&x, self.config.block.dropout, rng)
    }

    fn mask(&self, queries: usize, keys: usize) -> Result<Mask> {
        match self.config.positions {
            Positions::Alibi => alibi_mask(self.config.block.attention.heads, queries, keys),
            _ => Ok(Mask::Causal),
        }
    }

    fn head(&self, x: &Tensor) -> Result<Tensor> {
        match &self.norm {
            Some(norm) => self.head.forward(&norm.forward(x)?),
            None => self.head.forward(x),
        }
    }
}

impl std::fmt::Display for Gpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let GptConfig {
            vocab_size,
            context,
            blocks,
            block,
            ..
        } = self.config;
        write!(
            f,
            "a GPT: {blocks} blocks, {} heads, {} wide, {vocab_size} tokens, context {context}, {} parameters",
            block.attention.heads,
            block.attention.width,
            self.parameters.count()
        )
    }
}

crate::show::shown_as_line!(Gpt);

#[cfg(test)]
mod tests;
