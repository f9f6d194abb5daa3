//! fastText: the vector of a word is the mean of its pieces, so that even a word that was never seen has a
//! vector.
//!
//! word2vec learns nothing from *chased* for *chasing*, and has no vector for *chaser* if the text does not
//! contain it. fastText (Bojanowski, Grave, Joulin and Mikolov 2017, "Enriching Word Vectors with Subword
//! Information") takes a word `w` apart. Its pieces `G(w)` are the word itself and its n-grams of 3 to 6
//! characters, with marks at both ends of the word. The vector of the word is the mean of theirs:
//!
//! ```text
//!     v(w) = 1/|G(w)| Σ_{g ∈ G(w)} x_g
//! ```
//!
//! The rest is word2vec with negative sampling (see [`Word2Vec`](crate::predict::Word2Vec)). In skip-gram
//! `v(w)` of the centre word predicts each context word, by `σ(v(w)·y_c)`. In CBOW the mean of all pieces of
//! all context words predicts the centre word. Each piece gets the whole update of the mean, as in the
//! original program.
//!
//! There is no list of n-grams. They are hashed to 2,000,000 buckets ([`ngram_bucket`]), and n-grams in the
//! same bucket share a row. Here only those buckets have a row that some word of the vocabulary uses. That
//! takes a tenth of the memory, and an unknown word is the mean of those of its n-grams that were learned.
//! The original program keeps all buckets, also the random vectors of those that were never used.
//!
//! **Shapes.** `X` is `(n_words + n_buckets_used, d)`, `Y` is `(n_words, d)`. **Cost.** As word2vec, with
//! about 20 rows of `X` for each word; the pieces of a window are summed once for all of its targets. It
//! leaves out classifying texts, quantised models, and n-grams of words.

mod binary;
mod model;
mod ngrams;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

pub use model::FastTextModel;
pub use ngrams::{ngram_bucket, ngrams};

use self::model::Rows;
use crate::corpus::{Texts, Vocabulary};
use crate::predict::training::{self, Sgd, Task, around, plan};
use crate::predict::{Architecture, Noise};
use crate::rng::Rng;
use crate::train::{Checkpoint, Progress};
use crate::{Error, Result};

/// How many neighbouring windows make one step and share their negative samples.
const WINDOWS_A_STEP: usize = 4;

/// How to train. The defaults are the original program's.
///
/// ```
/// use course::words::FastText;
/// let texts = ["the cats chased the mouse", "the dogs chased the cat"].repeat(20);
/// let model = FastText { dimension: 8, min_count: 1, ..Default::default() }.train(&texts)?;
/// assert_eq!(model.vector("chaser")?.len(), 8);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FastText {
    /// Skip-gram or CBOW.
    pub architecture: Architecture,
    /// How many negative samples there are for each target.
    pub negative: usize,
    /// How many numbers a vector has.
    pub dimension: usize,
    /// How many words a window has to each side, at most.
    pub window: usize,
    /// Words that occur less often than this are left out.
    pub min_count: u64,
    /// How many characters the shortest n-grams have.
    pub min_n: usize,
    /// How many characters the longest n-grams have; 0 for no n-grams.
    pub max_n: usize,
    /// How many buckets the n-grams are hashed to.
    pub buckets: u32,
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

crate::plot::shown_as_record!(FastText);

