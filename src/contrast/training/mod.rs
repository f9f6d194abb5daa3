//! Training an encoder by a loss that compares: labels or pairs in, what was learned out, with evaluation and
//! frames of a film as it goes. The steps are those of [`Training`]; here is what makes its examples.
//!
//! ```text
//!     labels      a batch of examples  →  vectors (n, d)                   →  loss(vectors, labels)
//!     pairs       a batch of pairs     →  two matrices (n, d) row by row   →  loss(anchors, positives)
//! ```
//!
//! The loss is a function, and can be any of [`loss::tensors`](crate::loss::tensors), with a miner or
//! without, or one's own. It may draw from the generator that it is given. All that is random follows from
//! the seed; training that was stopped or killed goes on from a checkpoint to the same bytes. (The record of
//! what was measured begins anew then: it is not in the checkpoint.)
//!
//! A [`micro_batch`](Training::micro_batch) would change what is compared with what, so it is refused: a
//! batch that does not fit into memory needs cached gradients.
//!
//! Cost: the encoder's, and for each evaluation O(n² d) for the n examples that are evaluated.

mod examples;
mod history;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::ops::ControlFlow;

use ndarray::Array2;

pub use examples::{Batches, Labelled, Paired};
pub use history::{History, Moment};

use super::{
    ByClass, Encoder, WithoutDuplicates, geometry, geometry_of_pairs, retrieval, retrieval_of_pairs,
};
use crate::embeddings::spearman;
use crate::loss::Distance;
use crate::nn::{DType, Parameters, Tensor};
use crate::rng::Rng;
use crate::train::{Along, BatchSampler, Progress, Training};
use crate::{Error, Result};

/// How an encoder is trained, and what is recorded.
///
/// ```
/// use course::contrast::{Contrast, Labelled, VectorTable};
/// use course::nn::{DType, Device, Init, Parameters, Tensor};
/// use course::rng::seeded;
/// use course::train::{Along, Training};
/// // Twelve points of three classes; the loss is the lecture's first: all of a class to one place.
/// let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
/// let start = Init::Normal(1.0);
/// let points = VectorTable::new(parameters.scope("points"), 12, 2, start, &mut seeded(1))?;
/// let data = Labelled::new((0..12).map(|i| i / 4));
/// let contrast = Contrast {
///     training: Training { epochs: 60, batch: 12, learning_rate: 0.1, ..Training::default() },
///     film: Some(20),
///     ..Contrast::default()
/// };
/// let history = contrast.on_labels(&parameters, &points, &data, Along::default(), &|x, labels, _| {
///     let x = x.broadcast_sub(&x.mean_keepdim(0)?)?;
///     let same = |i: usize, j: usize| if labels[i] == labels[j] { 1_f32 } else { -0.1 };
///     let n = labels.len();
///     let same: Vec<f32> = (0..n * n).map(|k| same(k / n, k % n)).collect();
///     let products = x.matmul(&x.t()?)?;
///     let pull = (products * Tensor::from_vec(same, (n, n), &Device::Cpu)?)?;
///     Ok((x.sqr()?.sum_all()? - (pull.sum_all()? * 0.1)?)?)
/// })?;
/// assert_eq!(history.frames().len(), 4); // after 0, 20, 40 and 60 steps
/// assert_eq!(history.moments().len(), 2); // before and after
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Epochs, batch, optimiser, seed, …
    pub training: Training,
    /// How batches are chosen.
    pub batches: Batches,
    /// The distance by which neighbours are found in an evaluation.
    pub distance: Distance,
    /// Steps from one evaluation to the next. None: only before the first and after the last.
    pub every: Option<u64>,
    /// Steps from one frame to the next. None: no film.
    pub film: Option<u64>,
}

crate::plot::shown_as_record!(Contrast);

impl Default for Contrast {
    /// [`Training`]'s own settings, batches by chance, cosines, evaluation before and after, no film.
    fn default() -> Self {
        Self {
            training: Training::default(),
            batches: Batches::default(),
            distance: Distance::default(),
            every: None,
            film: None,
        }
    }
}

/// The loss of a batch's vectors, `(n, d)`, with their labels.
pub type LossOfLabels<'a> = &'a dyn Fn(&Tensor, &[u32], &mut Rng) -> Result<Tensor>;
/// The loss of a batch's anchors and positives, two of `(n, d)` row by row.
pub type LossOfPairs<'a> = &'a dyn Fn(&Tensor, &Tensor, &mut Rng) -> Result<Tensor>;

