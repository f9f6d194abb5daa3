//! How word2vec, fastText and Doc2Vec are trained. They share the loop over epochs, batches and steps; each
//! method decides what a window is made of ([`Task`]).
//!
//! Each thread takes a batch of documents and turns it into steps of stochastic gradient descent. The
//! documents of each epoch come in a new random order (see [`Texts::each_mixed`]). The learning rate `α`
//! falls linearly from its first value to its last. Each batch has its own random numbers, whichever thread
//! works on it.
//!
//! **What made it fast**, on the corpus of `benches/`: one draw of noise for the four or eight windows of a
//! step; matrix rows that begin where a cache line begins; fetching the rows of a step while the step before
//! it is computed, for which `shared.rs` has one `unsafe` prefetch; and sums over lists for windows that are
//! scored by their mean, where a matrix product would multiply by zeros. Together they took CBOW from 12.9 to
//! 7.4 seconds of processor time.
//!
//! **How large a step is** changes little. Agreement with WordSim over six seeds was .423 for 4 windows, .440
//! for 8 and .429 for 16; from seed to seed it varies by .009 (gensim's own from .425 to .443).
//!
//! **A checkpoint is sound.** Before one is written, all batches that have begun are finished. If the loss is
//! no longer finite, training ends without writing one.

mod by_mean;
mod examples;
mod products;
mod step;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use ndarray::Array2;
use rand::Rng as _;
use serde::{Deserialize, Serialize};

pub(crate) use step::Sgd;

use self::step::Loss;
use super::shared::Shared;
use crate::corpus::{Batch, Cut, Numbered, Subsample, Supervise, Texts, Vocabulary, each_batch};
use crate::rng::{Rng, stream};
use crate::train::checkpoint::{Belongs, Tensors};
use crate::train::{Checkpoint, Progress};
use crate::{Error, Result};

/// The learning rate is lowered each time after this many tokens, as in the original program.
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
    /// The method and all its options as JSON; a checkpoint is recognised by them.
    pub(crate) method: &'static str,
    pub(crate) options: String,
}

/// The plan of a method with these options, which have its fields among theirs.
macro_rules! plan {
    ($method:literal, $options:expr) => {
        $crate::predict::training::Plan {
            dimension: $options.dimension,
            min_count: $options.min_count,
            subsample: $options.subsample,
            epochs: $options.epochs,
            learning_rate: $options.learning_rate,
            min_learning_rate: $options.min_learning_rate,
            seed: $options.seed,
            method: $method,
            options: $crate::train::checkpoint::as_json($options)?,
        }
    };
}

pub(crate) use plan;

impl Plan {
    pub(crate) fn check(&self) -> Result<()> {
        Error::at_least(1, "the dimension", self.dimension)?;
        Error::at_least(1, "the number of epochs", self.epochs)?;
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

/// The words before and after position `at`, within a window of a random width from 1 to `window`.
#[inline]
pub(crate) fn around<'a>(
    words: &'a [u32],
    at: usize,
    window: usize,
    rng: &mut Rng,
) -> (&'a [u32], &'a [u32]) {
    let width = rng.random_range(1..=window as u32) as usize;
    let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
    (&words[from..at], &words[at + 1..to])
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
    let (tokens, words) = (vocabulary.tokens(), vocabulary.len());
    let belongs = Belongs {
        training: plan.method.to_owned(),
        options: plan.options.clone(),
        data: format!("texts of {tokens} tokens, {words} different words"),
    };
    let task = task(&vocabulary)?;
    let (inputs, outputs) = task.rows();
    let before = match checkpoint {
        Some(checkpoint) => checkpoint.read::<State>(&belongs)?,
        None => None,
    };
    let (state, input, output) = match before {
        Some((state, kept)) => {
            let input = kept.matrix("input", (inputs, plan.dimension))?;
            let output = kept.matrix("output", (outputs, plan.dimension))?;
            (state, Shared::of(&input), Shared::of(&output))
        }
        None => {
            let mut rng = stream(plan.seed, u64::MAX);
            let most = 1.0 / plan.dimension as f32;
            let input = Shared::drawn(inputs, plan.dimension, || rng.random_range(-most..=most));
            let output = Shared::of(&Array2::zeros((outputs, plan.dimension)));
            (State::default(), input, output)
        }
    };
    let training = Training {
        plan,
        subsample: plan
            .subsample
            .map(|t| Subsample::new(&vocabulary, t))
            .transpose()?,
        belongs,
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

/// How far training is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct State {
    epoch: usize,
    /// Batches of the epoch that are done.
    batches: usize,
    /// Tokens so far.
    words: u64,
}

/// What all threads share.
struct Training<'a, T> {
    plan: &'a Plan,
    belongs: Belongs,
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
                done: self.state.words,
                of: self.training.of,
                done_before: self.words_before,
                elapsed: self.start.elapsed(),
                loss: (loss.targets > 0.0).then(|| loss.sum / loss.targets),
                ..Progress::default()
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
        let Some(checkpoint) = self.checkpoint else {
            return Ok(());
        };
        let mut tensors = Tensors::default();
        tensors.put_matrix("input", &self.training.input.matrix());
        tensors.put_matrix("output", &self.training.output.matrix());
        checkpoint.write(&self.training.belongs, &self.state, tensors)
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
                    return Err(Error::value("the texts", expected, state.words));
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
