//! What the predicting methods share: texts in batches, a batch a thread, step after step, down a gradient that is smaller
//! with every word. What is asked is each method's own affair ([`Ask`]).
//!
//! The texts of each pass come in a new mixed order (see [`Texts::each_mixed`]); the step `α` falls evenly from its first value
//! to its last. Random numbers belong to a batch and not to a thread.

mod by_mean;
pub(crate) mod checkpoint;
mod products;
mod progress;
mod questions;
mod step;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use ndarray::Array2;
use rand::Rng as _;
use serde::Serialize;

pub use checkpoint::Checkpoint;
pub use progress::{Progress, show_progress};
pub(crate) use step::Stepper;

use self::checkpoint::State;
use self::step::Loss;
use super::shared::Shared;
use crate::corpus::{Batch, Cut, Desk, Numbered, Subsample, Texts, Vocabulary, each_batch};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// After so many running words the step is made smaller, as in the original program.
const WORDS_A_STEP: u64 = 10_000;

/// What the options of all methods have in common.
pub(crate) struct Plan {
    pub(crate) dimension: usize,
    pub(crate) min_count: u64,
    pub(crate) subsample: Option<f64>,
    pub(crate) epochs: usize,
    pub(crate) alpha: f32,
    pub(crate) min_alpha: f32,
    pub(crate) seed: u64,
    /// All options of the method, as JSON: what a checkpoint belongs to.
    pub(crate) options: String,
}

impl Plan {
    pub(crate) fn check(&self) -> Result<()> {
        at_least_one("the dimension", self.dimension)?;
        at_least_one("the number of epochs", self.epochs)?;
        let steps =
            self.alpha.is_finite() && self.alpha > 0.0 && (0.0..=self.alpha).contains(&self.min_alpha);
        if steps {
            return Ok(());
        }
        Err(Error::value(
            "the steps",
            "alpha above 0, and min_alpha from 0 to alpha",
            format!("{} and {}", self.alpha, self.min_alpha),
        ))
    }
}

/// A method's options as a checkpoint has them.
pub(crate) fn as_json(options: &impl Serialize) -> Result<String> {
    let json = serde_json::to_string(options);
    json.map_err(|e| Error::value("the options", "what JSON can hold", e.to_string()))
}

pub(crate) fn at_least_one(what: &str, n: usize) -> Result<()> {
    if n > 0 {
        Ok(())
    } else {
        Err(Error::value(what, "1 or more", "0"))
    }
}

/// What a method asks.
pub(crate) trait Ask: Sync {
    /// How many rows the inputs and the outputs have.
    fn rows(&self) -> (usize, usize);

    /// Whether a window is asked by the mean of its inputs, and not each input by itself.
    fn by_mean(&self) -> bool;

    /// Whether the documents must come in order, because they have rows of their own.
    fn in_order(&self) -> bool {
        false
    }

    /// Asks about the words of document number `document` (of this pass).
    fn text(&self, document: usize, words: &[u32], rng: &mut Rng, stepper: &mut Stepper);
}

/// What training makes.
pub(crate) struct Trained<A> {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) asks: A,
    pub(crate) input: Shared,
    pub(crate) output: Shared,
}

