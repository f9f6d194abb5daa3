//! word2vec: vectors that are trained to tell a word's neighbours from words at random.
//!
//! Two questions (Mikolov, Chen, Corrado and Dean 2013, "Efficient Estimation of Word Representations in Vector Space"):
//!
//! * **skip-gram**: given one word of a window, which word is in the middle? Each pair is an example of its own.
//! * **CBOW**, a continuous bag of words: given the mean of all words of a window, which word is in the middle?
//!
//! Each word has two vectors, one as input (`X`, shape `(n_words, d)`), which is kept in the end, and one as output (`Y`, the
//! same shape). And two ways to ask without a softmax over all words:
//!
//! * **negative sampling** (Mikolov, Sutskever, Chen, Corrado and Dean 2013): is this the word, or one of `k` words drawn at
//!   random? See [`Noise`](super::Noise), and `step.rs` for the loss and its gradient.
//! * **hierarchical softmax** (Morin and Bengio 2005): the word is a leaf of a binary tree, and each node on the way is asked
//!   which way to go. See `huffman.rs`.
//!
//! Three tricks are part of it. Frequent words are left out at random
//! ([`Subsample`](crate::corpus::Subsample)); the window's width is drawn from 1 to `window` for each word, so that near
//! words count more; and the step `α` falls evenly from its first value to a ten-thousandth.
//!
//! [`sgns_plain`] is skip-gram with negative sampling in thirty lines, to read. [`Word2Vec`] is the one to use: it streams its
//! texts, works on all threads without locks (`shared.rs`), and treats a window as one small matrix product (`step.rs`). What
//! it leaves out: phrases, and saving the output vectors in the original program's format.
//!
//! **Cost.** Time is in proportion to running words × window × (k + 1) × d; memory is two matrices of the vocabulary's size
//! and a batch of text for each thread.

mod huffman;
mod plain;
mod products;
mod step;
mod train;

use ndarray::Array2;

pub use plain::sgns_plain;
pub use train::Progress;

use crate::corpus::Vocabulary;
use crate::embeddings::Embeddings;
use crate::{Error, Result};

/// What is guessed from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// The word in the middle from each word of the window by itself.
    SkipGram,
    /// The word in the middle from the mean of the window.
    Cbow,
}

/// How the guess is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Is it the word, or one of so many words at random?
    Negative(usize),
    /// Left or right, at each node on the way to the word.
    HierarchicalSoftmax,
}

/// How to train. The defaults are the original program's, for texts of a few million words.
///
/// ```
/// use course::predict::Word2Vec;
/// let texts = ["the cat chased the mouse", "the dog chased the cat"].repeat(20);
/// let model = Word2Vec { dimension: 8, min_count: 1, ..Default::default() }.train(&texts)?;
/// assert_eq!(model.embeddings()?.vector("cat")?.len(), 8);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Word2Vec {
    /// Skip-gram or CBOW.
    pub architecture: Architecture,
    /// Negative sampling or hierarchical softmax.
    pub output: Output,
    /// How many numbers a vector has.
    pub dimension: usize,
    /// The window reaches at most so far to each side.
    pub window: usize,
    /// Words that occur less often are left out.
    pub min_count: u64,
    /// The threshold of subsampling; none keeps every word.
    pub subsample: Option<f64>,
    /// How often the texts are gone through.
    pub epochs: usize,
    /// The first step.
    pub alpha: f32,
    /// The last step.
    pub min_alpha: f32,
    /// Noise is drawn by counts to this power.
    pub power: f64,
    /// Of the first vectors, and of all that is drawn.
    pub seed: u64,
}

impl Default for Word2Vec {
    fn default() -> Self {
        Self {
            architecture: Architecture::SkipGram,
            output: Output::Negative(5),
            dimension: 100,
            window: 5,
            min_count: 5,
            subsample: Some(1e-3),
            epochs: 5,
            alpha: 0.025,
            min_alpha: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl Word2Vec {
    fn check(&self) -> Result<()> {
        let whole = |what: &str, n: usize| {
            (n > 0)
                .then_some(())
                .ok_or_else(|| Error::value(what, "1 or more", n.to_string()))
        };
        whole("the dimension", self.dimension)?;
        whole("the window", self.window)?;
        whole("the number of epochs", self.epochs)?;
        if let Output::Negative(k) = self.output {
            whole("the number of negative samples", k)?;
        }
        let steps =
            self.alpha.is_finite() && self.alpha > 0.0 && (0.0..=self.alpha).contains(&self.min_alpha);
        if !steps {
            return Err(Error::value(
                "the steps",
                "alpha above 0, and min_alpha from 0 to alpha",
                format!("{} and {}", self.alpha, self.min_alpha),
            ));
        }
        Ok(())
    }
}

/// What training makes: both vectors of each word.
#[derive(Clone, Debug)]
pub struct Word2VecModel {
    vocabulary: Vocabulary,
    input: Array2<f32>,
    output: Array2<f32>,
}

impl Word2VecModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The words' vectors as inputs, shape `(n_words, d)`: those that are used.
    pub fn input(&self) -> &Array2<f32> {
        &self.input
    }

    /// Their vectors as outputs, or those of the tree's nodes, of which there is one less.
    pub fn output(&self) -> &Array2<f32> {
        &self.output
    }

    /// The words with their input vectors.
    ///
    /// # Errors
    /// The training has gone astray, so that a vector has a number that is not finite; a smaller `alpha` prevents that.
    pub fn embeddings(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.input.clone())
    }
}
