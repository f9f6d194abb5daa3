//! fastText: a word is the mean of its pieces, so that a word that was never seen has a vector, too.
//!
//! word2vec learns nothing from *chased* for *chasing*, and has no vector for *chaser* if the text has none. fastText
//! (Bojanowski, Grave, Joulin and Mikolov 2017, "Enriching Word Vectors with Subword Information") takes a word `w` as the set
//! `G(w)` of its n-grams of 3 to 6 characters, with marks at both ends, and of the word itself, and its vector is their mean
//!
//! ```text
//!     v(w) = 1/|G(w)| Σ_{g ∈ G(w)} x_g
//! ```
//!
//! The rest is word2vec with negative sampling (see [`Word2Vec`](crate::predict::Word2Vec)): for skip-gram, `v(w)` is asked about each
//! word of the window, `σ(v(w)·y_c)`; for CBOW the mean of all pieces of the window is asked about the word in the middle. Each
//! piece is moved by the whole of the mean's move, as in the original program.
//!
//! N-grams have no list of their own: they are hashed to 2,000,000 buckets ([`ngram_bucket`]), and those that meet in a bucket
//! share its row. Only buckets that some word of the vocabulary has get a row here (the original program keeps them all, with
//! the random numbers they began with): that is a tenth of the memory, and an unknown word is the mean of those of its n-grams
//! that were learned.
//!
//! **Shapes.** `X` is `(n_words + n_buckets_used, d)`, `Y` is `(n_words, d)`. **Cost.** As word2vec, and about 20 rows of `X`
//! for each word; a window's pieces are summed once for all of its questions. What this leaves out: classifying texts,
//! quantised models, n-grams of words.

mod binary;
mod model;
mod ngrams;

use std::ops::ControlFlow;

use rand::Rng as _;
use serde::{Deserialize, Serialize};

pub use model::FastTextModel;
pub use ngrams::{ngram_bucket, ngrams};

use self::model::Rows;
use crate::corpus::{Texts, Vocabulary};
use crate::predict::training::{self, Ask, Checkpoint, Plan, Progress, Stepper, Trained, at_least_one};
use crate::predict::{Architecture, Noise};
use crate::rng::Rng;
use crate::{Error, Result};

/// So many windows that follow each other are one step, with the same noise.
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
    /// How many words at random a window is asked about beside the right ones.
    pub negative: usize,
    /// How many numbers a vector has.
    pub dimension: usize,
    /// The window reaches at most so far to each side.
    pub window: usize,
    /// Words that occur less often are left out.
    pub min_count: u64,
    /// The shortest n-grams have so many characters.
    pub min_n: usize,
    /// The longest n-grams have so many characters; 0 for none at all.
    pub max_n: usize,
    /// N-grams are hashed to so many buckets.
    pub buckets: u32,
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
            alpha: 0.05,
            min_alpha: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl FastText {
    /// Trains on `texts`, as [`Word2Vec::train`](crate::predict::Word2Vec::train).
    ///
    /// # Errors
    /// An option that cannot be, no word that occurs `min_count` times, or what reading the texts returns.
    pub fn train(&self, texts: &dyn Texts) -> Result<FastTextModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports, an end before the end, and a checkpoint, as
    /// [`Word2Vec::train_with`](crate::predict::Word2Vec::train_with).
    ///
    /// # Errors
    /// As for [`train`](Self::train); a checkpoint of other options or texts, or one that cannot be read or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<FastTextModel> {
        at_least_one("the window", self.window)?;
        at_least_one("the number of negative samples", self.negative)?;
        if self.max_n > 0 {
            at_least_one("the number of buckets", self.buckets as usize)?;
            if !(1..=self.max_n).contains(&self.min_n) {
                return Err(Error::value(
                    "the n-grams",
                    "min_n from 1 to max_n",
                    format!("{} to {}", self.min_n, self.max_n),
                ));
            }
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
        let trained = training::train(&plan, texts, checkpoint, report, |vocabulary| {
            Windows::of(self, vocabulary)
        })?;
        let Trained {
            vocabulary,
            asks,
            input,
            output,
        } = trained;
        Ok(FastTextModel::new(
            self.clone(),
            vocabulary,
            asks.rows,
            input.matrix(),
            output.matrix(),
        ))
    }
}

/// What is asked.
struct Windows {
    rows: Rows,
    /// The rows of each word: all of them one after the other, and where those of each word end.
    pieces: Vec<u32>,
    ends: Vec<usize>,
    noise: Noise,
    negative: usize,
    reach: usize,
    architecture: Architecture,
}

impl Windows {
    fn of(options: &FastText, vocabulary: &Vocabulary) -> Result<Self> {
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
            negative: options.negative,
            reach: options.window,
            architecture: options.architecture,
        })
    }

    /// The rows of a word.
    fn pieces(&self, word: u32) -> &[u32] {
        let word = word as usize;
        let start = if word == 0 { 0 } else { self.ends[word - 1] };
        &self.pieces[start..self.ends[word]]
    }
}

impl Ask for Windows {
    fn rows(&self) -> (usize, usize) {
        (self.rows.len(), self.ends.len())
    }

    fn by_mean(&self) -> bool {
        true
    }

    fn text(&self, _document: usize, words: &[u32], rng: &mut Rng, stepper: &mut Stepper) {
        for start in (0..words.len()).step_by(WINDOWS_A_STEP) {
            let questions = stepper.questions();
            let noise: Vec<(u32, usize)> = (0..self.negative)
                .map(|_| {
                    let word = self.noise.draw(rng);
                    (word, questions.output(word))
                })
                .collect();
            for at in start..(start + WINDOWS_A_STEP).min(words.len()) {
                let width = rng.random_range(1..=self.reach as u32) as usize;
                let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
                let around = || words[from..at].iter().chain(&words[at + 1..to]).copied();
                let middle = words[at];
                let mut takes = |word| {
                    for &piece in self.pieces(word) {
                        let place = questions.input(piece);
                        questions.around(place);
                    }
                };
                match self.architecture {
                    Architecture::SkipGram => {
                        takes(middle);
                        for word in around() {
                            let place = questions.output(word);
                            questions.ask(place, 1.0, 1.0);
                        }
                    }
                    Architecture::Cbow => {
                        around().for_each(takes);
                        if from + 1 < to {
                            let place = questions.output(middle);
                            questions.ask(place, 1.0, 1.0);
                        }
                    }
                }
                // Each right answer is told from all of the noise but itself.
                for &(word, place) in &noise {
                    let all = match self.architecture {
                        Architecture::SkipGram => around().filter(|&right| right != word).count(),
                        Architecture::Cbow => usize::from(word != middle),
                    };
                    if all > 0 {
                        questions.ask(place, all as f32, 0.0);
                    }
                }
                questions.end_window();
            }
            stepper.go();
        }
    }
}
