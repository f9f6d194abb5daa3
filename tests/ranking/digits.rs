//! Digits as vectors of 8 numbers: the same encoder with the same weights, batches and steps as in
//! tests/oracles/ranking_digits.py, trained with ours of each loss. The first losses are the peer's, and the
//! accuracy is the peer's within what seeds vary.

use std::collections::BTreeMap;

use course::Result;
use course::data::digits::{self, PIXELS};
use course::loss::{Distance, tensors};
use course::nn::{DType, Device, Init, Linear, Parameters, Tensor};
use course::rng::seeded;
use course::train::{Adam, Gradients, Optimiser};
use rayon::prelude::*;
use serde::Deserialize;

use super::{Versions, written_by};

#[derive(Deserialize)]
struct Peer {
    versions: Versions,
    /// Runs of a loss, by seed.
    curves: BTreeMap<String, Vec<Run>>,
}

#[derive(Deserialize)]
struct Run {
    /// Of the first ten steps.
    losses: Vec<f64>,
    /// Before the first step and after every 50.
    accuracies: Vec<f64>,
}

const STEPS: usize = 150;
const EVERY: usize = 50;
const RATE: f64 = 0.01;
const HIDDEN: usize = 32;
const DIMENSIONS: usize = 8;
const CLASSES: usize = 10;
const PER_CLASS: usize = 4;
/// How many digits are trained on; the rest is for the accuracy.
const TRAINED: usize = 1200;

/// The peer's generator.
struct Numbers(u32);

impl Numbers {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0
    }
}

struct Encoder {
    parameters: Parameters,
    hidden: Linear,
    out: Linear,
}

impl Encoder {
    fn new(random: &mut Numbers) -> Result<Self> {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let rng = &mut seeded(1);
        let hidden = Linear::new(parameters.scope("hidden"), PIXELS, HIDDEN, Init::Zeros, rng)?;
        let out = Linear::new(parameters.scope("out"), HIDDEN, DIMENSIONS, Init::Zeros, rng)?;
        for (name, outputs, inputs) in [
            ("hidden.weight", HIDDEN, PIXELS),
            ("out.weight", DIMENSIONS, HIDDEN),
        ] {
            let within = (inputs as f64).sqrt().recip();
            let numbers: Vec<f32> = (0..outputs * inputs)
                .map(|_| (within * (f64::from(random.next()) / 2_f64.powi(31) - 1.0)) as f32)
                .collect();
            parameters.set(name, &Tensor::from_vec(numbers, (outputs, inputs), &Device::Cpu)?)?;
        }
        Ok(Self {
            parameters,
            hidden,
            out,
        })
    }

    fn encode(&self, x: &Tensor) -> Result<Tensor> {
        self.out.forward(&self.hidden.forward(x)?.tanh()?)
    }
}

struct Digits {
    /// All, `(n, 64)`.
    pixels: Tensor,
    labels: Vec<u8>,
    /// Those of the first 1,200, by class.
    of_class: Vec<Vec<u32>>,
}

impl Digits {
    fn new() -> Self {
        let labels: Vec<u8> = digits::digits().iter().map(|digit| digit.label).collect();
        let members = |class: usize| {
            let trained = labels[..TRAINED].iter().zip(0..);
            let of_class = trained.filter(|(label, _)| usize::from(**label) == class);
            of_class.map(|(_, i)| i).collect()
        };
        let numbers = digits::matrix().into_iter().collect::<Vec<f32>>();
        Self {
            pixels: Tensor::from_vec(numbers, (labels.len(), PIXELS), &Device::Cpu).expect("a matrix"),
            of_class: (0..CLASSES).map(members).collect(),
            labels,
        }
    }

    /// Rows of a batch: a digit of each class in turn, four times.
    fn batch(&self, random: &mut Numbers) -> Result<Tensor> {
        let rows: Vec<u32> = (0..CLASSES * PER_CLASS)
            .map(|i| {
                let members = &self.of_class[i % CLASSES];
                members[(random.next() >> 16) as usize % members.len()]
            })
            .collect();
        let n = rows.len();
        Ok(self.pixels.index_select(&Tensor::from_vec(rows, n, &Device::Cpu)?, 0)?)
    }

    /// The share of digits not trained on whose nearest trained one has their label.
    fn accuracy(&self, encoder: &Encoder, distance: Distance) -> Result<f64> {
        let vectors = encoder.encode(&self.pixels)?.detach();
        let rest = self.labels.len() - TRAINED;
        let (seen, other) = (vectors.narrow(0, 0, TRAINED)?, vectors.narrow(0, TRAINED, rest)?);
        let nearest = tensors::distances(&other, &seen, distance)?.argmin(1)?.to_vec1::<u32>()?;
        let right = (nearest.iter().zip(&self.labels[TRAINED..]))
            .filter(|&(&i, label)| self.labels[i as usize] == *label)
            .count();
        Ok(right as f64 / rest as f64)
    }
}
