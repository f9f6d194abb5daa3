//! How a network learns: passes over the places of a text in batches, steps of Adam's, reports and checkpoints.

use std::ops::ControlFlow;
use std::time::Instant;

use candle_core::{DType, Device, Tensor, Var};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};

use super::net::Net;
use super::training::{Checkpoint, Progress, checkpoint};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// Reports come after so many batches.
const REPORT: u64 = 50;

/// What is learned how.
pub(super) struct Lesson<'a> {
    pub(super) net: &'a Net,
    /// All options, as JSON: what a checkpoint belongs to.
    pub(super) options: String,
    /// Words of the vocabulary.
    pub(super) vocabulary: usize,
    /// Places in the text, of which each pass takes every one once, in a new order.
    pub(super) places: usize,
    pub(super) epochs: usize,
    /// Places of a batch.
    pub(super) batch: usize,
    pub(super) rate: f64,
    pub(super) seed: u64,
}

/// How far learning is, and of what.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct State {
    options: String,
    vocabulary: usize,
    places: usize,
    epoch: usize,
    /// Batches of the pass that are done.
    batches: usize,
}

/// The loss of some places, as a single number, with random numbers for what is drawn.
pub(super) type LossOf<'a> = &'a dyn Fn(&[u32], &mut Rng) -> Result<Tensor>;

impl Lesson<'_> {
    /// Goes through all places `epochs` times, a step of Adam's for each batch. `report` is called now and then, and can end it. With a
    /// checkpoint it goes on from what that has. Random numbers belong to a batch, so that what comes after a stop is the same as without.
    pub(super) fn learn(
        &self,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
        loss_of: LossOf,
    ) -> Result<()> {
        let mut state = State {
            options: self.options.clone(),
            vocabulary: self.vocabulary,
            places: self.places,
            epoch: 0,
            batches: 0,
        };
        let mut adam = Adam::new(self.net, self.rate)?;
        if let Some(checkpoint) = checkpoint
            && let Some((before, parameters, moments)) = checkpoint::read::<State>(&checkpoint.path)?
        {
            (state.fits(&before)).map_err(|differ| checkpoint.of_another(differ))?;
            adam.go_on(&parameters, &moments, before.steps(self.batch))?;
            state = before;
        }
        let of = (self.epochs * self.places) as u64;
        let words_before = state.words(self.batch);
        let (start, mut written, mut since) = (Instant::now(), Instant::now(), (0.0, 0_u64));
        while state.epoch < self.epochs {
            let mut order: Vec<u32> = (0..self.places as u32).collect();
            order.shuffle(&mut stream(self.seed, u64::MAX - state.epoch as u64));
            for batch in order.chunks(self.batch).skip(state.batches) {
                let number = (state.epoch as u64 + 1) << 40 | state.batches as u64;
                let loss = loss_of(batch, &mut stream(self.seed, number))?;
                since.0 += adam.step(&loss, state.words(self.batch) as f64 / of as f64)?;
                since.1 += 1;
                state.batches += 1;
                let words = state.words(self.batch);
                if since.1 < REPORT && words < of {
                    continue;
                }
                let progress = Progress {
                    epoch: state.epoch,
                    epochs: self.epochs,
                    words,
                    of,
                    words_before,
                    elapsed: start.elapsed(),
                    loss: Some(since.0 / since.1 as f64),
                };
                since = (0.0, 0);
                let stopped = report(progress).is_break();
                if let Some(checkpoint) = checkpoint
                    && (stopped || words == of || written.elapsed() >= checkpoint.every)
                {
                    let (parameters, moments) = adam.numbers()?;
                    checkpoint::write(&checkpoint.path, &state, parameters, moments)?;
                    written = Instant::now();
                }
                if stopped {
                    return Ok(());
                }
            }
            (state.epoch, state.batches) = (state.epoch + 1, 0);
        }
        Ok(())
    }
}

impl State {
    /// Whether both belong to the same training; if not, what was expected and what came.
    fn fits(&self, before: &Self) -> Result<(), (String, String)> {
        let texts = |s: &Self| format!("{} words and {} places in the text", s.vocabulary, s.places);
        if before.options != self.options {
            Err((format!("the options {}", self.options), before.options.clone()))
        } else if texts(before) != texts(self) {
            Err((texts(self), texts(before)))
        } else {
            Ok(())
        }
    }

    /// Places so far, of all passes.
    fn words(&self, batch: usize) -> u64 {
        (self.epoch * self.places + (self.batches * batch).min(self.places)) as u64
    }

    /// Batches so far, of all passes.
    fn steps(&self, batch: usize) -> i32 {
        (self.epoch * self.places.div_ceil(batch) + self.batches) as i32
    }
}

/// Adam (Kingma and Ba 2015), with the rate falling in a line to a tenth. candle has it, too, but keeps its moments to itself, so that
/// it could not go on from a file.
///
/// ```text
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     x ← x − rate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)            t = 1, 2, …
/// ```
pub(super) struct Adam {
    parameters: Vec<Var>,
    /// m and v of each parameter.
    moments: Vec<(Tensor, Tensor)>,
    steps: i32,
    rate: f64,
}

impl Adam {
    const BETA: (f64, f64) = (0.9, 0.999);
    const EPSILON: f64 = 1e-8;

    pub(super) fn new(net: &Net, rate: f64) -> Result<Self> {
        let parameters = net.parameters();
        let moments = parameters.iter().map(|p| Ok((p.zeros_like()?, p.zeros_like()?)));
        Ok(Self {
            moments: moments.collect::<Result<_>>()?,
            parameters,
            steps: 0,
            rate,
        })
    }

