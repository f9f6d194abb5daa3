//! The network that looks at a window of words: NNLM, Collobert and Weston's, and the tagger are this one with different outputs.
//!
//! ```text
//!     x = [C(w₁); C(w₂); …; C(wₖ)]            the rows of the window's words in a table C, one behind the other
//!     y = c + U tanh(b + H x)  (+ W x)        W, direct connections, only where they are asked for
//! ```
//!
//! Shapes: ids `(n, k)`, C `(rows, d)`, x `(n, k·d)`, H `(k·d, h)`, U `(outputs, h)`, W `(outputs, k·d)`, y `(n, outputs)`. The network learns
//! C with all the rest: what it finds useful to know of a word is the word's vector. On candle, which also has the gradients. c is a
//! last column of U, against a hidden unit that is always 1: adding it to y by itself would take as long as the product.

use std::ops::ControlFlow;
use std::time::Instant;

use candle_core::{DType, Device, Tensor, Var};
use ndarray::Array2;
use rand::Rng as _;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};

use super::training::{Checkpoint, Progress, checkpoint};
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// What candle says, as this library's error.
impl From<candle_core::Error> for Error {
    fn from(e: candle_core::Error) -> Self {
        Error::value("a network", "tensors that fit together", e.to_string())
    }
}

/// How large the parts are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Rows of the table.
    pub(super) rows: usize,
    /// Numbers of a row.
    pub(super) dimension: usize,
    /// Words of a window.
    pub(super) window: usize,
    pub(super) hidden: usize,
    pub(super) outputs: usize,
    pub(super) direct: bool,
}

/// C, H, b, U with c, and W. It is moved by an optimiser, not copied: a clone shares them.
#[derive(Clone, Debug)]
pub(super) struct Net {
    pub(super) table: Var,
    to_hidden: Var,
    hidden_bias: Var,
    /// `(outputs, h + 1)`.
    pub(super) from_hidden: Var,
    pub(super) direct: Option<Var>,
}

impl Net {
    /// Drawn evenly from −1/√n to 1/√n, n being the numbers that go into a unit; the rows of the table from −0.1 to
    /// 0.1, so that soon most of a vector is what it has learned; biases are 0.
    pub(super) fn new(sizes: Sizes, dtype: DType, rng: &mut Rng) -> Result<Self> {
        let mut draw = |rows: usize, columns: usize, most: f64| -> Result<Var> {
            let numbers: Vec<f64> = (0..rows * columns)
                .map(|_| rng.random_range(-most..=most))
                .collect();
            let tensor = Tensor::from_vec(numbers, (rows, columns), &Device::Cpu)?.to_dtype(dtype)?;
            Ok(Var::from_tensor(&tensor)?)
        };
        let wide = sizes.window * sizes.dimension;
        let root = |n: usize| 1.0 / (n.max(1) as f64).sqrt();
        let (table, to_hidden) = (
            draw(sizes.rows, sizes.dimension, 0.1)?,
            draw(wide, sizes.hidden, root(wide))?,
        );
        let from_hidden = draw(sizes.outputs, sizes.hidden + 1, root(sizes.hidden))?;
        let direct = sizes
            .direct
            .then(|| draw(sizes.outputs, wide, root(wide)))
            .transpose()?;
        let net = Self {
            table,
            to_hidden,
            hidden_bias: Var::zeros(sizes.hidden, dtype, &Device::Cpu)?,
            from_hidden,
            direct,
        };
        net.set_output_bias(&vec![0.0; sizes.outputs])?;
        Ok(net)
    }

    /// c.
    pub(super) fn set_output_bias(&self, bias: &[f64]) -> Result<()> {
        let bias = Tensor::new(bias, &Device::Cpu)?
            .unsqueeze(1)?
            .to_dtype(self.table.dtype())?;
        let h = self.from_hidden.dim(1)? - 1;
        let weights = self.from_hidden.narrow(1, 0, h)?;
        Ok(self.from_hidden.set(&Tensor::cat(&[&weights, &bias], 1)?)?)
    }

    pub(super) fn parameters(&self) -> Vec<Var> {
        let Self {
            table,
            to_hidden,
            hidden_bias,
            from_hidden,
            direct,
        } = self.clone();
        let mut all = vec![table, to_hidden, hidden_bias, from_hidden];
        all.extend(direct);
        all
    }

    /// x and the hidden units of windows, `(n, k·d)` and `(n, h + 1)`.
    pub(super) fn hidden(&self, ids: &Tensor) -> Result<(Tensor, Tensor)> {
        let n = ids.dim(0)?;
        let x = self
            .table
            .index_select(&ids.flatten_all()?, 0)?
            .reshape((n, ()))?;
        let hidden = x
            .matmul(&self.to_hidden)?
            .broadcast_add(&self.hidden_bias)?
            .tanh()?;
        let ones = Tensor::ones((n, 1), x.dtype(), &Device::Cpu)?;
        Ok((x, Tensor::cat(&[hidden, ones], 1)?))
    }

