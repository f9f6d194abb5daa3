//! InfoNCE of 1024 × 256 normalised vectors, τ = 0.07, forward and backward with the gradients of both
//! sides. Nothing is read; the peer is `benches/ranking_peers.py`. Each run is a median of many passes.

use course::loss::{InfoNce, tensors::info_nce};
use course::nn::{Device, Var, backward};
use rand_distr::{Distribution as _, StandardNormal};
use serde_json::json;

use crate::frame::{Options, Outcome, Took, timed};

const PASSES: usize = 100;

pub(crate) fn run(options: &Options) -> Outcome {
    let n = options.get("n")?.unwrap_or(1024);
    let d = options.get("d")?.unwrap_or(256);
    let rng = &mut course::rng::seeded(options.seed);
    let mut normal = || -> Result<Var, Box<dyn std::error::Error>> {
        let x: Vec<f32> = (0..n * d).map(|_| StandardNormal.sample(rng)).collect();
        Ok(Var::from_vec(x, (n, d), &Device::Cpu)?)
    };
    let (q, k) = (normal()?, normal()?);
    let loss = InfoNce::default();
    for _ in 0..options.runs {
        let mut passes = Vec::new();
        for pass in 0..PASSES + 10 {
            let (value, took) = timed(|| -> Result<f32, Box<dyn std::error::Error>> {
                let value = info_nce(&q, &k, &loss)?;
                let gradients = backward(&value)?;
                let both = gradients.get(&q).is_some() && gradients.get(&k).is_some();
                Ok(if both { value.to_scalar()? } else { f32::NAN })
            });
            let value = value?;
            // The first ones wake the threads.
            if pass >= 10 {
                passes.push((took, value));
            }
        }
        passes.sort_by(|(a, _), (b, _)| a.seconds.total_cmp(&b.seconds));
        let cpu = passes.iter().map(|(took, _)| took.cpu_seconds).sum::<f64>() / PASSES as f64;
        let seconds = passes[PASSES / 2].0.seconds;
        let took = Took {
            seconds,
            cpu_seconds: cpu,
        };
        let quality = json!({
            "ms": seconds * 1e3, "best_ms": passes[0].0.seconds * 1e3, "loss": passes[0].1,
            "gflops": 6.0 * (n * n * d) as f64 / seconds / 1e9,
        });
        let params = json!({"B": n, "D": d, "tau": 0.07, "normalize": true, "grads": "q,k"});
        options.emit(params, &took, 1.0, "passes/s", quality);
    }
    Ok(())
}
