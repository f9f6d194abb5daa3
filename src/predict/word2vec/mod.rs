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
//!   random? See [`Noise`](super::Noise), and `training/step.rs` for the loss and its gradient.
//! * **hierarchical softmax** (Morin and Bengio 2005): the word is a leaf of a binary tree, and each node on the way is asked
//!   which way to go. See `huffman.rs`.
//!
//! Three tricks are part of it. Frequent words are left out at random
//! ([`Subsample`](crate::corpus::Subsample)); the window's width is drawn from 1 to `window` for each word, so that near
//! words count more; and the step `α` falls evenly from its first value to a ten-thousandth.
//!
//! [`sgns_plain`] is skip-gram with negative sampling in thirty lines, to read. [`Word2Vec`] is the one to use: it streams its
//! texts, works on all threads without locks (`shared.rs`), and treats some windows as one small matrix product
//! (`training/step.rs`). What
//! it leaves out: phrases, and saving the output vectors in the original program's format.
//!
//! **Cost.** Time is in proportion to running words × window × (k + 1) × d; memory is two matrices of the vocabulary's size
//! and a batch of text for each thread.

mod huffman;
mod plain;
mod windows;

use std::ops::ControlFlow;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

pub(crate) use huffman::huffman;
pub use plain::sgns_plain;

use self::windows::Windows;
use super::training::{self, Checkpoint, Plan, Progress, Trained, at_least_one};
use crate::Result;
use crate::corpus::{Texts, Vocabulary};
use crate::embeddings::Embeddings;

/// What is guessed from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    /// The word in the middle from each word of the window by itself.
    SkipGram,
    /// The word in the middle from the mean of the window.
    Cbow,
}

/// How the guess is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Trains on `texts`, which are gone through once to count the words and then `epochs` times, in mixed order.
    ///
    /// The same seed gives the same bytes on one thread. On several, threads overwrite each other's steps now and then, so
    /// the numbers differ a little from run to run, and the quality does not.
    ///
    /// # Errors
    /// An option that cannot be, no word that occurs `min_count` times, or what reading the texts returns.
    pub fn train(&self, texts: &dyn Texts) -> Result<Word2VecModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `report` is called after each batch, and can end the training: what has been learned is kept, and with a
    /// [`Checkpoint`] the next call goes on from there.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use course::predict::{Checkpoint, Word2Vec};
    /// # let folder = std::env::temp_dir().join(format!("course-doc-w2v-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// let texts = ["the cat chased the mouse", "the dog chased the cat"].repeat(20);
    /// let options = Word2Vec { dimension: 8, min_count: 1, ..Default::default() };
    /// let checkpoint = Checkpoint::new(folder.join("words.checkpoint"));
    /// let half = options.train_with(&texts, Some(&checkpoint), &mut |progress| {
    ///     println!("{progress}");
    ///     if progress.epoch == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    /// })?;
    /// let whole = options.train_with(&texts, Some(&checkpoint), &mut |_| ControlFlow::Continue(()))?;
    /// assert_eq!(whole.input(), options.train(&texts)?.input());
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`train`](Self::train); a checkpoint of other options or texts, or one that cannot be read or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Word2VecModel> {
        at_least_one("the window", self.window)?;
        if let Output::Negative(k) = self.output {
            at_least_one("the number of negative samples", k)?;
        }
        let plan = Plan {
            dimension: self.dimension,
            min_count: self.min_count,
            subsample: self.subsample,
            epochs: self.epochs,
            alpha: self.alpha,
            min_alpha: self.min_alpha,
            seed: self.seed,
            options: training::as_json(self)?,
        };
        let Trained {
            vocabulary,
            input,
            output,
            ..
        } = training::train(&plan, texts, checkpoint, report, |vocabulary| {
            Windows::of(self, vocabulary)
        })?;
        Ok(Word2VecModel {
            vocabulary,
            input: input.matrix(),
            output: output.matrix(),
        })
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
