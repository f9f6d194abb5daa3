//! A step of training of a small GPT: 4 blocks, 4 heads, 128 wide, a context of 128, batches of 16, 1,024
//! tokens, AdamW. The windows are drawn, the same for all steps, so that the loss falls. The peer is
//! `benches/gpt_step.py`.

use std::time::Instant;

use course::context::{Gpt, GptConfig};
use course::train::{Adam, AdamW, Along, Optimiser, Schedule, Training};
use rand::Rng as _;
use serde_json::json;

use crate::frame::{Options, Outcome, Took, timed};

const VOCAB: usize = 1024;
const CONTEXT: usize = 128;
const BATCH: usize = 16;
/// The first ones wake the threads and fill the memory.
const WARM: usize = 3;

pub(crate) fn run(options: &Options) -> Outcome {
    let steps: usize = options.get("steps")?.unwrap_or(20) + WARM;
    let rng = &mut course::rng::seeded(options.seed);
    let mut window = || -> Vec<u32> { (0..=CONTEXT).map(|_| rng.random_range(0..VOCAB as u32)).collect() };
    let windows: Vec<Vec<u32>> = (0..BATCH).map(|_| window()).collect();
    for _ in 0..options.runs {
        let gpt = Gpt::new(&GptConfig::new(VOCAB, CONTEXT, 4, 4, 128), options.seed)?;
        let training = Training {
            epochs: steps,
            batch: BATCH,
            learning_rate: 1e-3,
            schedule: Schedule::CONSTANT,
            optimiser: Optimiser::AdamW(AdamW {
                adam: Adam {
                    beta2: 0.95,
                    ..Adam::default()
                },
                weight_decay: 0.1,
                ..AdamW::default()
            }),
            clip: Some(1.0),
            ..Training::default()
        };
        let (mut times, mut last) = (Vec::new(), Instant::now());
        let along = Along {
            after_step: Some(&mut |_| {
                times.push(last.elapsed().as_secs_f64());
                last = Instant::now();
                Ok(())
            }),
            ..Along::default()
        };
        let (trained, took) = timed(|| {
            training.fit(gpt.parameters(), BATCH, along, &|batch, _| {
                let batch: Vec<&Vec<u32>> = batch.iter().map(|&i| &windows[i as usize]).collect();
                gpt.loss(&batch, None)
            })
        });
        trained?;
        // The first time is from the beginning to before the first step.
        let mut times = times.split_off(1 + WARM);
        times.sort_by(f64::total_cmp);
        let (median, best) = (times[times.len() / 2], times[0]);
        let loss = gpt.loss(&windows, None)?.to_scalar::<f32>()?;
        let took = Took {
            seconds: median,
            cpu_seconds: took.cpu_seconds / steps as f64,
        };
        let params = json!({"blocks": 4, "heads": 4, "width": 128, "context": CONTEXT, "batch": BATCH, "vocab": VOCAB});
        let quality = json!({"ms": median * 1e3, "best_ms": best * 1e3, "loss": loss, "steps": steps});
        options.emit(params, &took, 1.0, "steps/s", quality);
    }
    Ok(())
}