impl Default for FastText {
    fn default() -> Self {
        Self {
            architecture: Architecture::SkipGram,
            negative: 5,
            dimension: 100,
            window: 5,
            min_count: 5,
            min_n: 3,
            max_n: 6,
            buckets: 2_000_000,
            subsample: Some(1e-3),
            epochs: 5,
            learning_rate: 0.05,
            min_learning_rate: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl FastText {
    /// Trains on `texts`, as [`Word2Vec::train`](crate::predict::Word2Vec::train).
    ///
    /// # Errors
    /// An option is out of range, no word occurs `min_count` times, or the texts cannot be read.
    pub fn train(&self, texts: &dyn Texts) -> Result<FastTextModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports and a checkpoint, as
    /// [`Word2Vec::train_with`](crate::predict::Word2Vec::train_with).
    ///
    /// # Errors
    /// As for [`train`](Self::train). Or the checkpoint belongs to other options or texts, or cannot be read
    /// or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<FastTextModel> {
        Error::at_least(1, "the window", self.window)?;
        Error::at_least(1, "the number of negative samples", self.negative)?;
        if self.max_n > 0 {
            Error::at_least(1, "the number of buckets", self.buckets as usize)?;
            if !(1..=self.max_n).contains(&self.min_n) {
                return Err(Error::value(
                    "the n-grams",
                    "min_n from 1 to max_n",
                    format!("{} to {}", self.min_n, self.max_n),
                ));
            }
        }
        let plan = plan!("fastText", self);
        let trained = training::train(&plan, texts, checkpoint, report, |vocabulary| {
            Windows::of(self, vocabulary)
        })?;
        Ok(FastTextModel {
            options: self.clone(),
            vocabulary: trained.vocabulary,
            rows: trained.task.rows,
            input: trained.input.matrix(),
            output: trained.output.matrix(),
        })
    }
}

/// Makes the windows.
struct Windows<'a> {
    rows: Rows,
    /// The rows of all words, one word after the other, and where those of each word end.
    pieces: Vec<u32>,
    ends: Vec<usize>,
    noise: Noise,
    options: &'a FastText,
}

impl<'a> Windows<'a> {
    fn of(options: &'a FastText, vocabulary: &Vocabulary) -> Result<Self> {
        let rows = Rows::of(options, vocabulary.words());
        let (mut pieces, mut ends) = (Vec::new(), Vec::new());
        for (id, word) in vocabulary.words().iter().enumerate() {
            rows.each(word, Some(id as u32), |row| pieces.push(row));
            ends.push(pieces.len());
        }
        Ok(Self {
            rows,
            pieces,
            ends,
            noise: Noise::new(vocabulary.counts(), options.power)?,
            options,
        })
    }

    /// The rows of a word.
    fn pieces(&self, word: u32) -> &[u32] {
        let word = word as usize;
        let start = if word == 0 { 0 } else { self.ends[word - 1] };
        &self.pieces[start..self.ends[word]]
    }
}

impl Task for Windows<'_> {
    fn rows(&self) -> (usize, usize) {
        (self.rows.len(), self.ends.len())
    }

    fn by_mean(&self) -> bool {
        true
    }

    fn document(&self, _document: usize, words: &[u32], rng: &mut Rng, sgd: &mut Sgd) {
        for start in (0..words.len()).step_by(WINDOWS_A_STEP) {
            let examples = sgd.examples();
            let noise = examples.noise(&self.noise, self.options.negative, rng);
            for at in start..(start + WINDOWS_A_STEP).min(words.len()) {
                let (before, after) = around(words, at, self.options.window, rng);
                let context = || before.iter().chain(after).copied();
                let centre = words[at];
                let mut add_pieces = |word| {
                    for &piece in self.pieces(word) {
                        let slot = examples.input(piece);
                        examples.add_input(slot);
                    }
                };
                match self.options.architecture {
                    Architecture::SkipGram => {
                        add_pieces(centre);
                        for word in context() {
                            let slot = examples.output(word);
                            examples.add_target(slot, 1.0, 1.0);
                        }
                    }
                    Architecture::Cbow => {
                        context().for_each(add_pieces);
                        if before.len() + after.len() > 0 {
                            let slot = examples.output(centre);
                            examples.add_target(slot, 1.0, 1.0);
                        }
                    }
                }
                // Each positive target is scored against each negative sample, unless the sample is the
                // target itself.
                for &(word, slot) in &noise {
                    let count = match self.options.architecture {
                        Architecture::SkipGram => context().filter(|&positive| positive != word).count(),
                        Architecture::Cbow => usize::from(word != centre),
                    };
                    if count > 0 {
                        examples.add_target(slot, count as f32, 0.0);
                    }
                }
                examples.end_window();
            }
            sgd.step();
        }
    }
}
