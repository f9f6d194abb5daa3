//! GloVe: vectors whose products are the logarithms of how often two words meet.
//!
//! word2vec walks through the text and sees a pair of words again each time that they meet. GloVe (Pennington, Socher and
//! Manning 2014, "GloVe: Global Vectors for Word Representation") counts first, then fits. With `X[i, j]` how often word j
//! stands in the [window](crate::corpus::Window) around word i, each neighbour weighted by 1/distance, it looks for a vector
//! `w_i` and a number `b_i` for each word, and `c_j` and `a_j` for each word as company, with
//!
//! ```text
//!     w_i · c_j + b_i + a_j  ≈  ln X[i, j]
//!
//!     J = ½ Σ f(X[i, j]) (w_i · c_j + b_i + a_j − ln X[i, j])²        over all pairs that have met
//!     f(x) = min(1, (x / x_max)^¾)
//! ```
//!
//! The difference of two vectors then tells ratios of probabilities: `(w_ice − w_steam) · c_k ≈ ln P(k | ice) / P(k | steam)` up to
//! a number that does not depend on k. The weight f is there because a pair that met once says little, and because
//! *of the* must not decide everything. Pairs that never met are not fitted at all, their logarithm being −∞: this is
//! what sets GloVe apart from a factorisation of the whole matrix.
//!
//! The gradient and the steps are derived in `loss.rs`; [`glove_plain`] is the method in thirty lines, to read; `step.rs` and
//! `blocks.rs` are the fast form and how threads share the work so that the result does not depend on them.
//!
//! **Cost.** Counting once, then time in proportion to pairs that met × d × epochs; memory is 12 bytes a pair and four
//! matrices of the vocabulary's size (two sides, each with its AdaGrad sums). It leaves out the pairs' spilling to disk: they
//! must fit into memory.

mod blocks;
mod loss;
mod plain;
mod step;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use ndarray::Array2;
use rand::Rng as _;
use serde::{Deserialize, Serialize};

use blocks::Blocks;
pub use loss::{glove_gradient, glove_loss, glove_weight};
pub use plain::{PlainGlove, glove_plain};

use super::training::{Checkpoint, as_json, checkpoint};
use crate::corpus::{Texts, Vocabulary, Weight, Window};
use crate::count::{Cooccurrence, cooccurrence};
use crate::embeddings::Embeddings;
use crate::rng::stream;
use crate::{Error, Result};

/// How to train. The defaults are the authors' program's but for two, which suit texts of a few million words: `x_max` is 10 and
/// not 100, and `alpha` 0.1 and not 0.05. On 3.3 million words the smaller step is still on its way after fifteen passes: the mean
/// loss of a pair is 0.0243, and 0.0209 with the larger; agreement with WordSim-353 is .40 and .43, each the mean of three seeds.
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
    /// The window reaches so far to each side; a neighbour at distance n counts 1/n.
    pub window: usize,
    /// Words that occur less often are left out, and their neighbours move together.
    pub min_count: u64,
    /// Pairs that met so often have the full weight.
    pub x_max: f32,
    /// The power of the weight below that.
    pub power: f32,
    /// How often the pairs are gone through.
    pub epochs: usize,
    /// The step, which AdaGrad makes smaller number by number.
    pub alpha: f32,
    /// Of the first vectors, and of the order of the pairs.
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
            alpha: 0.1,
            seed: 1,
        }
    }
}

/// What a checkpoint belongs to, and how far it is.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct State {
    /// As JSON.
    options: String,
    /// How many words there are, how many pairs have met, and how often in all.
    words: usize,
    pairs: usize,
    times: f64,
    /// One for each pass that is done: the bits of an `f64`, of which JSON need not keep the last one.
    losses: Vec<u64>,
}

impl State {
    /// Whether both belong to the same training; if not, what was expected and what came.
    fn fits(&self, before: &Self) -> Result<(), (String, String)> {
        let counts = |s: &Self| {
            format!(
                "{} words and {} pairs that met {:.1} times",
                s.words, s.pairs, s.times
            )
        };
        if before.options != self.options {
            Err((format!("the options {}", self.options), before.options.clone()))
        } else if counts(before) != counts(self) {
            Err((counts(self), counts(before)))
        } else {
            Ok(())
        }
    }
}

/// How far training is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GloveProgress {
    /// Passes through the pairs so far, from 1.
    pub epoch: usize,
    /// Passes in all.
    pub of: usize,
    /// The mean of `f · difference²/2` over the pairs in the last pass, each before its own step.
    pub loss: f64,
    /// How long the fitting has taken.
    pub elapsed: Duration,
}

crate::plot::shown_as_record!(GloveProgress);

