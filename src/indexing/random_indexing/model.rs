//! What random indexing has learned so far.

use std::collections::HashMap;

use ndarray::Array2;

use super::index_vector::{Spike, index_vector};
use super::{Context, RandomIndexing};
use crate::corpus::{Vocabulary, grouped};
use crate::embeddings::{Embeddings, Neighbours, cosine};
use crate::{Error, Result};

/// Context vectors of the words of all texts read so far.
#[derive(Clone)]
pub struct RandomIndex {
    pub(super) settings: RandomIndexing,
    /// The row of each word; rows are in the order of arrival.
    pub(super) rows: HashMap<String, u32>,
    pub(super) words: Vec<String>,
    pub(super) counts: Vec<u64>,
    /// `spikes` for each word; empty for a word that never counts as context.
    pub(super) index_vectors: Vec<Vec<Spike>>,
    /// d numbers for each word.
    pub(super) contexts: Vec<f32>,
}

impl RandomIndex {
    pub(super) fn new(settings: RandomIndexing) -> Self {
        Self {
            settings,
            rows: HashMap::new(),
            words: Vec::new(),
            counts: Vec::new(),
            index_vectors: Vec::new(),
            contexts: Vec::new(),
        }
    }

    /// The settings that it was started with.
    pub fn settings(&self) -> &RandomIndexing {
        &self.settings
    }

