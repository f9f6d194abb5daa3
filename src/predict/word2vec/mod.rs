//! word2vec: vectors that are trained to tell the neighbours of a word from random words.
//!
//! There are two ways to train (Mikolov, Chen, Corrado and Dean 2013, "Efficient Estimation of Word
//! Representations in Vector Space"):
//!
//! * **skip-gram** predicts the centre word of a window from one context word. Each pair is an example of its
//!   own.
//! * **CBOW**, a continuous bag of words, predicts the centre word from the mean of all context words.
//!
//! Each word has two vectors: one as an input, a row of `X`, and one as an output, a row of `Y`, both of
//! shape `(n_words, d)`. In the end `X` is kept. A softmax over all words would be slow, and there are two
//! ways around it:
//!
//! * **negative sampling** (Mikolov, Sutskever, Chen, Corrado and Dean 2013) tells the centre word from `k`
//!   negative samples, which are words drawn at random. See [`Noise`](super::Noise), and `training/step.rs`
//!   for the loss and its gradient.
//! * **hierarchical softmax** (Morin and Bengio 2005) makes the words the leaves of a binary tree. Each node
//!   on the path to the centre word predicts whether the path goes left or right. See `huffman.rs`.
//!
//! Three tricks are part of the method. Frequent words are left out at random
//! ([`Subsample`](crate::corpus::Subsample)). The width of the window is drawn anew for each word, from 1 to
//! `window`, so that near words count more. The learning rate `α` falls linearly from its first value to
//! nearly 0.
//!
//! [`sgns_plain`] is skip-gram with negative sampling in short, to read. [`Word2Vec`] is the one to use: it
//! streams its texts, works on all threads without locks (`shared.rs`), and treats a few windows as one small
//! matrix product (`training/step.rs`). It leaves out phrases, and saving the output vectors in the original
//! program's format.
//!
//! **Cost.** Time grows with tokens × window × (k + 1) × d. Memory is two matrices of shape `(n_words, d)`
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
use super::training::{self, plan};
use crate::corpus::{Texts, Vocabulary};
use crate::embeddings::Embeddings;
use crate::train::{Checkpoint, Progress};
use crate::{Error, Result};

/// What predicts the centre word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    /// Each context word on its own.
    SkipGram,
    /// The mean of all context words.
    Cbow,
}

/// What replaces the softmax over all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Output {
    /// The centre word is told from this many negative samples.
    Negative(usize),
    /// Left or right, at each node on the path to the centre word.
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
    /// How many words a window has to each side, at most.
    pub window: usize,
    /// Words that occur less often than this are left out.
    pub min_count: u64,
    /// The threshold of subsampling. Without one every word is kept.
    pub subsample: Option<f64>,
    /// How many times training goes through the texts.
    pub epochs: usize,
    /// The learning rate at the beginning.
    pub learning_rate: f32,
    /// The learning rate at the end.
    pub min_learning_rate: f32,
    /// Negative samples are drawn in proportion to the count of a word, to this power.
    pub power: f64,
    /// The seed of the first vectors and of all random numbers in training.
    pub seed: u64,
}

crate::plot::shown_as_record!(Word2Vec);

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
            learning_rate: 0.025,
            min_learning_rate: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl Word2Vec {
    /// Trains on `texts`. They are read once to count the words, and then once for each epoch, in a new
    /// random order.
    ///
    /// On one thread the same seed gives the same bytes. Several threads overwrite each other's updates now
    /// and then, so the numbers differ a little from run to run. The quality does not.
    ///
    /// # Errors
    /// An option is out of range, no word occurs `min_count` times, or the texts cannot be read.
    pub fn train(&self, texts: &dyn Texts) -> Result<Word2VecModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same, with reports. `report` is called after each batch and can stop the training. What has been
    /// learned until then is kept; with a [`Checkpoint`] the next call resumes there.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use course::{predict::Word2Vec, train::Checkpoint};
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
    /// As for [`train`](Self::train). Or the checkpoint belongs to other options or texts, or cannot be read
    /// or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Word2VecModel> {
        Error::at_least(1, "the window", self.window)?;
        if let Output::Negative(k) = self.output {
            Error::at_least(1, "the number of negative samples", k)?;
        }
        let plan = plan!("word2vec", self);
        let trained = training::train(&plan, texts, checkpoint, report, |vocabulary| {
            Windows::of(self, vocabulary)
        })?;
        Ok(Word2VecModel {
            vocabulary: trained.vocabulary,
            input: trained.input.matrix(),
            output: trained.output.matrix(),
        })
    }
}

/// The result of training: both vectors of each word.
#[derive(Clone)]
pub struct Word2VecModel {
    vocabulary: Vocabulary,
    input: Array2<f32>,
    output: Array2<f32>,
}

crate::show::shown_as_line!(Word2VecModel, |this| {
    format!(
        "word2vec: {} words with vectors of {} numbers",
        this.vocabulary.len(),
        this.input.ncols()
    )
});

impl Word2VecModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The input vectors of the words, shape `(n_words, d)`: those that are used later.
    pub fn input(&self) -> &Array2<f32> {
        &self.input
    }

    /// The output vectors of the words; with hierarchical softmax those of the tree's nodes, one fewer than
    /// words.
    pub fn output(&self) -> &Array2<f32> {
        &self.output
    }

    /// The words with their input vectors.
    ///
    /// # Errors
    /// The training has diverged: a vector has a number that is not finite. A smaller learning rate prevents
    /// that.
    pub fn embeddings(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.input.clone())
    }
}
