//! Digits in the plane, pairs, what is refused, and what goes on after a stop.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Duration;

use super::*;
use crate::contrast::{Mlp, VectorTable};
use crate::data::digits;
use crate::nn::{Device, Init, cross_entropy};
use crate::rng::seeded;
use crate::train::Checkpoint;

fn labels() -> Labelled {
    Labelled::new(digits::digits().iter().map(|d| u32::from(d.label))).hold_out_every(5)
}

/// A network of 64 pixels, 32 numbers and the plane.
fn network() -> (Parameters, Mlp) {
    let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
    let scope = parameters.scope("encoder");
    let encoder = Mlp::new(scope, digits::matrix().view(), &[32, 2], &mut seeded(1)).unwrap();
    (parameters, encoder)
}

/// Each row is to find the next one of the batch with its label among those of other labels, with −‖x − y‖²
/// as logits.
fn to_the_next(x: &Tensor, labels: &[u32], _: &mut Rng) -> Result<Tensor> {
    let n = labels.len();
    let squares = x.sqr()?.sum_keepdim(1)?;
    let minus = ((x.matmul(&x.t()?)? * 2.0)?.broadcast_sub(&squares)?).broadcast_sub(&squares.t()?)?;
    let next = |i: usize| {
        (1..n)
            .map(|k| (i + k) % n)
            .find(|&j| labels[j] == labels[i])
            .unwrap_or(i)
    };
    let targets: Vec<u32> = (0..n).map(|i| next(i) as u32).collect();
    // The others of its own label are left out.
    let mask = (0..n * n).map(|k| {
        let (i, j) = (k / n, k % n);
        if labels[i] == labels[j] && targets[i] != j as u32 {
            -1e4
        } else {
            0.0
        }
    });
    let mask = Tensor::from_vec(mask.collect::<Vec<f32>>(), (n, n), x.device())?;
    let logits = (minus + mask)?;
    cross_entropy(&logits, &targets)
}

fn settings() -> Contrast {
    Contrast {
        training: Training {
            epochs: 4,
            batch: 60,
            learning_rate: 0.01,
            seed: 2,
            ..Training::default()
        },
        batches: Batches::ByClass(6),
        distance: Distance::Euclidean,
        every: Some(40),
        film: Some(30),
    }
}

/// Digits that were never seen find their like in the plane, and the space shows why.
#[test]
fn digits_find_each_other_in_the_plane() {
    let (parameters, encoder) = network();
    let data = labels();
    let history = settings()
        .on_labels(&parameters, &encoder, &data, Along::default(), &to_the_next)
        .unwrap();
    let (before, after) = (&history.moments()[0], history.last().unwrap());
    assert!(before.recall_at_1 < 0.4 && after.recall_at_1 > 0.7, "{history}");
    let apart = |m: &Moment| m.geometry.between.unwrap() / m.geometry.within.unwrap();
    assert!(apart(after) > 1.5 * apart(before), "{history}");
    // 1437 examples are 23 batches of 60 in each of four epochs.
    let steps: Vec<u64> = history.moments().iter().map(|m| m.step).collect();
    assert_eq!(steps, [0, 40, 80, 92]);
    assert_eq!(history.losses().len(), 92);
    let frames: Vec<u64> = history.frames().iter().map(|frame| frame.0).collect();
    assert_eq!(frames, [0, 30, 60, 90, 92]);
    assert_eq!(history.frames()[4].1, encoder.vectors(&data.held_out).unwrap());
    assert_eq!(history.frames()[0].1.nrows(), data.evaluated_labels().len());
    assert!(history.drawing().to_svg().contains("recall at 1"));
    assert!(history.dimensions().to_svg().contains("Effective rank"));
}

