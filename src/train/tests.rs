//! The loop: when it stops, how it resumes, and what it refuses.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

use rand::Rng as _;

use super::*;
use crate::Result;
use crate::nn::{DType, Device, Init, Parameters, Tensor};
use crate::rng::{Rng, seeded};

const N: usize = 400;

/// A matrix and a bias, and examples to fit them to, with noise that the loss draws: everything that a
/// checkpoint must keep makes a difference.
fn start() -> Parameters {
    let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
    let mut scope = parameters.scope("layer");
    let rng = &mut seeded(5);
    scope.parameter("weight", (3, 2), Init::FanIn, rng).unwrap();
    scope.parameter("bias", 3, Init::Zeros, rng).unwrap();
    parameters
}

fn loss(parameters: &Parameters, batch: &[u32], noise: &mut dyn FnMut() -> f32) -> Result<Tensor> {
    let (weight, bias) = (parameters.get("layer.weight")?, parameters.get("layer.bias")?);
    let x = batch
        .iter()
        .flat_map(|&i| [(i % 7) as f32 / 7.0, (i % 11) as f32 / 11.0 + noise()]);
    let x = Tensor::from_vec(x.collect::<Vec<f32>>(), (batch.len(), 2), &Device::Cpu)?;
    let y = batch.iter().flat_map(|&i| [1.0, (i % 7) as f32, (i % 11) as f32]);
    let y = Tensor::from_vec(y.collect::<Vec<f32>>(), (batch.len(), 3), &Device::Cpu)?;
    let got = x.matmul(&weight.t()?)?.broadcast_add(bias)?;
    Ok((got - y)?.sqr()?.mean_all()?)
}

fn noisy(parameters: &Parameters) -> impl Fn(&[u32], &mut Rng) -> Result<Tensor> {
    |batch, rng| loss(parameters, batch, &mut || 0.1 * rng.random::<f32>())
}

fn exact(parameters: &Parameters) -> impl Fn(&[u32], &mut Rng) -> Result<Tensor> {
    |batch, _| loss(parameters, batch, &mut || 0.0)
}

fn numbers(parameters: &Parameters) -> Vec<f32> {
    let all = parameters
        .iter()
        .map(|(_, x)| x.flatten_all().unwrap().to_vec1().unwrap());
    all.collect::<Vec<Vec<f32>>>().concat()
}

/// Everything at once: decay, clipping, micro-batches, warm-up, held-out loss.
fn training() -> Training {
    Training {
        epochs: 3,
        batch: 7,
        micro_batch: Some(4),
        learning_rate: 0.05,
        schedule: Schedule {
            warm_up: 0.1,
            fall: Fall::Cosine { to: 0.1 },
        },
        optimiser: Optimiser::AdamW(AdamW::default()),
        clip: Some(1.0),
        patience: Some(2),
        seed: 3,
    }
}

/// If training is stopped at each report, again and again, the file at the end has the same bytes as without
/// a stop.
#[test]
fn what_was_stopped_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, broken) = (
        Checkpoint::new(folder.path().join("whole")),
        Checkpoint::new(folder.path().join("broken")),
    );
    let run = |checkpoint: &Checkpoint, report: &mut dyn FnMut(Progress) -> ControlFlow<()>| {
        let parameters = start();
        let held_out = || {
            Ok(f64::from(
                loss(&parameters, &[1, 2, 3], &mut || 0.0)?.to_scalar::<f32>()?,
            ))
        };
        let along = Along {
            checkpoint: Some(checkpoint),
            report: Some(report),
            held_out: Some(&held_out),
            ..Along::default()
        };
        training()
            .fit(&parameters, N, along, &noisy(&parameters))
            .unwrap();
        numbers(&parameters)
    };
    let mut losses = Vec::new();
    let expected = run(&whole, &mut |progress| {
        losses.push(progress.loss.unwrap());
        ControlFlow::Continue(())
    });
    // 58 batches in an epoch: a report after 50 of them, and one at the end of each epoch.
    assert_eq!(losses.len(), 6);
    assert!(losses[5] < 0.5 * losses[0], "{losses:?}");
    let (mut rounds, mut reports) = (0, 0);
    let got = loop {
        let before = reports;
        let got = run(&broken, &mut |progress| {
            reports += 1;
            assert!(progress.done > progress.done_before);
            ControlFlow::Break(())
        });
        if reports == before {
            break got;
        }
        rounds += 1;
    };
    assert!(rounds >= 5, "{rounds}");
    assert_eq!(got, expected);
    let bytes = |checkpoint: &Checkpoint| std::fs::read(&checkpoint.path).unwrap();
    assert_eq!(bytes(&broken), bytes(&whole));

    let parameters = start();
    let other = Training {
        seed: 4,
        ..training()
    };
    let along = Along {
        checkpoint: Some(&whole),
        ..Along::default()
    };
    let told = other
        .fit(&parameters, N, along, &noisy(&parameters))
        .unwrap_err()
        .to_string();
    assert!(told.contains("expected the options {"), "{told}");
}

