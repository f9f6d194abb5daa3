//! Cached gradients: 16,384 pairs in chunks of 1,024, against one graph of 1,024 pairs, in time for each
//! vector. The encoder is 512 → 1,024 → 1,024 → 128 with GELU, 3.4 million operations forward; the loss is
//! InfoNCE one way, τ = 0.07. There is no peer: the paper's bound is one forward pass more, 4/3 of the
//! time, without the loss, whose products grow with the batch. The peak of memory is in the line; `--n` and
//! `--chunk` change the sizes.

use std::ops::Range;

use course::contrast::cached_gradients;
use course::loss::{InfoNce, tensors::info_nce};
use course::nn::{DType, Device, Init, Linear, Parameters, Tensor, gelu};
use course::train::Gradients;
use serde_json::json;

use crate::frame::{Options, Outcome, timed};

/// The batch that needs no cache.
const SMALL: usize = 1024;

pub(crate) fn run(options: &Options) -> Outcome {
    let n: usize = options.get("n")?.unwrap_or(16_384);
    let chunk: usize = options.get("chunk")?.unwrap_or(SMALL);
    let rng = &mut course::rng::seeded(options.seed);
    let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
    let mut layer = |name: &str, from, to| Linear::new(parameters.scope(name), from, to, Init::FanIn, rng);
    let layers = [
        layer("in", 512, 1024)?,
        layer("middle", 1024, 1024)?,
        layer("out", 1024, 128)?,
    ];
    let encode = |x: &Tensor| {
        let hidden = gelu(&layers[1].forward(&gelu(&layers[0].forward(x)?)?)?)?;
        layers[2].forward(&hidden)
    };
    let mut examples = || Init::Normal(1.0).draw(&[n.max(SMALL), 512], DType::F32, &Device::Cpu, rng);
    let (x, y) = (examples()?, examples()?);
    let loss = InfoNce::default();
    let whole = || -> course::Result<f64> {
        let vectors = [&x, &y].map(|x| encode(&x.narrow(0, 0, SMALL)?));
        let [x, y] = vectors;
        let value = info_nce(&x?, &y?, &loss)?;
        Gradients::of(&value, &parameters)?.norm()
    };
    let cached = || {
        let rows = |rows: Range<usize>, _: &mut course::rng::Rng| {
            let of = |x: &Tensor| encode(&x.narrow(0, rows.start, rows.len())?);
            Ok(vec![of(&x)?, of(&y)?])
        };
        let loss = |vectors: &[Tensor]| info_nce(&vectors[0], &vectors[1], &loss);
        cached_gradients(&parameters, n, chunk, 1, &rows, &loss)?
            .gradients
            .norm()
    };
    for _ in 0..options.runs {
        // The best of a few: it is the one that nothing disturbed.
        let mut best = f64::INFINITY;
        for _ in 0..6 {
            let (norm, took) = timed(whole);
            norm?;
            best = best.min(took.seconds);
        }
        let (norm, took) = timed(cached);
        let a_vector = took.seconds / (2 * n) as f64;
        let quality = json!({
            "times_uncached": a_vector / (best / (2 * SMALL) as f64),
            "uncached_us_a_vector": best / (2 * SMALL) as f64 * 1e6, "us_a_vector": a_vector * 1e6, "norm": norm?,
        });
        let params = json!({"n": n, "chunk": chunk, "encoder": "512-1024-1024-128", "loss": "info_nce"});
        options.emit(params, &took, (2 * n) as f64, "vectors/s", quality);
    }
    Ok(())
}
