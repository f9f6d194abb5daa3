//! A training of a small GPT that is interrupted in two ways and continues.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use course::context::{BlockSizes, GptConfig, GptModel, Pretraining, TextTokens};
use course::lm::TokenSet as _;
use course::tokenize::{Bpe, BpeTraining};
use course::train::{Along, Checkpoint};
use course::{Error, Result};

/// A text in which the next letter is mostly certain.
const TEXT: &str = "the cat sat on the mat. the dog sat on the log. the cat saw the dog. ";

/// Trains a new model with the checkpoint, from which it continues if there is one. At step `until` it fails.
/// Returns the bits for each byte, and all parameters.
fn run(path: &Path, until: u64, report: &mut dyn FnMut() -> ControlFlow<()>) -> Result<(f64, Vec<f32>)> {
    let texts = [TEXT.repeat(10)];
    let training = BpeTraining {
        vocab_size: 256,
        ..BpeTraining::default()
    };
    let bytes = TextTokens::new(Bpe::train(&texts, &training)?);
    let sizes = GptConfig::new(bytes.len(), 8, 1, 2, 16);
    let sizes = GptConfig {
        block: BlockSizes {
            dropout: 0.1,
            ..sizes.block
        },
        ..sizes
    };
    let model = GptModel::new(&sizes, bytes, 1)?;
    let checkpoint = Checkpoint {
        path: path.to_owned(),
        every: Duration::ZERO,
    };
    let along = Along {
        checkpoint: Some(&checkpoint),
        report: Some(&mut |_| report()),
        after_step: Some(&mut |step| match step >= until {
            true => Err(Error::missing("the power", "wait")),
            false => Ok(()),
        }),
        ..Along::default()
    };
    let training = Pretraining {
        steps: 160,
        batch: 8,
        learning_rate: 2e-2,
        ..Pretraining::default()
    };
    training.fit(&model, &texts, along)?;
    let numbers = model.gpt().parameters().iter();
    let numbers = numbers.map(|(_, p)| Ok(p.flatten_all()?.to_vec1::<f32>()?));
    let numbers = numbers.collect::<Result<Vec<_>>>()?.concat();
    Ok((model.bits_per_byte(&texts)?, numbers))
}

/// The GPT learns, from log₂ 257 = 8 bits for each byte down to what the text leaves open. It is killed
/// between two checkpoints, then stopped at a report, then finished; its parameters and its bytes are the
/// same as without a break.
#[test]
fn a_gpt_that_is_killed_goes_on_to_the_same_bytes() {
    let folder = std::env::temp_dir().join(format!("course-nn-resume-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let (whole, broken) = (folder.join("whole"), folder.join("broken"));
    let go_on = &mut || ControlFlow::Continue(());
    let (bits, numbers) = run(&whole, u64::MAX, go_on).expect("a training");
    assert!(bits < 1.5, "{bits}");

    // Reports, and with them checkpoints, come every 50 of the 160 steps.
    let e = run(&broken, 70, go_on).expect_err("killed");
    assert_eq!(e.to_string(), "the power is not here: wait");
    let after_the_kill = std::fs::read(&broken).expect("a checkpoint of the first 50 batches");
    let (stopped, _) = run(&broken, u64::MAX, &mut || ControlFlow::Break(())).expect("stopped");
    assert!(stopped > bits, "{stopped} {bits}");
    assert_ne!(std::fs::read(&broken).expect("a checkpoint"), after_the_kill);
    let (again, same) = run(&broken, u64::MAX, go_on).expect("finished");
    assert_eq!((again, same), (bits, numbers));
    assert!(std::fs::read(&whole).expect("a file") == std::fs::read(&broken).expect("a file"));
    std::fs::remove_dir_all(folder).expect("removed");
}