/// A batch in parts has the gradient of the whole batch, also if the last part is shorter.
#[test]
fn micro_batches_make_the_same_step() {
    let trained = |micro_batch| {
        let parameters = start();
        let training = Training {
            batch: 10,
            micro_batch,
            clip: None,
            patience: None,
            ..training()
        };
        training
            .fit(&parameters, N, Along::default(), &exact(&parameters))
            .unwrap();
        numbers(&parameters)
    };
    let whole = trained(None);
    for n in [1, 4, 10] {
        let differ = whole.iter().zip(trained(Some(n))).map(|(a, b)| (a - b).abs());
        let most = differ.fold(0.0, f32::max);
        // Only rounding: 120 steps of at most 0.05, each exact to about 1e-6 of itself.
        assert!(most < 1e-4, "{n}: {most}");
    }
}

/// Held-out losses 3, 2, 1, 1.5, 1: the third is the best. Two epochs later training ends, with the
/// parameters of the third epoch.
#[test]
fn it_ends_when_held_out_examples_are_no_longer_predicted_better() {
    let parameters = start();
    let (measured, at) = (Cell::new(0), RefCell::new(Vec::new()));
    let held_out = || {
        at.borrow_mut().push(numbers(&parameters));
        measured.set(measured.get() + 1);
        Ok([3.0, 2.0, 1.0, 1.5, 1.0, 0.1, 0.1][measured.get() - 1])
    };
    let mut last = None;
    let training = Training {
        epochs: 7,
        ..training()
    };
    let along = Along {
        held_out: Some(&held_out),
        report: Some(&mut |progress| {
            last = Some((progress.epoch, progress.held_out));
            ControlFlow::Continue(())
        }),
        ..Along::default()
    };
    training.fit(&parameters, N, along, &exact(&parameters)).unwrap();
    assert_eq!((measured.get(), last), (5, Some((4, Some(1.0)))));
    assert_eq!(numbers(&parameters), at.borrow()[2]);
    assert_ne!(at.borrow()[4], at.borrow()[2]);
}

/// The learning rate of each step is that of the schedule: plain descent on Σx has moved by the sum of the
/// learning rates.
#[test]
fn the_schedule_is_followed() {
    let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
    let x = parameters
        .scope("")
        .parameter("x", 1, Init::Zeros, &mut seeded(1))
        .unwrap();
    let schedule = Schedule {
        warm_up: 0.25,
        fall: Fall::Linear { to: 0.0 },
    };
    let training = Training {
        epochs: 2,
        batch: 1,
        learning_rate: 0.5,
        schedule,
        optimiser: Optimiser::Sgd(Sgd::default()),
        ..Training::default()
    };
    training
        .fit(&parameters, 4, Along::default(), &|_, _| Ok(x.sum_all()?))
        .unwrap();
    // 0, ½; then 1, 5/6, 4/6, …, 1/6.
    let expected = -0.5 * (0.5 + 21.0 / 6.0);
    assert!((x.to_vec1::<f64>().unwrap()[0] - expected).abs() < 1e-12);
}

#[test]
fn what_is_frozen_stays() {
    let mut parameters = start();
    parameters.freeze("layer.bias").unwrap();
    let before = numbers(&parameters);
    training()
        .fit(&parameters, N, Along::default(), &exact(&parameters))
        .unwrap();
    let after = numbers(&parameters);
    // The bias comes first in the order of names.
    assert_eq!(after[..3], before[..3]);
    assert_ne!(after[3..], before[3..]);
}

#[test]
fn what_cannot_be_is_said() {
    let parameters = start();
    let told = |training: Training, n: usize| {
        let fitted = training.fit(&parameters, n, Along::default(), &exact(&parameters));
        fitted.err().map(|e| e.to_string()).unwrap_or_default()
    };
    let all = Training::default;
    for (training, n, expected) in [
        (
            all(),
            0,
            "the number of examples: expected 1 to 4294967295, got 0",
        ),
        (
            Training { epochs: 0, ..all() },
            4,
            "the number of epochs: expected 1 or more, got 0",
        ),
        (
            Training { batch: 0, ..all() },
            4,
            "the batch: expected 1 or more, got 0",
        ),
        (
            Training {
                micro_batch: Some(0),
                ..all()
            },
            4,
            "the micro-batch: expected 1 or more, got 0",
        ),
        (
            Training {
                clip: Some(f64::NAN),
                ..all()
            },
            4,
            "the limit of the gradient: expected a number above 0, got NaN",
        ),
        (
            Training {
                schedule: Schedule {
                    warm_up: 2.0,
                    ..Schedule::default()
                },
                ..all()
            },
            4,
            "the warm-up: expected 0 to 1, got 2",
        ),
        (
            Training {
                learning_rate: 1e38,
                epochs: 50,
                ..all()
            },
            4,
            "the loss: expected a finite number; a smaller learning rate may help, got inf",
        ),
    ] {
        assert_eq!(told(training, n), expected);
    }
}

/// A step to numbers that are not finite is an error before it reaches the file.
#[test]
fn a_checkpoint_is_always_sound() {
    let folder = tempfile::tempdir().unwrap();
    let checkpoint = Checkpoint::new(folder.path().join("state"));
    let parameters = start();
    let training = Training {
        learning_rate: 1e39,
        optimiser: Optimiser::Sgd(Sgd::default()),
        ..Training::default()
    };
    let along = Along {
        checkpoint: Some(&checkpoint),
        report: Some(&mut |_| ControlFlow::Break(())),
        ..Along::default()
    };
    let told = training
        .fit(&parameters, 4, along, &exact(&parameters))
        .unwrap_err()
        .to_string();
    assert!(told.contains("a smaller learning rate may help"), "{told}");
    assert!(!checkpoint.path.exists());
}