/// Positives alone: the loss goes to 0, and so does everything else.
#[test]
fn with_positives_alone_the_space_collapses() {
    let (parameters, encoder) = network();
    let to_the_mean =
        |x: &Tensor, _: &[u32], _: &mut Rng| Ok(x.broadcast_sub(&x.mean_keepdim(0)?)?.sqr()?.sum_all()?);
    let history = settings()
        .on_labels(&parameters, &encoder, &labels(), Along::default(), &to_the_mean)
        .unwrap();
    let (before, after) = (&history.moments()[0], history.last().unwrap());
    assert!(
        after.geometry.between.unwrap() < 0.1 * before.geometry.between.unwrap(),
        "{history}"
    );
    assert!(
        after.recall_at_1 <= before.recall_at_1 && after.loss < 0.05 * history.losses()[0].1,
        "{history}"
    );
}

/// Killed between two checkpoints, stopped at each report, and at the end the same bytes as without a break:
/// parameters and file.
#[test]
fn what_was_stopped_or_killed_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let every = Duration::ZERO;
    let [whole, broken] = ["whole", "broken"].map(|n| Checkpoint {
        path: folder.path().join(n),
        every,
    });
    // What the loss draws is kept, too.
    let noisy = |x: &Tensor, labels: &[u32], rng: &mut Rng| {
        let noise = Init::Normal(0.1).draw(x.dims(), x.dtype(), x.device(), rng)?;
        to_the_next(&(x + noise)?, labels, rng)
    };
    let settings = Contrast {
        every: None,
        film: None,
        ..settings()
    };
    let run = |checkpoint: &Checkpoint, report: &mut dyn FnMut() -> ControlFlow<()>, most: u64| {
        let (parameters, encoder) = network();
        let first = Cell::new(None);
        let along = Along {
            checkpoint: Some(checkpoint),
            report: Some(&mut |_| report()),
            after_step: Some(&mut |step| {
                first.set(first.get().or(Some(step)));
                match step - first.get().unwrap_or_default() < most {
                    true => Ok(()),
                    false => Err(Error::value("a test", "life", "death")),
                }
            }),
            ..Along::default()
        };
        let history = settings.on_labels(&parameters, &encoder, &labels(), along, &noisy)?;
        let numbers = parameters
            .iter()
            .map(|(_, x)| Ok(x.flatten_all()?.to_vec1::<f32>()?));
        Ok::<_, Error>((
            numbers.collect::<Result<Vec<_>>>()?.concat(),
            history.losses().len(),
        ))
    };
    let go_on = || ControlFlow::Continue(());
    let (expected, all) = run(&whole, &mut || go_on(), u64::MAX).unwrap();
    assert_eq!(all, 92);
    // Reports, and checkpoints, are after 50 batches of 92: the first run dies before, the second after.
    assert!(run(&broken, &mut || go_on(), 30).is_err() && !broken.path.exists());
    assert!(run(&broken, &mut || go_on(), 61).is_err() && broken.path.exists());
    let (_, steps) = run(&broken, &mut || ControlFlow::Break(()), u64::MAX).unwrap();
    assert!(steps > 0 && steps < 92, "{steps}");
    let (got, _) = run(&broken, &mut || go_on(), u64::MAX).unwrap();
    assert!(got == expected);
    assert!(std::fs::read(&whole.path).unwrap() == std::fs::read(&broken.path).unwrap());
    // Another way to choose batches is another training.
    let other = Contrast {
        batches: Batches::Shuffled,
        ..settings.clone()
    };
    let (parameters, encoder) = network();
    let along = Along {
        checkpoint: Some(&whole),
        ..Along::default()
    };
    let e = other
        .on_labels(&parameters, &encoder, &labels(), along, &noisy)
        .unwrap_err()
        .to_string();
    assert!(
        e.contains("batches of 10 classes with 6 examples each; remove the file"),
        "{e}"
    );
}

