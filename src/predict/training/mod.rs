//! How word2vec, fastText and Doc2Vec are trained. They share the loop over epochs, batches and steps; what a
//! window is made of is up to each method ([`Task`]).
//!
//! Each thread takes a batch of documents and turns it into steps of stochastic gradient descent. The
//! documents of each epoch come in a new random order (see [`Texts::each_mixed`]). The learning rate `α`
//! falls in a line from its first value to its last. Each batch has random numbers of its own, whichever
//! thread works on it.

mod by_mean;
pub(crate) mod checkpoint;
mod examples;
mod products;
mod progress;
mod step;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use ndarray::Array2;
use rand::Rng as _;
use serde::Serialize;

pub use checkpoint::Checkpoint;
pub use progress::{Progress, show_progress};
pub(crate) use step::Sgd;

use self::checkpoint::State;
use self::step::Loss;
use super::shared::Shared;
use crate::corpus::{Batch, Cut, Numbered, Subsample, Supervise, Texts, Vocabulary, each_batch};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// The learning rate is lowered after each so many tokens, as in the original program.
const TOKENS_A_RATE: u64 = 10_000;

/// The options that all methods have in common.
pub(crate) struct Plan {
    pub(crate) dimension: usize,
    pub(crate) min_count: u64,
    pub(crate) subsample: Option<f64>,
    pub(crate) epochs: usize,
    pub(crate) learning_rate: f32,
    pub(crate) min_learning_rate: f32,
    pub(crate) seed: u64,
    /// All options of the method, as JSON, by which a checkpoint is recognised.
    pub(crate) options: String,
}

