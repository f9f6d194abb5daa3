//! The network of ELMo: two language models, one that reads from the left and one from the right, on the same
//! vectors of words.
//!
//! ```text
//!     x = words, ⟨s⟩ … ⟨/s⟩          H⁰ = [x; x]          Hⁱ = [→hⁱ; ←hⁱ]          (n, 2 p) each
//!     →hⁱ = LSTM(→hⁱ⁻¹) + →hⁱ⁻¹      from the left; without the bridge in the first layer
//! ```
//!
//! The two never see each other: each predicts the next word on its side, so neither may look at what it is
//! to predict. Only their vectors are put together.
//!
//! Parameters have the names, shapes and order of the original file, with dots for its slashes; a script,
//! `tests/oracles/context_elmo.py`, converts it from HDF5 to safetensors.

use std::path::Path;

use super::ElmoSizes;
use super::characters::{ROOM, sentence};
use super::lstm::{Lstm, Memory};
use super::words::WordEncoder;
use crate::nn::{D, DType, Device, Linear, Names, Parameters, Tensor, cross_entropy};
use crate::rng::Rng;
use crate::{Error, Result};

/// The network: words in, states of both directions out.
#[derive(Clone)]
pub struct ElmoEncoder {
    sizes: ElmoSizes,
    parameters: Parameters,
    words: WordEncoder,
    /// The layers from the left, and those from the right.
    directions: [Vec<Lstm>; 2],
}

/// How all LSTMs stand after a sentence. The original program goes on from there in the next sentence.
#[derive(Clone, Default)]
pub struct ElmoMemory([Vec<Memory>; 2]);

impl std::fmt::Display for ElmoMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "The memory of {} LSTM layers in two directions",
            self.0[0].len()
        )
    }
}

crate::show::shown_as_line!(ElmoMemory);

impl ElmoEncoder {
    /// A fresh network.
    ///
    /// # Errors
    /// A size is 0, or a filter is wider than a word.
    pub fn new(sizes: &ElmoSizes, dtype: DType, rng: &mut Rng) -> Result<Self> {
        sizes.check()?;
        let mut parameters = Parameters::new(dtype, &Device::Cpu);
        let words = WordEncoder::new(parameters.scope(""), sizes, rng)?;
        let mut directions = [Vec::new(), Vec::new()];
        for (k, layers) in directions.iter_mut().enumerate() {
            for i in 0..sizes.layers {
                let name = format!("RNN_{k}.RNN.MultiRNNCell.Cell{i}.LSTMCell");
                layers.push(Lstm::new(parameters.scope(&name), sizes, rng)?);
            }
        }
        Ok(Self {
            sizes: sizes.clone(),
            parameters,
            words,
            directions,
        })
    }

    /// The network of a converted file.
    ///
    /// # Errors
    /// The file cannot be read, or is of a network of other sizes: the error names the tensors.
    pub fn load(sizes: &ElmoSizes, path: impl AsRef<Path>) -> Result<Self> {
        let made = Self::new(sizes, DType::F32, &mut crate::rng::seeded(0))?;
        made.parameters.load(path, &Names::same())?;
        Ok(made)
    }

    /// The sizes.
    pub fn sizes(&self) -> &ElmoSizes {
        &self.sizes
    }

    /// All that is learned, by name.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The states at each layer, the input first: tensors of `(n, 2 p)`, without the boundaries of the
    /// sentence. Every LSTM starts at `memory`, and leaves there how it ends.
    ///
    /// # Errors
    /// `memory` is of another network.
    pub fn states<S: AsRef<str>>(&self, words: &[S], memory: &mut ElmoMemory) -> Result<Vec<Tensor>> {
        let both = self.both_ways(&sentence(words), memory)?;
        let [left, right] = both;
        let inner = |x: &Tensor| x.narrow(0, 1, words.len());
        let layers = left.iter().zip(&right);
        let joined = layers.map(|(l, r)| Ok(Tensor::cat(&[inner(l)?, inner(r)?], D::Minus1)?));
        joined.collect()
    }

    /// The loss of both language models on a sentence: the mean of −ln p of the next word from the left, and
    /// of the one before from the right, each with the same `head` from p numbers to logits. `ids` are those
    /// of the words and of the two boundaries.
    ///
    /// # Errors
    /// There are not two ids more than words; an id has no logit.
    pub fn loss<S: AsRef<str>>(&self, words: &[S], ids: &[u32], head: &Linear) -> Result<Tensor> {
        let n = words.len() + 2;
        if ids.len() != n {
            return Err(Error::shape(
                "the ids of a sentence with its boundaries",
                n,
                ids.len(),
            ));
        }
        let [left, right] = self.both_ways(&sentence(words), &mut ElmoMemory::default())?;
        let last = |layers: &[Tensor], from| -> Result<Tensor> {
            let last = layers
                .last()
                .ok_or_else(|| Error::value("an ELMo", "a layer", "none"))?;
            head.forward(&last.narrow(0, from, n - 1)?)
        };
        // From the left the first n − 1 predict the last n − 1; from the right it is the other way round.
        let from_left = cross_entropy(&last(&left, 0)?, &ids[1..])?;
        let from_right = cross_entropy(&last(&right, 1)?, &ids[..n - 1])?;
        Ok(((from_left + from_right)? * 0.5)?)
    }

    /// The states of each direction at each layer, `(n, p)`, boundaries among them.
    fn both_ways(&self, characters: &[u32], memory: &mut ElmoMemory) -> Result<[Vec<Tensor>; 2]> {
        let n = characters.len() / ROOM;
        let x = self.words.forward(characters)?;
        let backwards = Tensor::new((0..n as u32).rev().collect::<Vec<_>>(), x.device())?;
        let mut both = [vec![x.clone()], vec![x.clone()]];
        for (k, (layers, states)) in self.directions.iter().zip(&mut both).enumerate() {
            let mut x = match k {
                0 => x.clone(),
                _ => x.index_select(&backwards, 0)?,
            };
            let before = std::mem::take(&mut memory.0[k]);
            if !before.is_empty() && before.len() != layers.len() {
                return Err(Error::shape(
                    "a memory",
                    format!("{} layers", layers.len()),
                    before.len(),
                ));
            }
            for (i, lstm) in layers.iter().enumerate() {
                let (h, (state, cell)) = lstm.forward(&x.unsqueeze(0)?, before.get(i))?;
                let h = h.squeeze(0)?;
                x = if i == 0 { h } else { (h + x)? };
                memory.0[k].push((state.detach(), cell.detach()));
                states.push(match k {
                    0 => x.clone(),
                    _ => x.index_select(&backwards, 0)?,
                });
            }
        }
        Ok(both)
    }
}

impl std::fmt::Display for ElmoEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let n = crate::corpus::grouped(self.parameters.count() as u64);
        let (layers, p) = (self.sizes.layers, self.sizes.projection);
        write!(
            f,
            "An ELMo of {layers} layers, {p} numbers a direction, {n} parameters"
        )
    }
}

crate::show::shown_as_line!(ElmoEncoder);
