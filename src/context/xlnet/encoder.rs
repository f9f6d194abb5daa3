//! The network of XLNet: a table of tokens, layers of two streams, a memory, and the head that predicts.
//!
//! ```text
//!     L = mean over the targets of −ln softmax(g_i Eᵀ + b)[token i]        g_i the last query state of target i
//! ```
//!
//! There is no table of positions: a text may be of any length. One text goes through at a time. The query
//! stream is computed for every token, though only targets are predicted from it.
//!
//! The first token of an order sees nothing, if there is no memory. Attention gives 0 for it here; the
//! transformers library gives it the mean of all values, the hidden token's own among them.

use std::path::Path;

use ndarray::Array2;

use super::layer::{Frame, Layer, START};
use super::relative::distances;
use super::{Permutation, XlnetSizes};
use crate::nn::{DType, Device, Embedding, Init, Names, Parameters, Tensor, Var, cross_entropy};
use crate::rng::Rng;
use crate::{Error, Result};

/// The network: ids of tokens in, states out.
#[derive(Clone)]
pub struct XlnetEncoder {
    sizes: XlnetSizes,
    parameters: Parameters,
    words: Embedding,
    mask: Var,
    layers: Vec<Layer>,
    bias: Var,
}

/// The states of earlier tokens at the input of each layer: `(m, d)` each, without a gradient.
#[derive(Clone, Default)]
pub struct XlnetMemory(Vec<Tensor>);

/// The states of a text at each layer, the input first: L + 1 of `(n, d)`.
#[derive(Clone)]
pub struct XlnetStates {
    /// Those that know their token.
    pub content: Vec<Tensor>,
    /// Those that do not; empty without an order.
    pub query: Vec<Tensor>,
}

impl XlnetEncoder {
    /// A fresh network.
    ///
    /// # Errors
    /// A size is 0, or they do not fit.
    pub fn new(sizes: &XlnetSizes, dtype: DType, rng: &mut Rng) -> Result<Self> {
        sizes.check()?;
        let mut parameters = Parameters::new(dtype, &Device::Cpu);
        let (d, rows) = (sizes.d_model, sizes.vocab_size);
        let words = Embedding::new(
            parameters.scope("transformer.word_embedding"),
            rows,
            d,
            START,
            rng,
        )?;
        let mask = parameters
            .scope("transformer")
            .parameter("mask_emb", (1, 1, d), START, rng)?;
        let layers = (0..sizes.n_layer)
            .map(|i| Layer::new(parameters.scope(&format!("transformer.layer.{i}")), sizes, rng));
        let layers = layers.collect::<Result<_>>()?;
        let bias = parameters
            .scope("lm_loss")
            .parameter("bias", rows, Init::Zeros, rng)?;
        Ok(Self {
            sizes: sizes.clone(),
            parameters,
            words,
            mask,
            layers,
            bias,
        })
    }

    /// The network of a file.
    ///
    /// # Errors
    /// The file cannot be read, or is of a network of other sizes: the error names the tensors.
    pub fn load(sizes: &XlnetSizes, path: impl AsRef<Path>) -> Result<Self> {
        let made = Self::new(sizes, DType::F32, &mut crate::rng::seeded(0))?;
        made.parameters.load(path, &Self::names())?;
        Ok(made)
    }

    /// How the files of others call the parameters.
    pub fn names() -> Names {
        Names::same().without("lm_loss.weight") // the table of tokens again
    }

    /// The sizes.
    pub fn sizes(&self) -> &XlnetSizes {
        &self.sizes
    }

    /// All that is learned, by name.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The states of a text. `parts` are those of the tokens, or empty if all are of one; `order`, if there
    /// is one, that in which they are predicted: without one every token looks at all. The memory's tokens
    /// are looked at by all; this text is added to it.
    ///
    /// # Errors
    /// An id has no row; there is not a part, or not a place in the order, for each token; the memory is of
    /// another network.
    pub fn states(
        &self,
        ids: &[u32],
        parts: &[u32],
        order: Option<&Permutation>,
        memory: &mut XlnetMemory,
    ) -> Result<XlnetStates> {
        let n = ids.len();
        for (what, got) in [
            (
                "the parts of tokens",
                if parts.is_empty() { n } else { parts.len() },
            ),
            ("an order of tokens", order.map_or(n, |order| order.order().len())),
        ] {
            if got != n {
                return Err(Error::shape(what, n, got));
            }
        }
        let mut h = self.words.forward(&Tensor::new(ids, &Device::Cpu)?)?;
        let mut g = match order {
            Some(_) => Some(
                self.mask
                    .squeeze(0)?
                    .broadcast_as((n, self.sizes.d_model))?
                    .contiguous()?,
            ),
            None => None,
        };
        let m = memory.check(self.layers.len(), self.sizes.d_model)?;
        let frame = self.frame(n, m, parts, order, &h)?;
        let before = std::mem::take(&mut memory.0);
        let mut states = XlnetStates {
            content: vec![h.clone()],
            query: g.iter().cloned().collect(),
        };
        for (i, layer) in self.layers.iter().enumerate() {
            memory.0.push(self.remembered(before.get(i), &h)?);
            (h, g) = layer.forward((&h, g.as_ref()), before.get(i), &frame)?;
            states.content.push(h.clone());
            states.query.extend(g.clone());
        }
        Ok(states)
    }

