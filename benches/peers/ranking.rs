//! Losses that rank, forward and backward: vectors that are variables, the loss, and the gradient of each.
//! The vectors are drawn here from a normal distribution, so there is no input. Each run is the median of
//! many repetitions, and their best time is printed with it.

use std::time::Instant;

use course::loss::{Average, Distance, TripletOptions, tensors};
use course::nn::{Device, Tensor, Var, backward};
use course::rng::seeded;
use rand::Rng;
use rand_distr::StandardNormal;
use serde_json::{Value, json};

use crate::frame::{Options, Outcome, Took};

type Failure = Box<dyn std::error::Error>;

/// The dimension of the vectors.
const D: usize = 256;

/// As torch's `triplet_margin_loss`: 1,024 anchors, positives and negatives, row by row.
pub(crate) fn triplet(options: &Options) -> Outcome {
    const N: usize = 1024;
    let [a, p, n] = [1, 2, 3].map(|stream| normal(N, options.seed + stream));
    let (a, p, n) = (a?, p?, n?);
    let loss = TripletOptions {
        margin: Some(0.2),
        distance: Distance::Euclidean,
        average: Average::All,
    };
    let params = json!({"B": N, "D": D, "margin": 0.2, "p": 2});
    repeated(options, 500, &params, &[&a, &p, &n], || {
        tensors::triplet_row_by_row(&a, &p, &n, &loss)
    })
}

/// As pytorch-metric-learning's `BatchHardMiner` and `TripletMarginLoss`: 4,096 vectors of 64 classes.
pub(crate) fn batch_hard(options: &Options) -> Outcome {
    const N: usize = 4096;
    let x = normal(N, options.seed)?;
    let labels: Vec<u32> = (0..N as u32).map(|i| i % 64).collect();
    let loss = TripletOptions {
        margin: Some(0.2),
        distance: Distance::Euclidean,
        average: Average::NonZero,
    };
    let params = json!({"B": N, "D": D, "classes": 64, "margin": 0.2, "p": 2});
    repeated(options, 10, &params, &[&x], || {
        tensors::batch_hard(&x, &labels, &loss)
    })
}

fn normal(n: usize, seed: u64) -> Result<Var, Failure> {
    let numbers: Vec<f32> = seeded(seed).sample_iter(StandardNormal).take(n * D).collect();
    Ok(Var::from_vec(numbers, (n, D), &Device::Cpu)?)
}

/// `times` times the loss and its gradient by each of the variables.
fn repeated(
    options: &Options,
    times: usize,
    params: &Value,
    variables: &[&Var],
    loss: impl Fn() -> course::Result<Tensor>,
) -> Outcome {
    for _ in 0..options.runs {
        let mut seconds = Vec::with_capacity(times);
        let mut value = 0.0;
        for i in 0..times + 3 {
            let start = Instant::now();
            let loss = loss()?;
            let gradients = backward(&loss)?;
            let took = start.elapsed().as_secs_f64();
            if variables.iter().any(|x| gradients.get(x).is_none()) {
                return Err("a gradient is missing".into());
            }
            value = loss.to_scalar::<f32>()?;
            // The first ones warm up.
            if i >= 3 {
                seconds.push(took);
            }
        }
        seconds.sort_by(f64::total_cmp);
        let (median, best) = (seconds[times / 2], seconds[0]);
        let took = Took {
            seconds: median,
            cpu_seconds: 0.0,
        };
        let quality = json!({"loss": value, "ms": median * 1e3, "best_ms": best * 1e3});
        options.emit(params.clone(), &took, 1.0, "iters/s", quality);
    }
    Ok(())
}