impl Contrast {
    /// Trains on labels. `parameters` are the encoder's, and the loss's own, such as a temperature.
    ///
    /// # Errors
    /// There are not as many labels as the encoder has examples, none is left to train on, no two that are
    /// evaluated have the same label; an option is out of range; as [`Training::fit`].
    pub fn on_labels(
        &self,
        parameters: &Parameters,
        encoder: &dyn Encoder,
        data: &Labelled,
        along: Along,
        loss: LossOfLabels,
    ) -> Result<History> {
        if data.labels.len() != encoder.n_examples() {
            let expected = format!("{}, as the encoder has examples", encoder.n_examples());
            return Err(Error::shape(
                "the labels",
                expected,
                data.labels.len().to_string(),
            ));
        }
        let mut is_held_out = vec![false; data.labels.len()];
        for &i in &data.held_out {
            let Some(out) = is_held_out.get_mut(i as usize) else {
                let expected = format!("below {}", data.labels.len());
                return Err(Error::value(
                    "an example that is held out",
                    expected,
                    i.to_string(),
                ));
            };
            *out = true;
        }
        let all = 0..data.labels.len() as u32;
        let trained: Vec<u32> = all.clone().filter(|&i| !is_held_out[i as usize]).collect();
        let evaluated = if data.held_out.is_empty() {
            all.collect()
        } else {
            data.held_out.clone()
        };
        let (labels, of_evaluated) = (labels_of(&data.labels, &trained), data.evaluated_labels());
        let batch = self.training.batch;
        let sampler: Option<Box<dyn BatchSampler>> = match self.batches {
            Batches::Shuffled => None,
            Batches::WithoutDuplicates => Some(Box::new(WithoutDuplicates::of(&labels, batch)?)),
            Batches::ByClass(0) => return Err(Error::value("the examples of each class", "2 or more", "0")),
            Batches::ByClass(k) => Some(Box::new(ByClass::new(&labels, batch / k, k)?)),
        };
        let measure = |loss: f64, step: u64| -> Result<Moment> {
            let vectors = encoder.vectors(&evaluated)?;
            let found = retrieval(vectors.view(), &of_evaluated, self.distance)?;
            Ok(Moment {
                step,
                loss,
                recall_at_1: found.precision_at_1(),
                recall_at_10: found.recall(10).ok(),
                map_at_r: Some(found.map_at_r()),
                mrr: found.mrr(),
                triplet_accuracy: found.triplet_accuracy(),
                spearman: None,
                geometry: geometry(vectors.view(), &of_evaluated)?,
            })
        };
        let frame = || encoder.vectors(&evaluated);
        let of_batch = |batch: &[u32], rng: &mut Rng| {
            let examples: Vec<u32> = batch.iter().map(|&i| trained[i as usize]).collect();
            loss(
                &encoder.encode(&examples)?,
                &labels_of(&data.labels, &examples),
                rng,
            )
        };
        let watched = Watched {
            measure: &measure,
            frame: &frame,
        };
        self.fit(
            parameters,
            trained.len(),
            along,
            sampler.as_deref(),
            watched,
            &of_batch,
        )
    }

    /// Trains on pairs.
    ///
    /// # Errors
    /// There is no pair, a pair names an example that the encoder does not have; batches by class are asked
    /// for; an option is out of range; as [`Training::fit`].
    pub fn on_pairs(
        &self,
        parameters: &Parameters,
        encoder: &dyn Encoder,
        data: &Paired,
        along: Along,
        loss: LossOfPairs,
    ) -> Result<History> {
        let sampler = match self.batches {
            Batches::Shuffled => None,
            Batches::WithoutDuplicates => {
                Some(WithoutDuplicates::of_pairs(&data.pairs, self.training.batch)?)
            }
            Batches::ByClass(_) => {
                let (expected, got) = ("batches by chance or without duplicates", "batches by class");
                return Err(Error::value("the batches of pairs", expected, got));
            }
        };
        let evaluated = if data.held_out.is_empty() {
            &data.pairs
        } else {
            &data.held_out
        };
        let (left, right): (Vec<u32>, Vec<u32>) = evaluated.iter().copied().unzip();
        let firsts: Vec<u32> = data.graded.iter().map(|pair| pair.0).collect();
        let seconds: Vec<u32> = data.graded.iter().map(|pair| pair.1).collect();
        let grades: Vec<f32> = data.graded.iter().map(|pair| pair.2).collect();
        if let Some(pair) = data.graded.iter().find(|pair| !pair.2.is_finite()) {
            return Err(Error::value("the grade of a pair", "a finite number", pair.2));
        }
        let measure = |loss: f64, step: u64| -> Result<Moment> {
            let (x, y) = (encoder.vectors(&left)?, encoder.vectors(&right)?);
            let found = retrieval_of_pairs(x.view(), y.view(), self.distance)?;
            let (a, b) = (encoder.vectors(&firsts)?, encoder.vectors(&seconds)?);
            let rows = a.outer_iter().zip(b.outer_iter());
            let distances = rows.map(|(a, b)| self.distance.between(&a.to_vec(), &b.to_vec()));
            let similarities: Vec<f32> = distances.map(|d| self.distance.similarity(d)).collect();
            Ok(Moment {
                step,
                loss,
                recall_at_1: found.recall(1)?,
                recall_at_10: found.recall(10).ok(),
                map_at_r: None,
                mrr: found.mrr(),
                triplet_accuracy: found.triplet_accuracy(),
                // Of fewer than two pairs, or in one point, there is no order.
                spearman: spearman(&similarities, &grades).ok().map(f64::from),
                geometry: geometry_of_pairs(x.view(), y.view())?,
            })
        };
        let both = [left.clone(), right.clone()].concat();
        let frame = || encoder.vectors(&both);
        let of_batch = |batch: &[u32], rng: &mut Rng| {
            let (left, right): (Vec<u32>, Vec<u32>) = batch.iter().map(|&i| data.pairs[i as usize]).unzip();
            loss(&encoder.encode(&left)?, &encoder.encode(&right)?, rng)
        };
        let watched = Watched {
            measure: &measure,
            frame: &frame,
        };
        let sampler = sampler.as_ref().map(|s| s as &dyn BatchSampler);
        self.fit(parameters, data.pairs.len(), along, sampler, watched, &of_batch)
    }

