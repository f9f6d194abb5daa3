//! A vector of a word from its characters: filters that slide over them, the best place of each, highways,
//! and a projection.
//!
//! ```text
//!     f_j = relu(max over places i of  c[i..i+w] · W_j + b_j)        a filter that sees w characters
//!     x = highways(f) P + b                                          (words, p)
//! ```
//!
//! A filter of width 3 can learn an ending such as `ing`; the maximum says whether it is in the word, not
//! where. The vector depends on the word alone: it is the input of the first LSTM layer.
//!
//! Cost a word: 2 · 50 · Σ w · n_w · (numbers of a character), for the n_w filters of each width w.
//!
//! Source: Kim, Jernite, Sontag and Rush (2016), *Character-aware neural language models*.

use super::ElmoSizes;
use super::characters::{CHARACTERS, ROOM};
use super::highway::Highway;
use crate::nn::{D, Init, Scope, Tensor, Var};
use crate::rng::Rng;
use crate::{Error, Result};

#[derive(Clone)]
pub(super) struct WordEncoder {
    characters: Var,
    /// W `(1, width, numbers of a character, n)` and b, of each width.
    filters: Vec<(Var, Var)>,
    tanh: bool,
    highways: Vec<Highway>,
    projection: (Var, Var),
}

impl WordEncoder {
    pub(super) fn new(mut scope: Scope, sizes: &ElmoSizes, rng: &mut Rng) -> Result<Self> {
        let (c, n) = (sizes.character, sizes.n_filters());
        let characters = scope.parameter("char_embed", (CHARACTERS, c), Init::Uniform(1.0), rng)?;
        let mut filters = Vec::new();
        for (i, &(width, n)) in sizes.filters.iter().enumerate() {
            let most = Init::Uniform((1.0 / (width * c) as f64).sqrt());
            let w = scope.parameter(&format!("CNN.W_cnn_{i}"), (1, width, c, n), most, rng)?;
            filters.push((
                w,
                scope.parameter(&format!("CNN.b_cnn_{i}"), n, Init::Zeros, rng)?,
            ));
        }
        let highways =
            (0..sizes.highways).map(|i| Highway::new(scope.scope(&format!("CNN_high_{i}")), n, rng));
        let highways = highways.collect::<Result<_>>()?;
        let mut scope = scope.scope("CNN_proj");
        let weights = Init::Normal((1.0 / n as f64).sqrt());
        let projection = (
            scope.parameter("W_proj", (n, sizes.projection), weights, rng)?,
            scope.parameter("b_proj", sizes.projection, Init::Zeros, rng)?,
        );
        Ok(Self {
            characters,
            filters,
            tanh: sizes.tanh,
            highways,
            projection,
        })
    }

    /// The vectors of words, `(words, p)`, of their characters, 50 for each.
    pub(super) fn forward(&self, characters: &[u32]) -> Result<Tensor> {
        let (words, c) = (characters.len() / ROOM, self.characters.dim(1)?);
        if let Some(id) = characters.iter().find(|&&id| id as usize >= CHARACTERS) {
            return Err(Error::value("a character", format!("below {CHARACTERS}"), id));
        }
        let ids = Tensor::new(characters, self.characters.device())?;
        let x = self.characters.index_select(&ids, 0)?.reshape((words, ROOM, c))?;
        let mut found = Vec::new();
        for (w, b) in &self.filters {
            let (_, width, _, n) = w.dims4()?;
            let places = ROOM - width + 1;
            // Each place with the characters that the filter sees there: (words, places, width · c).
            let seen = (0..width).map(|i| x.narrow(1, i, places));
            let seen = Tensor::cat(&seen.collect::<Result<Vec<_>, _>>()?, D::Minus1)?;
            let seen = seen.reshape((words * places, width * c))?;
            let scores = seen
                .matmul(&w.reshape((width * c, n))?)?
                .reshape((words, places, n))?;
            // The gradient goes to the first of several best places, and not to all.
            let best = scores.detach().argmax_keepdim(1)?;
            let best = scores.gather(&best, 1)?.squeeze(1)?.broadcast_add(b)?;
            found.push(if self.tanh { best.tanh()? } else { best.relu()? });
        }
        let mut y = Tensor::cat(&found, 1)?;
        for highway in &self.highways {
            y = highway.forward(&y)?;
        }
        let (w, b) = &self.projection;
        Ok(y.matmul(w)?.broadcast_add(b)?)
    }
}