impl Plan {
    pub(crate) fn check(&self) -> Result<()> {
        at_least_one("the dimension", self.dimension)?;
        at_least_one("the number of epochs", self.epochs)?;
        let (first, last) = (self.learning_rate, self.min_learning_rate);
        if first.is_finite() && first > 0.0 && (0.0..=first).contains(&last) {
            return Ok(());
        }
        let expected = "a number above 0, and min_learning_rate from 0 to it";
        Err(Error::value(
            "the learning rate",
            expected,
            format!("{first} and {last}"),
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

/// What is particular to a method: how it turns a document into windows.
pub(crate) trait Task: Sync {
    /// How many rows the inputs have, and how many the outputs.
    fn rows(&self) -> (usize, usize);

    /// Whether a window is scored by the mean of its inputs, and not input by input.
    fn by_mean(&self) -> bool;

    /// Whether the documents must come in order. They must if each has a row of its own.
    fn in_order(&self) -> bool {
        false
    }

    /// Trains on the words of document number `document` of this epoch.
    fn document(&self, document: usize, words: &[u32], rng: &mut Rng, sgd: &mut Sgd);
}

/// The result of training.
pub(crate) struct Trained<T> {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) task: T,
    pub(crate) input: Shared,
    pub(crate) output: Shared,
}

/// Counts the words, lets `task` make the task, and trains for all epochs. `report` is called after each
/// batch and can stop the training: batches that have begun are finished, and what has been learned is kept.
pub(crate) fn train<T: Task>(
    plan: &Plan,
    texts: &dyn Texts,
    checkpoint: Option<&Checkpoint>,
    report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    task: impl FnOnce(&Vocabulary) -> Result<T>,
) -> Result<Trained<T>> {
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
    let task = task(&vocabulary)?;
    let before = match checkpoint {
        Some(checkpoint) => checkpoint::read::<State>(&checkpoint.path)?.map(|kept| (checkpoint, kept)),
        None => None,
    };
    let (input, output) = match before {
        Some((checkpoint, (before, input, output))) => {
            let checked = fits(&state, &before, (&input, &output), (task.rows(), plan.dimension));
            checked.map_err(|differ| checkpoint.of_another(differ))?;
            state = before;
            (Shared::of(&input), Shared::of(&output))
        }
        None => {
            let mut rng = stream(plan.seed, u64::MAX);
            let most = 1.0 / plan.dimension as f32;
            let (inputs, outputs) = task.rows();
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
        task,
        input,
        output,
    };
    training.run(texts, state, checkpoint, report)?;
    Ok(Trained {
        vocabulary: training.vocabulary,
        task: training.task,
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
    let words = |s: &State| format!("texts of {} tokens, {} different words", s.tokens, s.vocabulary);
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
struct Training<'a, T> {
    plan: &'a Plan,
    vocabulary: Vocabulary,
    subsample: Option<Subsample>,
    task: T,
    input: Shared,
    output: Shared,
    /// Tokens so far, and of all epochs.
    words: AtomicU64,
    of: u64,
    cut: Cut,
}

/// Watches over the batches of an epoch: which ones are due, what to report, when to write a checkpoint.
struct Supervisor<'a, T> {
    training: &'a Training<'a, T>,
    state: State,
    /// Batches of the epoch that an earlier run has done.
    done: usize,
    checkpoint: Option<&'a Checkpoint>,
    report: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    words_before: u64,
    start: Instant,
    written: Instant,
    stopped: bool,
}

impl<T: Task> Supervise for Supervisor<'_, T> {
    type Made = Loss;

    fn wants(&mut self, number: Numbered) -> bool {
        !self.stopped && number.batch >= self.done
    }

    fn done(&mut self, loss: Loss) -> Result<bool> {
        let plan = self.training.plan;
        self.state.words = self.training.words.load(Relaxed);
        // Checked before a checkpoint is written, so that the last one is sound.
        if !loss.sum.is_finite() {
            let what = format!("the losses after {} tokens", self.state.words);
            let (loss, rate) = (loss.sum, plan.learning_rate);
            let got = format!("{loss}; begin with a learning rate below {rate}");
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
                loss: (loss.targets > 0.0).then(|| loss.sum / loss.targets),
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

impl<T> Supervisor<'_, T> {
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

impl<T: Task> Training<'_, T> {
    /// Trains for the epochs that are left.
    fn run(
        &self,
        texts: &dyn Texts,
        state: State,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<()> {
        let now = Instant::now();
        let mut supervisor = Supervisor {
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
        while supervisor.state.epoch < self.plan.epochs && !supervisor.stopped {
            let epoch = supervisor.state.epoch;
            let order = (!self.task.in_order()).then(|| order_of(self.plan.seed, epoch));
            let work = |number: Numbered, batch: &Batch| {
                let mut rng = stream(self.plan.seed, (epoch as u64) << 40 | number.batch as u64);
                self.batch(batch, number.document, &mut rng)
            };
            each_batch(texts, order, &work, &mut supervisor)?;
            let state = &mut supervisor.state;
            if !supervisor.stopped {
                (state.epoch, state.batches, supervisor.done) = (epoch + 1, 0, 0);
                let tokens = self.vocabulary.tokens() * state.epoch as u64;
                if state.words != tokens {
                    let expected = format!("{tokens} tokens after epoch {}", state.epoch);
                    return Err(Error::value("the texts", expected, state.words.to_string()));
                }
            }
        }
        if supervisor.stopped || supervisor.state.words == supervisor.words_before {
            return Ok(());
        }
        supervisor.write()
    }

    /// The learning rate after so many tokens.
    fn learning_rate(&self, words: u64) -> f32 {
        let done = words as f64 / self.of.max(1) as f64;
        let first = f64::from(self.plan.learning_rate);
        let last = f64::from(self.plan.min_learning_rate);
        (first - (first - last) * done.min(1.0)) as f32
    }

    /// Trains on the documents of a batch. The first one has the number `document`.
    fn batch(&self, batch: &Batch, document: usize, rng: &mut Rng) -> Loss {
        let mut sgd = Sgd::new(&self.input, &self.output, self.task.by_mean());
        sgd.learning_rate = self.learning_rate(self.words.load(Relaxed));
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
            if seen >= TOKENS_A_RATE {
                sgd.learning_rate = self.learning_rate(self.words.fetch_add(seen, Relaxed) + seen);
                seen = 0;
            }
            self.task.document(document + i, &kept, rng, &mut sgd);
        }
        sgd.finish();
        self.words.fetch_add(seen, Relaxed);
        sgd.loss
    }
}

/// The seed of the order of documents in an epoch.
fn order_of(seed: u64, epoch: usize) -> u64 {
    stream(seed, u64::MAX - 1 - epoch as u64).random()
}