    /// The loop of [`Training`], with a record of what happens.
    fn fit(
        &self,
        parameters: &Parameters,
        examples: usize,
        along: Along,
        sampler: Option<&dyn BatchSampler>,
        watched: Watched,
        loss: &dyn Fn(&[u32], &mut Rng) -> Result<Tensor>,
    ) -> Result<History> {
        for (what, steps) in [("an evaluation", self.every), ("a frame of the film", self.film)] {
            if steps == Some(0) {
                return Err(Error::value(format!("the steps to {what}"), "1 or more", "0"));
            }
        }
        if self.training.micro_batch.is_some() {
            let (expected, got) = ("none: it changes what is compared", "a micro-batch");
            return Err(Error::value("the micro-batch of a contrast", expected, got));
        }
        let losses = RefCell::new(Vec::new());
        let recorded = |batch: &[u32], rng: &mut Rng| {
            let loss = loss(batch, rng)?;
            let number = loss.detach().to_dtype(DType::F64)?.to_scalar::<f64>()?;
            losses.borrow_mut().push(number);
            Ok(loss)
        };
        let (mut history, mut first, mut last) = (History::default(), None, 0);
        let Along {
            name,
            of,
            checkpoint,
            mut report,
            held_out,
            sampler: own_sampler,
            mut after_step,
        } = along;
        let mut after = |step: u64| -> Result<()> {
            (first, last) = (first.or(Some(step)), step);
            let is_due =
                |every: Option<u64>| first == Some(step) || every.is_some_and(|n| step.is_multiple_of(n));
            if is_due(self.every) {
                let loss = losses.borrow().last().copied().unwrap_or(f64::NAN);
                history.moments.push((watched.measure)(loss, step)?);
            }
            if self.film.is_some() && is_due(self.film) {
                history.frames.push((step, (watched.frame)()?));
            }
            after_step.as_mut().map_or(Ok(()), |after| after(step))
        };
        let along = Along {
            name: if name.is_empty() { "a contrast" } else { name },
            of,
            checkpoint,
            report: report
                .as_mut()
                .map(|r| &mut **r as &mut dyn FnMut(Progress) -> ControlFlow<()>),
            held_out,
            sampler: own_sampler.or(sampler),
            after_step: Some(&mut after),
        };
        self.training.fit(parameters, examples, along, &recorded)?;
        let losses = losses.into_inner();
        // The end is always there; a training that ended early has the parameters of its best epoch now.
        let is_last = |step: Option<u64>| step == Some(last) && self.training.patience.is_none();
        if !is_last(history.moments.last().map(|m| m.step)) {
            let loss = losses.last().copied().unwrap_or(f64::NAN);
            history.moments.push((watched.measure)(loss, last)?);
        }
        if self.film.is_some() && !is_last(history.frames.last().map(|frame| frame.0)) {
            history.frames.push((last, (watched.frame)()?));
        }
        history.losses = (first.unwrap_or_default()..).zip(losses).collect();
        Ok(history)
    }
}

/// What is recorded: a measure of the encoder, for a loss and a step, and a frame of the film.
#[derive(Clone, Copy)]
struct Watched<'a> {
    measure: &'a dyn Fn(f64, u64) -> Result<Moment>,
    frame: &'a dyn Fn() -> Result<Array2<f32>>,
}

fn labels_of(labels: &[u32], examples: &[u32]) -> Vec<u32> {
    examples.iter().map(|&i| labels[i as usize]).collect()
}