/// Trains: the words are counted, `ask` says what is asked, and the texts are gone through `epochs` times. `report` is called
/// when batches are done, and can end the training: what is being worked on is finished, and what has been learned is kept.
pub(crate) fn train<A: Ask>(
    plan: &Plan,
    texts: &dyn Texts,
    checkpoint: Option<&Checkpoint>,
    report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ask: impl FnOnce(&Vocabulary) -> Result<A>,
) -> Result<Trained<A>> {
    plan.check()?;
    let vocabulary = Vocabulary::of(texts, plan.min_count)?;
    if vocabulary.is_empty() {
        let expected = format!("words that occur at least {} times", plan.min_count);
        return Err(Error::value("the texts", expected, "none"));
    }
    let mut state = State {
        options: plan.options.clone(),
        vocabulary: vocabulary.len(),
        tokens: vocabulary.tokens(),
        epoch: 0,
        batches: 0,
        words: 0,
    };
    let asks = ask(&vocabulary)?;
    let before = match checkpoint {
        Some(checkpoint) => checkpoint::read::<State>(&checkpoint.path)?.map(|kept| (checkpoint, kept)),
        None => None,
    };
    let (input, output) = match before {
        Some((checkpoint, (before, input, output))) => {
            let checked = fits(&state, &before, (&input, &output), (asks.rows(), plan.dimension));
            checked.map_err(|differ| checkpoint.of_another(differ))?;
            state = before;
            (Shared::of(&input), Shared::of(&output))
        }
        None => {
            let mut rng = stream(plan.seed, u64::MAX);
            let most = 1.0 / plan.dimension as f32;
            let (inputs, outputs) = asks.rows();
            let input = Shared::drawn(inputs, plan.dimension, || rng.random_range(-most..=most));
            (input, Shared::of(&Array2::zeros((outputs, plan.dimension))))
        }
    };
    let training = Training {
        plan,
        subsample: plan
            .subsample
            .map(|t| Subsample::new(&vocabulary, t))
            .transpose()?,
        words: AtomicU64::new(state.words),
        of: vocabulary.tokens() * plan.epochs as u64,
        cut: texts.cut(),
        vocabulary,
        asks,
        input,
        output,
    };
    training.run(texts, state, checkpoint, report)?;
    Ok(Trained {
        vocabulary: training.vocabulary,
        asks: training.asks,
        input: training.input,
        output: training.output,
    })
}

/// Whether a checkpoint belongs to this training; if not, what was expected and what came.
fn fits(
    now: &State,
    before: &State,
    (input, output): (&Array2<f32>, &Array2<f32>),
    ((inputs, outputs), d): ((usize, usize), usize),
) -> Result<(), (String, String)> {
    let words = |s: &State| {
        format!(
            "texts of {} running words, {} different ones",
            s.tokens, s.vocabulary
        )
    };
    let shapes = (input.dim(), output.dim());
    let expected = ((inputs, d), (outputs, d));
    if before.options != now.options {
        Err((format!("the options {}", now.options), before.options.clone()))
    } else if words(before) != words(now) {
        Err((words(now), words(before)))
    } else if shapes != expected {
        Err((format!("shapes {expected:?}"), format!("{shapes:?}")))
    } else {
        Ok(())
    }
}

/// What all threads share.
struct Training<'a, A> {
    plan: &'a Plan,
    vocabulary: Vocabulary,
    subsample: Option<Subsample>,
    asks: A,
    input: Shared,
    output: Shared,
    /// Running words so far, and of all passes.
    words: AtomicU64,
    of: u64,
    cut: Cut,
}

/// Gives out the batches of a pass, reports, and writes checkpoints.
struct Manager<'a, A> {
    training: &'a Training<'a, A>,
    state: State,
    /// Batches of the pass that were done before.
    done: usize,
    checkpoint: Option<&'a Checkpoint>,
    report: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    words_before: u64,
    start: Instant,
    written: Instant,
    stopped: bool,
}

impl<A: Ask> Desk for Manager<'_, A> {
    type Made = Loss;

    fn wants(&mut self, number: Numbered) -> bool {
        !self.stopped && number.batch >= self.done
    }

    fn done(&mut self, loss: Loss) -> Result<bool> {
        let plan = self.training.plan;
        self.state.words = self.training.words.load(Relaxed);
        // Said before a checkpoint is written: the last one is sound.
        if !loss.sum.is_finite() {
            let what = format!("the losses after {} words", self.state.words);
            let (loss, alpha) = (loss.sum, plan.alpha);
            let got = format!("{loss}; the steps are too long: begin with an alpha below {alpha}");
            return Err(Error::value(what, "finite numbers", got));
        }
        if !self.stopped {
            let progress = Progress {
                epoch: self.state.epoch,
                epochs: plan.epochs,
                words: self.state.words,
                of: self.training.of,
                words_before: self.words_before,
                elapsed: self.start.elapsed(),
                loss: (loss.questions > 0.0).then(|| loss.sum / loss.questions),
            };
            self.stopped = (self.report)(progress).is_break();
        }
        let is_due = |checkpoint: &Checkpoint| self.stopped || self.written.elapsed() >= checkpoint.every;
        Ok(self.checkpoint.is_some_and(is_due))
    }

    fn quiet(&mut self, batches: usize) -> Result<()> {
        self.state.batches = batches;
        self.state.words = self.training.words.load(Relaxed);
        self.written = Instant::now();
        self.write()
    }
}

