//! GloVe: vectors whose products are the logarithms of how often two words meet.
//!
//! word2vec goes through the text and sees a pair of words again each time that they meet. GloVe (Pennington,
//! Socher and Manning 2014, "GloVe: Global Vectors for Word Representation") counts first, and fits the
//! vectors to the counts. Let `X[i, j]` be how often word j occurs in the [window](crate::corpus::Window)
//! around word i, with each neighbour weighted by 1/distance. GloVe looks for a vector `w_i` and a bias `b_i`
//! for each word, and for `c_j` and `a_j` for each context word, with
//!
//! ```text
//!     w_i · c_j + b_i + a_j  ≈  ln X[i, j]
//!
//!     J = ½ Σ f(X[i, j]) (w_i · c_j + b_i + a_j − ln X[i, j])²        over all pairs that have met
//!     f(x) = min(1, (x / x_max)^¾)
//! ```
//!
//! The difference of two vectors then tells ratios of probabilities: `(w_ice − w_steam) · c_k ≈ ln P(k | ice)
//! / P(k | steam)`, up to a number that does not depend on k. The weight f is there for two reasons: a pair
//! that met once says little, and *of the* must not decide everything. Pairs that never met have the
//! logarithm −∞ and are not fitted at all. That sets GloVe apart from a factorisation of the whole matrix.
//!
//! The gradient is derived in `loss/glove.rs`. [`glove_plain`] is the method to read from top to bottom. The
//! fast form is in `step.rs` and `blocks.rs`, which also shows how threads share the work so that the result
//! does not depend on their number.
//!
//! **Cost.** The pairs are counted once; after that, time is in proportion to pairs that met × d × epochs.
//! Memory is 12 bytes for each pair and four matrices of the vocabulary's size (two sides, each with its
//! AdaGrad sums). Unlike the authors' program, it does not spill pairs to disk: they must fit into memory.

mod blocks;
mod plain;
mod step;

use std::ops::ControlFlow;
use std::time::Instant;

use ndarray::Array2;
use rand::Rng as _;
use serde::{Deserialize, Serialize};

use blocks::Blocks;
pub use plain::{PlainGlove, glove_plain};

use crate::corpus::{Texts, Vocabulary, Weight, Window};
use crate::count::{Cooccurrence, cooccurrence};
use crate::embeddings::Embeddings;
use crate::rng::stream;
use crate::train::checkpoint::{Belongs, Tensors};
use crate::train::{Checkpoint, Progress};
use crate::{Error, Result};

/// How to train. The defaults are those of the authors' program but for two, which suit texts of a few
/// million words: `x_max` is 10 and not 100, and `learning_rate` is 0.1 and not 0.05. On 3.3 million words,
/// training with the smaller learning rate has not converged after fifteen epochs: the mean loss of a pair is
/// 0.0243, and 0.0209 with the larger one. Agreement with WordSim-353 is .40 and .43. Each figure is the mean
/// of three seeds.
///
/// ```
/// use course::predict::Glove;
/// let texts = ["the cat chased the mouse", "the dog chased the cat"].repeat(20);
/// let model = Glove { dimension: 8, min_count: 1, ..Default::default() }.train(&texts)?;
/// assert_eq!(model.embeddings()?.vector("cat")?.len(), 8);
/// assert!(model.losses().is_sorted_by(|a, b| a > b));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glove {
    /// How many numbers a vector has.
    pub dimension: usize,
    /// How many words the window reaches to each side; a neighbour at distance n counts 1/n.
    pub window: usize,
    /// Words that occur less often are left out, and their neighbours move together.
    pub min_count: u64,
    /// Pairs that met at least this often have the full weight.
    pub x_max: f32,
    /// The power of the weight below `x_max`.
    pub power: f32,
    /// How many times training goes through the pairs.
    pub epochs: usize,
    /// The learning rate. AdaGrad lowers it for each number separately.
    pub learning_rate: f32,
    /// The seed of the first vectors, and of the order of the pairs.
    pub seed: u64,
}

crate::plot::shown_as_record!(Glove);

impl Default for Glove {
    fn default() -> Self {
        Self {
            dimension: 100,
            window: 5,
            min_count: 5,
            x_max: 10.0,
            power: 0.75,
            epochs: 15,
            learning_rate: 0.1,
            seed: 1,
        }
    }
}

/// How far training is. The losses of the finished epochs are stored as a tensor, which keeps all their bits.
#[derive(Serialize, Deserialize)]
struct State {
    epochs: usize,
}

impl Glove {
    /// Counts the words of `texts` and their context words, and fits the vectors.
    ///
    /// The same seed gives the same bytes on any number of threads.
    ///
    /// # Errors
    /// An option is out of range, no word occurs `min_count` times, or the texts cannot be read.
    pub fn train(&self, texts: &dyn Texts) -> Result<GloveModel> {
        self.check()?;
        let vocabulary = Vocabulary::of(texts, self.min_count)?;
        if vocabulary.is_empty() {
            let expected = format!("words that occur at least {} times", self.min_count);
            return Err(Error::value("the texts", expected, "none"));
        }
        let window = Window::symmetric(self.window)?
            .weighted(Weight::Inverse)
            .closing_gaps();
        let counts = cooccurrence(texts, &vocabulary, window)?;
        self.fit(&counts)
    }

