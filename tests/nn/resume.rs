//! A training of the small GPT that is interrupted in two ways and continues.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use course::nn::{DType, Device, Parameters, Tensor, cross_entropy};
use course::rng::{Rng, seeded};
use course::train::{AdamW, Along, Checkpoint, Fall, Optimiser, Schedule, Training};
use course::{Error, Result};

use super::gpt::{Gpt, Sizes};

/// A text in which the next letter is mostly certain.
const TEXT: &str = "the cat sat on the mat. the dog sat on the log. the cat saw the dog. ";
const N: usize = 8;
const SIZES: Sizes = Sizes {
    words: 27,
    context: N,
    d: 16,
    heads: 2,
    blocks: 1,
};

/// Letters are numbered from 1; all other characters are 0.
fn id(byte: u8) -> u32 {
    if byte.is_ascii_lowercase() {
        u32::from(byte - b'a') + 1
    } else {
        0
    }
}

fn windows() -> Vec<Vec<u32>> {
    let ids: Vec<u32> = TEXT.bytes().map(id).collect();
    ids.windows(N + 1).map(<[u32]>::to_vec).collect()
}

fn training() -> Training {
    Training {
        epochs: 15,
        batch: 8,
        learning_rate: 1e-2,
        schedule: Schedule {
            warm_up: 0.1,
            fall: Fall::Cosine { to: 0.1 },
        },
        optimiser: Optimiser::AdamW(AdamW::default()),
        clip: Some(1.0),
        ..Training::default()
    }
}

/// Trains a new model with the checkpoint, from which it continues if there is one. From batch `until` on,
/// the loss fails.
fn run(path: &Path, until: usize, report: &mut dyn FnMut() -> ControlFlow<()>) -> Result<(f32, Vec<f32>)> {
    let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
    let gpt = Gpt::new(&mut parameters, &SIZES, &mut seeded(1))?;
    let windows = windows();
    let loss = |batch: &[u32], p: f64, rng: &mut Rng| {
        let of = |range: std::ops::Range<usize>| -> Vec<u32> {
            let windows = batch.iter().flat_map(|&i| &windows[i as usize][range.clone()]);
            windows.copied().collect()
        };
        let ids = Tensor::from_vec(of(0..N), (batch.len(), N), &Device::Cpu)?;
        cross_entropy(&gpt.forward(&ids, p, rng)?, &of(1..N + 1))
    };
    let batches = Cell::new(0);
    let failing = |batch: &[u32], rng: &mut Rng| {
        batches.set(batches.get() + 1);
        match batches.get() > until {
            true => Err(Error::missing("the power", "wait")),
            false => loss(batch, 0.1, rng),
        }
    };
    let checkpoint = Checkpoint {
        path: path.to_owned(),
        every: Duration::ZERO,
    };
    let along = Along {
        name: "a small GPT",
        checkpoint: Some(&checkpoint),
        report: Some(&mut |_| report()),
        ..Along::default()
    };
    training().fit(&parameters, windows.len(), along, &failing)?;
    let all: Vec<u32> = (0..windows.len() as u32).collect();
    let numbers = parameters
        .iter()
        .map(|(_, p)| Ok(p.flatten_all()?.to_vec1::<f32>()?));
    let numbers = numbers.collect::<Result<Vec<_>>>()?.concat();
    Ok((loss(&all, 0.0, &mut seeded(1))?.to_scalar()?, numbers))
}

/// The GPT learns, from ln 27 = 3.3 down to what the text leaves open. It is killed between two checkpoints,
/// then stopped at a report, then finished; its parameters and its bytes are the same as without a break.
#[test]
fn a_gpt_that_is_killed_goes_on_to_the_same_bytes() {
    let folder = std::env::temp_dir().join(format!("course-nn-resume-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let (whole, broken) = (folder.join("whole"), folder.join("broken"));
    let go_on = &mut || ControlFlow::Continue(());
    let (loss, numbers) = run(&whole, usize::MAX, go_on).expect("a training");
    assert!(loss < 1.0, "{loss}");

    // Reports, and with them checkpoints, come every 50 batches of 120.
    let e = run(&broken, 70, go_on).expect_err("killed");
    assert_eq!(e.to_string(), "the power is not here: wait");
    let after_the_kill = std::fs::read(&broken).expect("a checkpoint of the first 50 batches");
    let (stopped, _) = run(&broken, usize::MAX, &mut || ControlFlow::Break(())).expect("stopped");
    assert!(stopped > loss, "{stopped} {loss}");
    assert_ne!(std::fs::read(&broken).expect("a checkpoint"), after_the_kill);
    let (again, same) = run(&broken, usize::MAX, go_on).expect("finished");
    assert_eq!((again, same), (loss, numbers));
    assert!(std::fs::read(&whole).expect("a file") == std::fs::read(&broken).expect("a file"));
    std::fs::remove_dir_all(folder).expect("removed");
}
