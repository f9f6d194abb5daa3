//! Random indexing: word vectors that grow while the text is read (Kanerva, Kristofersson and Holst 2000;
//! Sahlgren 2005).
//!
//! The co-occurrence matrix X of n words has n columns, and the whole text must be read before it can be
//! compressed. Random indexing never makes it. Each word c has an **index vector** r(c) of d numbers: a few
//! of them are +1 or −1, at random, and all others are 0. Each word w has a **context vector** of d numbers,
//! 0 at first. Whenever c occurs in the window around w,
//!
//! ```text
//!     context(w) += weight(offset) · Π^offset r(c)
//! ```
//!
//! The sum of all this is X·R, where the rows of R are the index vectors: a projection to d dimensions, made
//! while the text is read. By the lemma of [Johnson and Lindenstrauss](super::jl_dimension) it nearly keeps
//! all distances between the rows of X.
//!
//! If order does not matter, Π is the identity. Otherwise it is a permutation, here a rotation by one index
//! (Sahlgren, Holst and Kanerva 2008). [`WordOrder::Direction`] rotates by −1 before and +1 after the word,
//! and [`WordOrder::Position`] rotates by the offset. So [`RandomIndex::at`] can tell which words occurred at
//! which offset.
//!
//! Since everything is a sum, new words may come at any time, and the models of two texts
//! [merge](RandomIndex::merge) into the model of both. Shapes: contexts (n_words, d). Cost: O(tokens · window
//! · spikes) time, n_words · d numbers of memory. Weights by frequency are left out, because they need the
//! whole text. Very frequent words are in every context; [`RandomIndexing::stop_words`] leaves them out.
//!
//! P. Kanerva, J. Kristofersson, A. Holst, *Random indexing of text samples for latent semantic analysis*,
//! CogSci 2000; M. Sahlgren, *An introduction to random indexing*, 2005; M. Sahlgren, A. Holst, P. Kanerva,
//! *Permutations as a means to encode order in word space*, CogSci 2008.

mod index_vector;
mod model;
mod plain;
mod read;

use crate::corpus::{Texts, Window};
use crate::{Error, Result};

pub use model::RandomIndex;

/// What counts as the context of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// The words in the window around it.
    Window(Window),
    /// The documents in which it occurs. A document is identified by its text, so it has the same index
    /// vector in every model.
    Documents,
}

/// Whether the position of a word in the window matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordOrder {
    /// It does not.
    #[default]
    None,
    /// Before or after.
    Direction,
    /// How many positions before or after.
    Position,
}

/// The settings.
///
/// ```
/// use course::indexing::RandomIndexing;
/// let mut model = RandomIndexing::default().start()?;
/// model.read(&["the cat drinks milk", "the dog drinks water"])?;
/// assert_eq!(model.embeddings(1)?.neighbours("cat", 1)?.words(), ["dog"]);
/// // More text comes, with a word that is new.
/// model.read(&["the cow drinks water"])?;
/// assert_eq!(model.tokens(), 12);
/// assert_eq!(model.embeddings(1)?.neighbours("cow", 1)?.words(), ["dog"]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RandomIndexing {
    /// How many numbers a vector has, up to a million; 1000 by default.
    pub dimension: usize,
    /// How many numbers of an index vector are not 0; 10 by default.
    pub spikes: usize,
    /// What counts as context; by default two words before and two after.
    pub context: Context,
    /// Whether positions in a window are distinguished.
    pub order: WordOrder,
    /// Words that count in no context. They still have vectors of their own.
    pub stop_words: Vec<String>,
    /// The seed of the index vectors.
    pub seed: u64,
}

crate::plot::shown_as_record!(RandomIndexing);

impl Default for RandomIndexing {
    #[expect(clippy::expect_used, reason = "a window of two words is in range")]
    fn default() -> Self {
        Self {
            dimension: 1000,
            spikes: 10,
            context: Context::Window(Window::symmetric(2).expect("a window")),
            order: WordOrder::None,
            stop_words: Vec::new(),
            seed: 1,
        }
    }
}

impl RandomIndexing {
    /// A model that has read nothing.
    ///
    /// # Errors
    /// A setting is out of range: no dimension, more spikes than positions, an order without a window.
    pub fn start(&self) -> Result<RandomIndex> {
        if !(1..=1_000_000).contains(&self.dimension) {
            return Err(Error::value("the dimension", "1 to 1,000,000", self.dimension));
        }
        if self.spikes == 0 || self.spikes > self.dimension {
            let expected = format!("1 to {}, the dimension", self.dimension);
            return Err(Error::value("the spikes", expected, self.spikes));
        }
        if self.order != WordOrder::None && self.context == Context::Documents {
            return Err(Error::value(
                "the order",
                "none, since a document has no positions",
                format!("{:?}", self.order),
            ));
        }
        Ok(RandomIndex::new(self.clone()))
    }

    /// A model of `texts`.
    ///
    /// # Errors
    /// As [`start`](Self::start); what reading the texts returns.
    pub fn train(&self, texts: &dyn Texts) -> Result<RandomIndex> {
        let mut model = self.start()?;
        model.read(texts)?;
        Ok(model)
    }

    /// By how many indices the index vector of a neighbour is rotated. The neighbour is `offset` positions
    /// after the word.
    fn turn(&self, offset: isize) -> usize {
        let turn = match self.order {
            WordOrder::None => 0,
            WordOrder::Direction => offset.signum(),
            WordOrder::Position => offset,
        };
        turn.rem_euclid(self.dimension as isize) as usize
    }
}

#[cfg(test)]
mod tests;