    /// The logits of rows of last states, `(rows, V)`.
    ///
    /// # Errors
    /// They have another width.
    pub fn logits(&self, last: &Tensor) -> Result<Tensor> {
        Ok(last
            .matmul(&self.words.weight().t()?)?
            .broadcast_add(&self.bias)?)
    }

    /// The loss of the last `k` tokens of an order, each predicted from those before it.
    ///
    /// # Errors
    /// `k` is 0, or more than there are tokens; errors of [`states`](Self::states).
    pub fn loss(
        &self,
        ids: &[u32],
        parts: &[u32],
        order: &Permutation,
        k: usize,
        memory: &mut XlnetMemory,
    ) -> Result<Tensor> {
        if !(1..=ids.len()).contains(&k) {
            return Err(Error::value(
                "the number of targets",
                format!("1 to {}", ids.len()),
                k,
            ));
        }
        let states = self.states(ids, parts, Some(order), memory)?;
        let targets: Vec<u32> = order.last(k).into_iter().map(|i| i as u32).collect();
        let tokens: Vec<u32> = targets.iter().map(|&i| ids[i as usize]).collect();
        let last = states
            .query
            .last()
            .ok_or_else(|| Error::value("an XLNet", "a layer", "none"))?;
        let rows = last.index_select(&Tensor::new(targets, &Device::Cpu)?, 0)?;
        cross_entropy(&self.logits(&rows)?, &tokens)
    }

    fn frame(
        &self,
        n: usize,
        m: usize,
        parts: &[u32],
        order: Option<&Permutation>,
        like: &Tensor,
    ) -> Result<Frame> {
        let numbers = |f: &dyn Fn(usize, usize) -> f64| -> Result<Tensor> {
            let all: Vec<f64> = (0..n)
                .flat_map(|i| (0..m + n).map(move |j| (i, j)))
                .map(|(i, j)| f(i, j))
                .collect();
            Ok(Tensor::from_vec(all, (n, m + n), like.device())?.to_dtype(like.dtype())?)
        };
        // The memory is of part 0.
        let part = |j: usize| j.checked_sub(m).map_or(0, |j| parts[j]);
        let differ = match parts {
            [] => None,
            _ => Some(numbers(&|i, j| f64::from(parts[i] != part(j)))?),
        };
        let mask: Option<Array2<bool>> = order.map(Permutation::mask);
        let masked = |itself: bool| -> Result<Option<Tensor>> {
            let Some(mask) = &mask else { return Ok(None) };
            let may = |i: usize, j: usize| j < m || mask[[i, j - m]] || (itself && i == j - m);
            let never = |i, j| if may(i, j) { 0.0 } else { f64::NEG_INFINITY };
            numbers(&never).map(Some)
        };
        Ok(Frame {
            distances: distances(n, m + n, self.sizes.d_model, like)?,
            differ,
            of_content: masked(true)?,
            of_query: masked(false)?,
        })
    }

    /// The last tokens of the memory and of this text, as many as there is room for.
    fn remembered(&self, before: Option<&Tensor>, h: &Tensor) -> Result<Tensor> {
        let all = match before {
            Some(before) => Tensor::cat(&[before, &h.detach()], 0)?,
            None => h.detach(),
        };
        let (n, room) = (all.dim(0)?, self.sizes.mem_len.unwrap_or(usize::MAX));
        let kept = n.min(room);
        Ok(all.narrow(0, n - kept, kept)?.contiguous()?)
    }
}

impl XlnetMemory {
    /// Those of each layer, `(m, d)`; empty at the beginning.
    pub fn layers(&self) -> &[Tensor] {
        &self.0
    }

    /// How many tokens it holds.
    fn check(&self, layers: usize, d: usize) -> Result<usize> {
        let Some(first) = self.0.first() else { return Ok(0) };
        if self.0.len() != layers || first.dim(1)? != d {
            let got = format!("{} layers of {:?}", self.0.len(), first.dims());
            return Err(Error::shape(
                "a memory",
                format!("{layers} layers of (m, {d})"),
                got,
            ));
        }
        Ok(first.dim(0)?)
    }
}

impl std::fmt::Display for XlnetMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let n = self
            .0
            .first()
            .and_then(|h| h.dims().first().copied())
            .unwrap_or(0);
        write!(f, "The memory of {n} tokens at {} layers", self.0.len())
    }
}

crate::show::shown_as_line!(XlnetMemory);

impl std::fmt::Display for XlnetStates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shape = self
            .content
            .first()
            .map(|h| h.dims().to_vec())
            .unwrap_or_default();
        let streams = if self.query.is_empty() {
            "one stream"
        } else {
            "two streams"
        };
        write!(f, "States {shape:?} at {} layers, {streams}", self.content.len())
    }
}

crate::show::shown_as_line!(XlnetStates);

impl std::fmt::Display for XlnetEncoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let n = crate::corpus::grouped(self.parameters.count() as u64);
        let (layers, d) = (self.layers.len(), self.sizes.d_model);
        write!(
            f,
            "An XLNet of {layers} layers, {d} numbers a state, {n} parameters"
        )
    }
}

crate::show::shown_as_line!(XlnetEncoder);