    /// Fits the vectors to counts, which may come from any window; `window` and `min_count` are not used.
    ///
    /// # Errors
    /// An option is out of range.
    ///
    /// ```
    /// use course::corpus::{Vocabulary, Weight, Window};
    /// use course::{count::cooccurrence, predict::Glove};
    /// let texts = ["the cat sat on the mat", "the dog sat on the log"];
    /// let window = Window::symmetric(2)?.weighted(Weight::Inverse);
    /// let counts = cooccurrence(&texts, &Vocabulary::of(&texts, 1)?, window)?;
    /// let model = Glove { dimension: 20, epochs: 1000, x_max: 2.0, ..Default::default() }.fit(&counts)?;
    /// // Twice beside each other, once each at distance 2.
    /// assert_eq!(counts.count("sat", "on")?, 2.0);
    /// assert!((model.predicted_log("sat", "on")? - 2_f32.ln()).abs() < 0.01);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn fit(&self, counts: &Cooccurrence) -> Result<GloveModel> {
        self.fit_with(counts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports and a checkpoint. `report` is called after each epoch, and can end the training;
    /// what has been learned is kept. With a checkpoint, training resumes where it stopped, with the same
    /// bytes as without a stop.
    ///
    /// # Errors
    /// As for [`fit`](Self::fit). Or the checkpoint cannot be read or written, or belongs to another
    /// training.
    pub fn fit_with(
        &self,
        counts: &Cooccurrence,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<GloveModel> {
        self.check()?;
        let (n, d) = (counts.vocabulary().len(), self.dimension);
        // The vectors and, in a last column, the bias of each word.
        let mut rng = stream(self.seed, u64::MAX);
        let most = 0.5 / d as f32;
        let mut first = || Array2::from_shape_fn((n, d + 1), |_| rng.random_range(-most..=most));
        let mut blocks = Blocks::new(counts.matrix(), &first(), &first(), self);
        let pairs = counts.matrix().n_entries();
        let times: f64 = counts.matrix().iter().map(|(_, _, x)| f64::from(x)).sum();
        let data = format!("{n} words and {pairs} pairs that met {times:.1} times");
        let belongs = Belongs::new("GloVe", self, data)?;
        let mut losses = Vec::new();
        if let Some(checkpoint) = checkpoint
            && let Some((state, kept)) = checkpoint.read::<State>(&belongs)?
        {
            let matrix = |name| kept.matrix(name, blocks.shape());
            let (words, contexts) = (matrix("words")?, matrix("contexts")?);
            losses = kept.numbers("losses", &[state.epochs])?;
            blocks.go_on(&words, &contexts, state.epochs as u64, self.seed);
        }
        let (start, mut written) = (Instant::now(), Instant::now());
        let done_before = (losses.len() * pairs) as u64;
        for epoch in losses.len()..self.epochs {
            let loss = blocks.epoch(epoch as u64, self.learning_rate, self.seed);
            losses.push(loss);
            let progress = Progress {
                epoch,
                epochs: self.epochs,
                unit: "pairs",
                done: ((epoch + 1) * pairs) as u64,
                of: (self.epochs * pairs) as u64,
                done_before,
                elapsed: start.elapsed(),
                loss: Some(loss),
                ..Progress::default()
            };
            let stopped = report(progress).is_break();
            if let Some(checkpoint) = checkpoint
                && (stopped || epoch + 1 == self.epochs || written.elapsed() >= checkpoint.every)
            {
                let (words, contexts) = blocks.rows();
                let mut tensors = Tensors::default();
                tensors.put_matrix("words", &words);
                tensors.put_matrix("contexts", &contexts);
                tensors.put("losses", &[losses.len()], losses.iter().copied());
                let epochs = losses.len();
                checkpoint.write(&belongs, &State { epochs }, tensors)?;
                written = Instant::now();
            }
            if stopped {
                break;
            }
        }
        let (words, contexts) = blocks.matrices();
        Ok(GloveModel {
            vocabulary: counts.vocabulary().clone(),
            words,
            contexts,
            losses,
        })
    }

    fn check(&self) -> Result<()> {
        Error::at_least(1, "the dimension", self.dimension)?;
        Error::at_least(1, "the number of epochs", self.epochs)?;
        Error::above_0("x_max", self.x_max)?;
        Error::above_0("the learning rate", self.learning_rate)?;
        Error::from_0_to_1("the power", self.power)
    }
}

/// The result of training: both vectors of each word, and both its biases.
#[derive(Clone)]
pub struct GloveModel {
    vocabulary: Vocabulary,
    /// Vectors, with the biases in the last column.
    words: Array2<f32>,
    contexts: Array2<f32>,
    losses: Vec<f64>,
}

crate::show::shown_as_line!(GloveModel, |this| {
    format!(
        "GloVe: {} words with vectors of {} numbers, {} epochs",
        this.vocabulary.len(),
        this.words.ncols(),
        this.losses.len()
    )
});

impl GloveModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The mean loss of a pair in each epoch.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// `w_i · c_j + b_i + a_j`: the model's value for the logarithm of how often the two meet.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn predicted_log(&self, word: &str, context: &str) -> Result<f32> {
        let w = self.words.row(self.vocabulary.require(word)? as usize);
        let c = self.contexts.row(self.vocabulary.require(context)? as usize);
        let d = w.len() - 1;
        let dot: f32 = w.iter().zip(c).take(d).map(|(w, c)| w * c).sum();
        Ok(dot + w[d] + c[d])
    }

    /// The words with the sum of their two vectors, `w_i + c_i`. The window is symmetric, so the two differ
    /// only by their first values. Their sum is a little better than either, as two models are better than
    /// one.
    ///
    /// # Errors
    /// The training has diverged: a vector has a number that is not finite. A smaller learning rate prevents
    /// that.
    pub fn embeddings(&self) -> Result<Embeddings> {
        let d = self.words.ncols() - 1;
        let sum = Array2::from_shape_fn((self.words.nrows(), d), |at| self.words[at] + self.contexts[at]);
        Embeddings::new(self.vocabulary.clone(), sum)
    }
}