    /// y for all outputs, `(n, outputs)`.
    pub(super) fn outputs(&self, ids: &Tensor) -> Result<Tensor> {
        let (x, hidden) = self.hidden(ids)?;
        let y = hidden.matmul(&self.from_hidden.t()?)?;
        match &self.direct {
            Some(direct) => Ok((y + x.matmul(&direct.t()?)?)?),
            None => Ok(y),
        }
    }

    /// How many words a window has.
    pub(super) fn window(&self) -> Result<usize> {
        Ok(self.to_hidden.dim(0)? / self.table.dim(1)?)
    }

    /// Puts vectors into the first rows of the table.
    pub(super) fn take_over(&self, vectors: &Array2<f32>) -> Result<()> {
        let ((n, d), rows) = (vectors.dim(), self.table.dim(0)?);
        let numbers: Vec<f32> = vectors.iter().copied().collect();
        let first = Tensor::from_vec(numbers, (n, d), &Device::Cpu)?.to_dtype(self.table.dtype())?;
        let rest = self.table.narrow(0, n, rows - n)?;
        Ok(self.table.set(&Tensor::cat(&[&first, &rest], 0)?)?)
    }

    /// The first `n` rows of the table.
    pub(super) fn vectors(&self, n: usize) -> Result<Array2<f32>> {
        let rows = self.table.narrow(0, 0, n)?.to_dtype(DType::F32)?;
        let (n, d) = rows.dims2()?;
        let numbers = rows.flatten_all()?.to_vec1::<f32>()?;
        Array2::from_shape_vec((n, d), numbers)
            .map_err(|e| Error::shape("the table", format!("{n} by {d}"), e.to_string()))
    }
}

/// Windows of `k` ids each as a tensor `(n, k)`.
pub(super) fn windows(ids: Vec<u32>, k: usize) -> Result<Tensor> {
    let n = ids.len() / k;
    Ok(Tensor::from_vec(ids, (n, k), &Device::Cpu)?)
}

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
            state.fits(&before).map_err(|(expected, got)| {
                let what = format!("the checkpoint {}", checkpoint.path.display());
                Error::value(what, expected, format!("{got}; remove the file to begin anew"))
            })?;
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

/// The gradients of `loss` against central differences, for every number of the network, which is in `f64`.
#[cfg(test)]
pub(super) fn check_gradients(net: &Net, loss: &dyn Fn() -> Result<Tensor>) {
    const H: f64 = 1e-5;
    let gradients = loss().unwrap().backward().unwrap();
    let value = || loss().unwrap().to_scalar::<f64>().unwrap();
    let mut moved = 0;
    for variable in net.parameters() {
        let shape = variable.shape().clone();
        let numbers: Vec<f64> = variable.flatten_all().unwrap().to_vec1().unwrap();
        let gradient: Vec<f64> = match gradients.get(&variable) {
            Some(gradient) => gradient.flatten_all().unwrap().to_vec1().unwrap(),
            None => vec![0.0; numbers.len()],
        };
        let set = |numbers: &[f64]| {
            let tensor = Tensor::from_vec(numbers.to_vec(), shape.clone(), &Device::Cpu).unwrap();
            variable.set(&tensor).unwrap();
        };
        for (i, gradient) in gradient.into_iter().enumerate() {
            let mut near = numbers.clone();
            near[i] = numbers[i] + H;
            set(&near);
            let up = value();
            near[i] = numbers[i] - H;
            set(&near);
            let differences = (up - value()) / (2.0 * H);
            assert!(
                (gradient - differences).abs() < 1e-8,
                "{shape:?} {i}: {gradient} {differences}"
            );
            moved += usize::from(gradient.abs() > 1e-6);
        }
        set(&numbers);
    }
    assert!(moved > 10, "nearly all gradients are 0");
}

#[cfg(test)]
mod tests {
    use super::*;
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

    /// On paper: a table of two rows, a window of two words, one hidden unit, two outputs.
    #[test]
    fn the_outputs_on_paper() {
        let sizes = Sizes {
            rows: 2,
            dimension: 1,
            window: 2,
            hidden: 1,
            outputs: 2,
            direct: true,
        };
        let net = Net::new(sizes, DType::F64, &mut seeded(1)).unwrap();
        let set = |variable: &Var, numbers: &[f64]| {
            let shape = variable.shape().clone();
            variable
                .set(&Tensor::from_vec(numbers.to_vec(), shape, &Device::Cpu).unwrap())
                .unwrap();
        };
        set(&net.table, &[1.0, 2.0]);
        set(&net.to_hidden, &[1.0, -1.0]);
        set(&net.hidden_bias, &[1.0]);
        set(&net.from_hidden, &[1.0, 0.0, 3.0, 10.0]);
        set(net.direct.as_ref().unwrap(), &[0.0, 1.0, 0.0, 0.0]);
        // x = (1, 2), tanh(1 + 1 − 2) = 0: y = (0 + 2, 10). x = (2, 1), tanh(2) = t: y = (t + 1, 3t + 10).
        let y = net.outputs(&windows(vec![0, 1, 1, 0], 2).unwrap()).unwrap();
        let t = 2.0_f64.tanh();
        assert_eq!(
            y.to_vec2::<f64>().unwrap(),
            [[2.0, 10.0], [t + 1.0, 3.0 * t + 10.0]]
        );
    }
}