/// Pairs of points that begin anywhere come together, those of other pairs stay apart.
#[test]
fn pairs_come_together() {
    let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
    let scope = parameters.scope("points");
    let points = VectorTable::new(scope, 40, 8, Init::Normal(1.0), &mut seeded(1)).unwrap();
    let data = Paired {
        pairs: (0..20).map(|i| (i, i + 20)).collect(),
        graded: (0..20)
            .flat_map(|i| [(i, i + 20, 1.0), (i, (i + 7) % 20, 0.0)])
            .collect(),
        ..Paired::default()
    };
    let contrast = Contrast {
        training: Training {
            epochs: 60,
            batch: 8,
            learning_rate: 0.05,
            ..Training::default()
        },
        batches: Batches::WithoutDuplicates,
        film: Some(1000),
        ..Contrast::default()
    };
    let loss = |x: &Tensor, y: &Tensor, _: &mut Rng| {
        let unit = |x: &Tensor| -> Result<Tensor> { Ok(x.broadcast_div(&x.sqr()?.sum_keepdim(1)?.sqrt()?)?) };
        let cosines = (unit(x)?.matmul(&unit(y)?.t()?)? * 20.0)?;
        cross_entropy(&cosines, &(0..x.dim(0)? as u32).collect::<Vec<_>>())
    };
    let history = contrast
        .on_pairs(&parameters, &points, &data, Along::default(), &loss)
        .unwrap();
    let (before, after) = (&history.moments()[0], history.last().unwrap());
    assert!(before.recall_at_1 < 0.5 && after.recall_at_1 == 1.0, "{history}");
    assert!(before.triplet_accuracy.unwrap() < 0.9 && after.triplet_accuracy == Some(1.0));
    // √3/2 is about the most where half of the grades are equal and the similarities are not.
    let [before_order, after_order] = [before, after].map(|m| m.spearman.unwrap());
    assert!(before_order.abs() < 0.5, "{before_order}");
    assert!((0.75..0.867).contains(&after_order), "{after_order}");
    assert!(after.geometry.alignment < before.geometry.alignment && after.map_at_r.is_none());
    assert_eq!(
        history.film(9).iter().map(|f| f.0.as_str()).collect::<Vec<_>>(),
        ["step 0", "step 180"]
    );
    let by_class = Contrast {
        batches: Batches::ByClass(2),
        ..contrast
    };
    let e = by_class
        .on_pairs(&parameters, &points, &data, Along::default(), &loss)
        .unwrap_err();
    assert!(e.to_string().contains("got batches by class"), "{e}");
}

#[test]
fn what_cannot_be_trained_is_told() {
    let (parameters, encoder) = network();
    let told = |settings: &Contrast, data: &Labelled| {
        let history = settings.on_labels(&parameters, &encoder, data, Along::default(), &to_the_next);
        history.err().map(|e| e.to_string()).unwrap_or_default()
    };
    let good = labels();
    assert!(told(&settings(), &Labelled::new([1, 2])).contains("1797, as the encoder has examples, got 2"));
    let outside = Labelled {
        held_out: vec![1797],
        ..good.clone()
    };
    assert!(told(&settings(), &outside).contains("held out: expected below 1797, got 1797"));
    for (batches, expected) in [
        (
            Batches::ByClass(0),
            "the examples of each class: expected 2 or more, got 0",
        ),
        (
            Batches::ByClass(40),
            "the classes of a batch: expected 2 or more, got 1",
        ),
        (
            Batches::ByClass(2),
            "the labels: expected 30 classes of two examples or more, got 10",
        ),
    ] {
        assert_eq!(
            told(
                &Contrast {
                    batches,
                    ..settings()
                },
                &good
            ),
            expected
        );
    }
    assert!(
        told(
            &Contrast {
                film: Some(0),
                ..settings()
            },
            &good
        )
        .contains("a frame of the film")
    );
    let training = Training {
        micro_batch: Some(8),
        batch: 60,
        ..Training::default()
    };
    assert!(
        told(
            &Contrast {
                training,
                ..settings()
            },
            &good
        )
        .contains("changes what is compared")
    );
}