    /// One step down `loss`, a single number, which it returns; `done` is the share of the training behind it.
    pub(super) fn step(&mut self, loss: &Tensor, done: f64) -> Result<f64> {
        let value = f64::from(loss.to_dtype(DType::F32)?.to_scalar::<f32>()?);
        if !value.is_finite() {
            let expected = "a finite number; a smaller rate may help";
            return Err(Error::value("the loss", expected, value.to_string()));
        }
        let gradients = loss.backward()?;
        self.steps += 1;
        let ((b1, b2), rate) = (Self::BETA, self.rate * (1.0 - 0.9 * done));
        let (m_scale, v_scale) = (
            1.0 / (1.0 - b1.powi(self.steps)),
            1.0 / (1.0 - b2.powi(self.steps)),
        );
        for (x, (m, v)) in self.parameters.iter().zip(&mut self.moments) {
            let Some(g) = gradients.get(x) else { continue };
            *m = ((&*m * b1)? + (g * (1.0 - b1))?)?;
            *v = ((&*v * b2)? + (g.sqr()? * (1.0 - b2))?)?;
            let by = ((&*m * m_scale)? / ((&*v * v_scale)?.sqrt()? + Self::EPSILON)?)?;
            x.set(&(x.as_tensor() - (by * rate)?)?)?;
        }
        Ok(value)
    }

    /// All parameters one after the other, `(1, n)`, and their moments, m above v, `(2, n)`.
    fn numbers(&self) -> Result<(Array2<f32>, Array2<f32>)> {
        let row = |tensors: &mut dyn Iterator<Item = &Tensor>| -> Result<Vec<f32>> {
            let mut all = Vec::new();
            for tensor in tensors {
                all.extend(tensor.flatten_all()?.to_dtype(DType::F32)?.to_vec1::<f32>()?);
            }
            Ok(all)
        };
        let x = row(&mut self.parameters.iter().map(|x| x.as_tensor()))?;
        let m = row(&mut self.moments.iter().map(|(m, _)| m))?;
        let v = row(&mut self.moments.iter().map(|(_, v)| v))?;
        let n = x.len();
        let matrix = |numbers: Vec<f32>| {
            Array2::from_shape_vec((numbers.len() / n.max(1), n), numbers)
                .map_err(|e| Error::shape("the network", n.to_string(), e.to_string()))
        };
        Ok((matrix(x)?, matrix([m, v].concat())?))
    }

    /// Takes over what [`numbers`](Self::numbers) gave after so many steps.
    fn go_on(&mut self, parameters: &Array2<f32>, moments: &Array2<f32>, steps: i32) -> Result<()> {
        let n: usize = self.parameters.iter().map(|x| x.elem_count()).sum();
        if parameters.dim() != (1, n) || moments.dim() != (2, n) {
            let got = format!("{:?} and {:?}", parameters.dim(), moments.dim());
            return Err(Error::shape(
                "the checkpoint",
                format!("(1, {n}) and (2, {n})"),
                got,
            ));
        }
        let mut from = 0;
        for (x, (m, v)) in self.parameters.iter().zip(&mut self.moments) {
            let to = from + x.elem_count();
            let part = |numbers: &Array2<f32>, row: usize| -> Result<Tensor> {
                let numbers: Vec<f32> = numbers
                    .row(row)
                    .iter()
                    .skip(from)
                    .take(to - from)
                    .copied()
                    .collect();
                Ok(Tensor::from_vec(numbers, x.shape(), &Device::Cpu)?.to_dtype(x.dtype())?)
            };
            x.set(&part(parameters, 0)?)?;
            (*m, *v) = (part(moments, 0)?, part(moments, 1)?);
            from = to;
        }
        self.steps = steps;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::net::{Sizes, windows};
    use crate::rng::seeded;

    /// The first step of Adam's is the rate along the sign of the gradient, whatever its size; and what candle's own makes of twenty
    /// steps is the same.
    #[test]
    fn adam_is_candles() {
        use candle_nn::optim::{AdamW, Optimizer as _, ParamsAdamW};
        let sizes = Sizes {
            rows: 3,
            dimension: 2,
            window: 1,
            hidden: 2,
            outputs: 3,
            direct: true,
        };
        let nets = [(); 2].map(|()| Net::new(sizes, DType::F64, &mut seeded(4)).unwrap());
        let loss = |net: &Net| {
            let y = net.outputs(&windows(vec![0, 1, 2], 1).unwrap()).unwrap();
            (y - 1.0).unwrap().sqr().unwrap().mean_all().unwrap()
        };
        let settings = ParamsAdamW {
            lr: 0.01,
            weight_decay: 0.0,
            ..ParamsAdamW::default()
        };
        let mut candles = AdamW::new(nets[0].parameters(), settings).unwrap();
        let mut ours = Adam::new(&nets[1], 0.01).unwrap();
        let all = |net: &Net| -> Vec<f64> {
            let parameters = net.parameters();
            let numbers = parameters
                .iter()
                .map(|p| p.flatten_all().unwrap().to_vec1::<f64>().unwrap());
            numbers.flatten().collect()
        };
        let before = all(&nets[1]);
        for step in 0..20 {
            candles.backward_step(&loss(&nets[0])).unwrap();
            ours.step(&loss(&nets[1]), 0.0).unwrap();
            let now = all(&nets[1]);
            if step == 0 {
                let moves = before.iter().zip(&now).map(|(a, b)| (a - b).abs());
                assert!(moves.into_iter().all(|by| by == 0.0 || (by - 0.01).abs() < 1e-5));
            }
            let difference = all(&nets[0])
                .iter()
                .zip(&now)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f64::max);
            assert!(difference < 1e-12, "{step}: {difference}");
        }
    }
}
