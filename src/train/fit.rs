//! The loop in which every network learns: epochs of batches of examples, one step of the optimiser for each
//! batch, reports, a checkpoint, and an early stop when the held-out loss no longer falls.
//!
//! An example is a number from 0 on; the given loss knows what it means. Each epoch takes every example once,
//! in a new order, unless a [`BatchSampler`] chooses the batches. Random numbers (the order, and whatever the
//! loss draws) belong to an epoch and a batch. So what comes after a stop is the same as without one, to the
//! last bit.
//!
//! **Early stop** (Prechelt 1998, "Early Stopping, but When?"): after each epoch the held-out loss is
//! measured. If it has had no new best value for `patience` epochs, training ends, with the parameters of its
//! best epoch.

use std::ops::ControlFlow;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::batches::{BatchSampler, checked, shuffled};
use super::checkpoint::Belongs;
use super::saved::{self, Best};
use super::{Adam, Checkpoint, Gradients, Optimiser, OptimiserState, Progress, Schedule};
use crate::nn::{DType, Parameters, Tensor};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// How many batches there are between two reports.
const REPORT: u64 = 50;

/// How a network is trained.
///
/// ```
/// use course::nn::{DType, Device, Init, Parameters, Tensor};
/// use course::train::{Along, Training};
/// // A line through four points: y = 2 x + 1.
/// let (xs, ys) = ([0.0, 1.0, 2.0, 3.0_f32], [1.0, 3.0, 5.0, 7.0_f32]);
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// let mut scope = parameters.scope("");
/// let rng = &mut course::rng::seeded(1);
/// let (a, b) = (scope.parameter("a", 1, Init::Zeros, rng)?, scope.parameter("b", 1, Init::Zeros, rng)?);
/// let training = Training { epochs: 300, batch: 2, learning_rate: 0.1, ..Training::default() };
/// training.fit(&parameters, 4, Along::default(), &|batch, _| {
///     let of = |all: &[f32]| {
///         let numbers: Vec<f32> = batch.iter().map(|&i| all[i as usize]).collect();
///         Tensor::new(numbers, &Device::Cpu)
///     };
///     let y = of(&xs)?.broadcast_mul(&a)?.broadcast_add(&b)?;
///     Ok((y - of(&ys)?)?.sqr()?.mean_all()?)
/// })?;
/// assert!((a.to_vec1::<f32>()?[0] - 2.0).abs() < 1e-2 && (b.to_vec1::<f32>()?[0] - 1.0).abs() < 1e-2);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// How many times training goes through the examples.
    pub epochs: usize,
    /// How many examples a step has.
    pub batch: usize,
    /// At most this many of them are in memory at a time: their gradients are accumulated. None: all.
    pub micro_batch: Option<usize>,
    /// The learning rate when the schedule is 1.
    pub learning_rate: f64,
    /// How the learning rate rises and falls.
    pub schedule: Schedule,
    /// The optimiser, which makes steps from gradients.
    pub optimiser: Optimiser,
    /// A gradient that is longer than this is shortened to it.
    pub clip: Option<f64>,
    /// Training ends after this many epochs without a better held-out loss. None: never.
    pub patience: Option<usize>,
    /// The seed of the order of the examples, and of all that the loss draws.
    pub seed: u64,
}

crate::plot::shown_as_record!(Training);

impl Default for Training {
    /// Three epochs of Adam in batches of 128, with a learning rate that falls from 0.003 to a tenth of it.
    fn default() -> Self {
        Self {
            epochs: 3,
            batch: 128,
            micro_batch: None,
            learning_rate: 3e-3,
            schedule: Schedule::default(),
            optimiser: Optimiser::Adam(Adam::default()),
            clip: None,
            patience: None,
            seed: 1,
        }
    }
}

/// What goes along with training; the default is nothing.
#[derive(Default)]
pub struct Along<'a> {
    /// What is trained, in a word: a checkpoint of anything else is refused.
    pub name: &'a str,
    /// Whatever else training depends on, such as the sizes of the network and a name for the data. A
    /// checkpoint belongs to it.
    pub of: String,
    /// A file to resume from.
    pub checkpoint: Option<&'a Checkpoint>,
    /// Called after some batches. It can end the training; what has been learned is kept.
    pub report: Option<&'a mut dyn FnMut(Progress) -> ControlFlow<()>>,
    /// The loss of examples that are not trained on.
    pub held_out: Option<&'a dyn Fn() -> Result<f64>>,
    /// What chooses the batches. None: chance; [`Training::batch`] has no meaning with a sampler.
    pub sampler: Option<&'a dyn BatchSampler>,
    /// Called with the number of steps so far: before the first step of this run, and after each step.
    pub after_step: Option<&'a mut dyn FnMut(u64) -> Result<()>>,
}