    /// How many different words it has read.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has read no words yet.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many running words it has read.
    pub fn tokens(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The row of `word`, which gets one if it is new.
    pub(super) fn row_of(&mut self, word: &str) -> u32 {
        if let Some(&row) = self.rows.get(word) {
            return row;
        }
        let row = self.words.len() as u32;
        let s = &self.settings;
        let company =
            matches!(s.context, Context::Window(_)) && !s.stop_words.iter().any(|stop| stop == word);
        self.index_vectors.push(match company {
            true => index_vector(s.seed, word, s.dimension, s.spikes),
            false => Vec::new(),
        });
        self.rows.insert(word.to_owned(), row);
        self.words.push(word.to_owned());
        self.counts.push(0);
        self.contexts.resize(self.contexts.len() + s.dimension, 0.0);
        row
    }

    /// The index vector of `word`, written out: d numbers that are −1, 0 or 1. Every word has one, even a
    /// word that was never read.
    pub fn index_vector(&self, word: &str) -> Vec<f32> {
        let s = &self.settings;
        let mut out = vec![0.0; s.dimension];
        for spike in index_vector(s.seed, word, s.dimension, s.spikes) {
            let (position, sign) = spike.parts();
            out[position] = sign;
        }
        out
    }

    /// The vectors of the words that occurred at least `min_count` times, the most frequent first.
    ///
    /// # Errors
    /// A sum has grown beyond `f32`.
    pub fn embeddings(&self, min_count: u64) -> Result<Embeddings> {
        let counts = self.words.iter().cloned().zip(self.counts.iter().copied());
        let vocabulary = Vocabulary::from_counts(counts, min_count);
        let mut matrix = Array2::zeros((vocabulary.len(), self.settings.dimension));
        for (word, mut row) in vocabulary.words().iter().zip(matrix.outer_iter_mut()) {
            if let Some(context) = self.context(word) {
                row.assign(&ndarray::aview1(context));
            }
        }
        Embeddings::new(vocabulary, matrix)
    }

    fn context(&self, word: &str) -> Option<&[f32]> {
        let d = self.settings.dimension;
        self.contexts.get(*self.rows.get(word)? as usize * d..)?.get(..d)
    }

    /// The cosine of the context vectors of two words; 0 while one of them has no context yet.
    ///
    /// ```
    /// use course::indexing::RandomIndexing;
    /// let model = RandomIndexing::default().train(&["cats like milk", "dogs like milk"])?;
    /// assert_eq!(model.cosine("cats", "dogs")?, 1.0);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A word was never read.
    pub fn cosine(&self, a: &str, b: &str) -> Result<f32> {
        let context = |word: &str| {
            self.context(word)
                .ok_or_else(|| Error::unknown("word", word, Vec::new()))
        };
        cosine(context(a)?, context(b)?)
    }

    /// Adds what another model has learned. The result is the model of both texts. It is exact while every
    /// sum is a whole number below 2²⁴, as it is with uniform and linear weights. With other weights it is
    /// correct up to rounding.
    ///
    /// ```
    /// use course::indexing::RandomIndexing;
    /// let settings = RandomIndexing::default();
    /// let (first, second) = (["a b c", "b c"], ["c b d"]);
    /// let mut merged = settings.train(&first)?;
    /// merged.merge(&settings.train(&second)?)?;
    /// let both = settings.train(&["a b c", "b c", "c b d"])?;
    /// assert_eq!(merged.embeddings(1)?, both.embeddings(1)?);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The settings differ; vectors from different seeds have nothing in common.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.settings != other.settings {
            return Err(Error::value(
                "the settings of the other model",
                format!("the same, {:?}", self.settings),
                format!("{:?}", other.settings),
            ));
        }
        let d = self.settings.dimension;
        for ((word, count), context) in other
            .words
            .iter()
            .zip(&other.counts)
            .zip(other.contexts.chunks_exact(d))
        {
            self.add(word, *count, context);
        }
        Ok(())
    }

    /// Adds `count` occurrences of `word` whose contexts sum to `context`, d numbers.
    pub(crate) fn add(&mut self, word: &str, count: u64, context: &[f32]) {
        let (row, d) = (self.row_of(word) as usize, self.settings.dimension);
        self.counts[row] += count;
        let own = &mut self.contexts[row * d..][..d];
        own.iter_mut().zip(context).for_each(|(own, x)| *own += x);
    }

    /// The words in the order of arrival, with their contexts.
    pub(crate) fn contexts(&self) -> impl Iterator<Item = (&str, &[f32])> {
        let rows = self.contexts.chunks_exact(self.settings.dimension);
        self.words.iter().map(String::as_str).zip(rows)
    }

    /// The `k` words that occurred most often `offset` positions after `word`, or before it if `offset` is
    /// negative. The context is rotated back and compared with all index vectors. Without
    /// [`WordOrder::Position`](super::WordOrder::Position), they are the words of the same side, or of the
    /// whole window.
    ///
    /// # Errors
    /// The word is unknown, the context is not a window that reaches so far, or there are fewer than `k`
    /// words.
    pub fn at(&self, word: &str, offset: isize, k: usize) -> Result<Neighbours> {
        match self.settings.context {
            Context::Window(window) if window.weight_at(offset) != 0.0 => {}
            Context::Window(window) => {
                let expected = format!("a position from −{} to {} but 0", window.left(), window.right());
                return Err(Error::value("the position", expected, offset));
            }
            Context::Documents => return Err(Error::value("the company", "a window", "documents")),
        }
        let Some(context) = self.context(word) else {
            return Err(Error::unknown("word", word, Vec::new()));
        };
        let mut turned = context.to_vec();
        turned.rotate_left(self.settings.turn(offset));
        let mut names = Array2::zeros((self.len(), self.settings.dimension));
        for (mut row, spikes) in names.outer_iter_mut().zip(&self.index_vectors) {
            for (position, sign) in spikes.iter().map(|spike| spike.parts()) {
                row[position] = sign;
            }
        }
        let words = Vocabulary::from_words_and_counts(self.words.clone(), self.counts.clone())?;
        Embeddings::new(words, names)?.neighbours_of(&turned, k)
    }
}

crate::show::shown_as_line!(RandomIndex, |this| {
    let (words, tokens) = (grouped(this.len() as u64), grouped(this.tokens()));
    let megabytes = size_of_val(&*this.contexts) as f64 / 1e6;
    let d = this.settings.dimension;
    format!("Random index of {words} words from {tokens} running words: {d} numbers each, {megabytes:.1} MB")
});