impl<A> Manager<'_, A> {
    fn write(&self) -> Result<()> {
        let Training { input, output, .. } = self.training;
        match self.checkpoint {
            Some(checkpoint) => {
                checkpoint::write(&checkpoint.path, &self.state, input.matrix(), output.matrix())
            }
            None => Ok(()),
        }
    }
}

impl<A: Ask> Training<'_, A> {
    /// The passes that are left.
    fn run(
        &self,
        texts: &dyn Texts,
        state: State,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<()> {
        let now = Instant::now();
        let mut manager = Manager {
            training: self,
            done: state.batches,
            words_before: state.words,
            state,
            checkpoint,
            report,
            start: now,
            written: now,
            stopped: false,
        };
        while manager.state.epoch < self.plan.epochs && !manager.stopped {
            let epoch = manager.state.epoch;
            let order = (!self.asks.in_order()).then(|| order_of(self.plan.seed, epoch));
            let work = |number: Numbered, batch: &Batch| {
                let mut rng = stream(self.plan.seed, (epoch as u64) << 40 | number.batch as u64);
                self.batch(batch, number.document, &mut rng)
            };
            each_batch(texts, order, &work, &mut manager)?;
            let state = &mut manager.state;
            if !manager.stopped {
                (state.epoch, state.batches, manager.done) = (epoch + 1, 0, 0);
                let tokens = self.vocabulary.tokens() * state.epoch as u64;
                if state.words != tokens {
                    let expected = format!("{tokens} running words after pass {}", state.epoch);
                    return Err(Error::value("the texts", expected, state.words.to_string()));
                }
            }
        }
        if manager.stopped || manager.state.words == manager.words_before {
            return Ok(());
        }
        manager.write()
    }

    /// The step after so many words.
    fn alpha(&self, words: u64) -> f32 {
        let done = words as f64 / self.of.max(1) as f64;
        let (first, last) = (f64::from(self.plan.alpha), f64::from(self.plan.min_alpha));
        (first - (first - last) * done.min(1.0)) as f32
    }

    /// Trains on the documents of a batch, the first of which has the number `document`.
    fn batch(&self, batch: &Batch, document: usize, rng: &mut Rng) -> Loss {
        let mut stepper = Stepper::new(&self.input, &self.output, self.asks.by_mean());
        stepper.alpha = self.alpha(self.words.load(Relaxed));
        let mut kept = Vec::new();
        let mut seen = 0;
        for (i, text) in batch.documents().enumerate() {
            kept.clear();
            self.vocabulary.each_id(text, self.cut, |id| {
                let Some(id) = id else { return };
                seen += 1;
                let keep = (self.subsample.as_ref()).is_none_or(|subsample| {
                    let keep = subsample.keep(id);
                    keep >= 1.0 || rng.random::<f32>() < keep
                });
                if keep {
                    kept.push(id);
                }
            });
            if seen >= WORDS_A_STEP {
                stepper.alpha = self.alpha(self.words.fetch_add(seen, Relaxed) + seen);
                seen = 0;
            }
            self.asks.text(document + i, &kept, rng, &mut stepper);
        }
        stepper.finish();
        self.words.fetch_add(seen, Relaxed);
        stepper.loss
    }
}

/// The seed of the order of a pass.
fn order_of(seed: u64, epoch: usize) -> u64 {
    stream(seed, u64::MAX - 1 - epoch as u64).random()
}