/// The mean loss of some examples, as a single number, with a generator for what is drawn.
pub type LossOf<'a> = &'a dyn Fn(&[u32], &mut Rng) -> Result<Tensor>;

/// How far training is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    epoch: usize,
    /// Batches of the epoch that are done.
    batches: usize,
    /// Steps of the optimiser.
    pub(super) steps: i32,
    /// Whether it ended before the last epoch, because the held-out loss was no longer getting better.
    stopped_early: bool,
    /// The best held-out loss, and the number of epochs since then.
    best: Option<(f64, usize)>,
}

impl Training {
    /// Trains `parameters` on examples 0 to `examples − 1`.
    ///
    /// # Errors
    /// An option is out of range; there is no example; a loss is not finite; errors of the losses; or a
    /// checkpoint cannot be read or written, or belongs to another training.
    pub fn fit(&self, parameters: &Parameters, examples: usize, along: Along, loss: LossOf) -> Result<()> {
        self.check()?;
        if examples == 0 || u32::try_from(examples).is_err() {
            let expected = format!("1 to {}", u32::MAX);
            return Err(Error::value("the number of examples", expected, examples));
        }
        let name = Some(along.name).filter(|name| !name.is_empty());
        let colon = if along.of.is_empty() { "" } else { ": " };
        let sampler = (along.sampler).map_or(String::new(), |s| format!(", {}", s.describe()));
        let data = format!("{examples} examples{colon}{}{sampler}", along.of);
        let belongs = Belongs::new(name.unwrap_or("a network"), self, data)?;
        let mut run = Run {
            training: self,
            parameters,
            examples,
            sampler: along.sampler,
            of_epoch: Vec::new(),
            loss,
            optimiser: self.optimiser.clone().begin(),
            state: State::default(),
            best: Best::new(),
        };
        if let Some(checkpoint) = along.checkpoint
            && let Some((state, kept)) = checkpoint.read::<State>(&belongs)?
        {
            run.best = saved::go_on(&kept, state.steps, parameters, &mut run.optimiser)?;
            run.state = state;
        }
        run.run(along, &belongs)
    }

    /// Checks that the options allow training.
    ///
    /// # Errors
    /// An option is out of range.
    pub fn check(&self) -> Result<()> {
        let counts = [
            ("the number of epochs", Some(self.epochs)),
            ("the batch", Some(self.batch)),
            ("the micro-batch", self.micro_batch),
            ("the patience", self.patience),
        ];
        if let Some((what, _)) = counts.into_iter().find(|(_, n)| *n == Some(0)) {
            return Err(Error::value(what, "1 or more", "0"));
        }
        Error::from_0_to_1("the warm-up", self.schedule.warm_up)?;
        Error::above_0("the learning rate", self.learning_rate)?;
        self.clip
            .map_or(Ok(()), |most| Error::above_0("the limit of the gradient", most))
    }
}

/// Training in progress.
struct Run<'a> {
    training: &'a Training,
    parameters: &'a Parameters,
    examples: usize,
    sampler: Option<&'a dyn BatchSampler>,
    /// How many examples of the epoch are done after so many batches.
    of_epoch: Vec<u64>,
    loss: LossOf<'a>,
    optimiser: OptimiserState,
    state: State,
    /// The parameters when the held-out loss was at its best.
    best: Best,
}