impl Glove {
    /// Counts the words of `texts` and their company, and fits the vectors.
    ///
    /// The same seed gives the same bytes on any number of threads.
    ///
    /// # Errors
    /// An option that cannot be, no word that occurs `min_count` times, or what reading the texts returns.
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
    /// An option that cannot be.
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

    /// The same; `report` is called after each pass, and can end the training: what has been learned is kept. With a checkpoint the
    /// training goes on from what it has, to the same bytes as without a stop.
    ///
    /// # Errors
    /// As for [`fit`](Self::fit); a checkpoint that cannot be read or written, or that is another training's.
    pub fn fit_with(
        &self,
        counts: &Cooccurrence,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(GloveProgress) -> ControlFlow<()>,
    ) -> Result<GloveModel> {
        self.check()?;
        let (n, d) = (counts.vocabulary().len(), self.dimension);
        // Vectors and, in a last column, the number of its own that each word has.
        let mut rng = stream(self.seed, u64::MAX);
        let most = 0.5 / d as f32;
        let mut first = || Array2::from_shape_fn((n, d + 1), |_| rng.random_range(-most..=most));
        let mut blocks = Blocks::new(counts.matrix(), &first(), &first(), self);
        let mut state = State {
            options: as_json(self)?,
            words: n,
            pairs: counts.matrix().n_entries(),
            times: counts.matrix().iter().map(|(_, _, x)| f64::from(x)).sum(),
            losses: Vec::new(),
        };
        if let Some(checkpoint) = checkpoint
            && let Some((before, words, contexts)) = checkpoint::read::<State>(&checkpoint.path)?
        {
            (state.fits(&before)).map_err(|differ| checkpoint.of_another(differ))?;
            blocks.go_on(&words, &contexts, before.losses.len() as u64, self.seed)?;
            state = before;
        }
        let (start, mut written) = (Instant::now(), Instant::now());
        for epoch in state.losses.len()..self.epochs {
            let loss = blocks.pass(epoch as u64, self.alpha, self.seed);
            state.losses.push(loss.to_bits());
            let progress = GloveProgress {
                epoch: epoch + 1,
                of: self.epochs,
                loss,
                elapsed: start.elapsed(),
            };
            let stopped = report(progress).is_break();
            if let Some(checkpoint) = checkpoint
                && (stopped || epoch + 1 == self.epochs || written.elapsed() >= checkpoint.every)
            {
                let (words, contexts) = blocks.rows();
                checkpoint::write(&checkpoint.path, &state, words, contexts)?;
                written = Instant::now();
            }
            if stopped {
                break;
            }
        }
        let losses = state.losses.into_iter().map(f64::from_bits).collect();
        let (words, contexts) = blocks.matrices();
        Ok(GloveModel {
            vocabulary: counts.vocabulary().clone(),
            words,
            contexts,
            losses,
        })
    }

    fn check(&self) -> Result<()> {
        let whole = |what: &str, n: usize| {
            (n > 0)
                .then_some(())
                .ok_or_else(|| Error::value(what, "1 or more", n.to_string()))
        };
        whole("the dimension", self.dimension)?;
        whole("the number of epochs", self.epochs)?;
        let positive = |what: &str, x: f32| {
            (x > 0.0 && x.is_finite())
                .then_some(())
                .ok_or_else(|| Error::value(what, "a number above 0", x.to_string()))
        };
        positive("x_max", self.x_max)?;
        positive("alpha", self.alpha)?;
        if !(0.0..=1.0).contains(&self.power) {
            return Err(Error::value("the power", "0 to 1", self.power.to_string()));
        }
        Ok(())
    }
}

/// What training makes: both vectors of each word, and both its numbers.
#[derive(Clone)]
pub struct GloveModel {
    vocabulary: Vocabulary,
    /// Vectors, and in the last column the numbers.
    words: Array2<f32>,
    contexts: Array2<f32>,
    losses: Vec<f64>,
}

impl std::fmt::Display for GloveModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "GloVe: {} words with vectors of {} numbers, {} epochs",
            self.vocabulary.len(),
            self.words.ncols(),
            self.losses.len()
        )
    }
}

crate::show::shown_as_line!(GloveModel);

impl GloveModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The mean loss of a pair in each pass.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// `w_i · c_j + b_i + a_j`: what the model says is the logarithm of how often they meet.
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

    /// The words with the sum of their two vectors, `w_i + c_i`. The window being symmetric, the two differ by their first
    /// values alone, and their sum is a little better than either, as two models are than one.
    ///
    /// # Errors
    /// The training has gone astray, so that a vector has a number that is not finite; a smaller `alpha` prevents that.
    pub fn embeddings(&self) -> Result<Embeddings> {
        let d = self.words.ncols() - 1;
        let sum = Array2::from_shape_fn((self.words.nrows(), d), |at| self.words[at] + self.contexts[at]);
        Embeddings::new(self.vocabulary.clone(), sum)
    }
}