impl Run<'_> {
    fn run(&mut self, mut along: Along, belongs: &Belongs) -> Result<()> {
        let (training, examples) = (self.training, self.examples);
        let of = (training.epochs * examples) as u64;
        let mut batches = self.begin_epoch()?;
        let done_before = self.done();
        if let Some(after) = along.after_step.as_mut() {
            after(self.state.steps as u64)?;
        }
        let (start, mut written, mut since) = (Instant::now(), Instant::now(), (0.0, 0_u64));
        let mut held_out = None;
        while self.state.epoch < training.epochs && !self.state.stopped_early {
            let epoch = self.state.epoch as u64;
            for batch in batches.iter().skip(self.state.batches) {
                let number = (epoch + 1) << 40 | self.state.batches as u64;
                let rng = &mut stream(training.seed, number);
                since.0 += self.step(batch, self.done() as f64 / of as f64, rng)?;
                since.1 += 1;
                self.state.batches += 1;
                if let Some(after) = along.after_step.as_mut() {
                    after(self.state.steps as u64)?;
                }
                let done = self.done();
                let is_measured = self.state.batches == batches.len() && along.held_out.is_some();
                if let Some(measure) = along.held_out.filter(|_| is_measured) {
                    held_out = Some(self.measure(measure()?)?);
                }
                let is_last = done == of || self.state.stopped_early;
                if since.1 < REPORT && !is_last && !is_measured {
                    continue;
                }
                let progress = Progress {
                    epoch: self.state.epoch,
                    epochs: training.epochs,
                    unit: "examples",
                    done,
                    of,
                    done_before,
                    elapsed: start.elapsed(),
                    loss: Some(since.0 / since.1 as f64),
                    held_out,
                    ..Progress::default()
                };
                since = (0.0, 0);
                let stopped = (along.report.as_mut()).is_some_and(|report| report(progress).is_break());
                if is_last && !self.best.is_empty() {
                    saved::put_back(&self.best, self.parameters)?;
                }
                if let Some(checkpoint) = along.checkpoint
                    && (stopped || is_last || written.elapsed() >= checkpoint.every)
                {
                    let tensors = saved::tensors(self.parameters, &self.optimiser, &self.best)?;
                    checkpoint.write(belongs, &self.state, tensors)?;
                    written = Instant::now();
                }
                if stopped || is_last {
                    return Ok(());
                }
            }
            (self.state.epoch, self.state.batches) = (self.state.epoch + 1, 0);
            batches = self.begin_epoch()?;
        }
        Ok(())
    }

    /// The batches of the epoch. With a sampler an epoch may have more or fewer examples than there are; it
    /// counts as all of them nevertheless.
    fn begin_epoch(&mut self) -> Result<Vec<Vec<u32>>> {
        let (examples, all) = (self.examples as u32, self.examples as u64);
        let rng = &mut stream(self.training.seed, u64::MAX - self.state.epoch as u64);
        let batches = match self.sampler {
            None => shuffled(examples, self.training.batch, rng),
            Some(sampler) => checked(sampler, examples, rng)?,
        };
        let total: u64 = batches.iter().map(|b| b.len() as u64).sum();
        let mut so_far = 0;
        self.of_epoch = vec![0];
        for batch in &batches {
            so_far += batch.len() as u64;
            self.of_epoch.push(so_far * all / total);
        }
        Ok(batches)
    }

    /// One step of the optimiser; `done` is the part of the training that is done. Returns the mean loss of
    /// the batch.
    fn step(&mut self, batch: &[u32], done: f64, rng: &mut Rng) -> Result<f64> {
        let micro_batch = self.training.micro_batch.unwrap_or(batch.len());
        let (mut gradients, mut mean) = (Gradients::default(), 0.0);
        for part in batch.chunks(micro_batch) {
            let share = part.len() as f64 / batch.len() as f64;
            let loss = (self.loss)(part, rng)?;
            mean += finite(&loss)? * share;
            gradients.add(Gradients::of(&loss, self.parameters)?, share)?;
        }
        if let Some(most) = self.training.clip {
            gradients.clip(most)?;
        }
        let rate = self.training.learning_rate * self.training.schedule.factor(done);
        self.optimiser.step(self.parameters, &gradients, rate)?;
        self.state.steps = self.optimiser.steps();
        Ok(mean)
    }

    /// Takes the held-out loss after an epoch: keeps the best parameters, and decides whether to stop.
    fn measure(&mut self, loss: f64) -> Result<f64> {
        if !loss.is_finite() {
            return Err(not_finite("the held-out loss", loss));
        }
        if let Some(patience) = self.training.patience {
            match &mut self.state.best {
                Some((best, since)) if loss >= *best => {
                    *since += 1;
                    self.state.stopped_early = *since >= patience;
                }
                best => {
                    *best = Some((loss, 0));
                    self.best = saved::copies(self.parameters)?;
                }
            }
        }
        Ok(loss)
    }

    /// Examples so far, of all epochs.
    fn done(&self) -> u64 {
        let of_epoch = self.of_epoch.get(self.state.batches).copied().unwrap_or_default();
        (self.state.epoch * self.examples) as u64 + of_epoch
    }
}

/// The number of a loss.
fn finite(loss: &Tensor) -> Result<f64> {
    let value = f64::from(loss.to_dtype(DType::F32)?.to_scalar::<f32>()?);
    match value.is_finite() {
        true => Ok(value),
        false => Err(not_finite("the loss", value)),
    }
}

fn not_finite(what: &str, value: f64) -> Error {
    let expected = "a finite number; a smaller learning rate may help";
    Error::value(what, expected, value.to_string())
}
