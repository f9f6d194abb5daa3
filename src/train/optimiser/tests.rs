//! Steps on paper, and those of torch and candle.

use super::*;
use crate::nn::{DType, Device, Init};
use crate::rng::seeded;

/// Parameters of these names and numbers: one row each if `rows`, and otherwise with one dimension only.
fn parameters(all: &[(&str, &[f64], bool)]) -> Parameters {
    let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
    for (name, numbers, rows) in all {
        let n = numbers.len();
        let shape: Vec<usize> = if *rows { vec![1, n] } else { vec![n] };
        let mut scope = parameters.scope("");
        scope
            .parameter(name, shape.clone(), Init::Zeros, &mut seeded(1))
            .unwrap();
        let numbers = Tensor::from_vec(numbers.to_vec(), shape, &Device::Cpu).unwrap();
        parameters.set(name, &numbers).unwrap();
    }
    parameters
}

fn numbers(parameters: &Parameters, name: &str) -> Vec<f64> {
    parameters
        .get(name)
        .unwrap()
        .flatten_all()
        .unwrap()
        .to_vec1()
        .unwrap()
}

/// Σ x³ over all numbers of all parameters: the gradient is 3x².
fn cubes(parameters: &Parameters) -> Tensor {
    let all = parameters.iter().map(|(_, x)| x.flatten_all().unwrap());
    let all = Tensor::cat(&all.collect::<Vec<_>>(), 0).unwrap();
    ((all.sqr().unwrap() * &all).unwrap()).sum_all().unwrap()
}

/// x after each of three steps at a learning rate of 0.1.
fn three_steps(optimiser: Optimiser, x: &[f64]) -> Vec<Vec<f64>> {
    let parameters = parameters(&[("x", x, true)]);
    let mut optimiser = optimiser.begin();
    let step = |_| {
        let gradients = Gradients::of(&cubes(&parameters), &parameters).unwrap();
        optimiser.step(&parameters, &gradients, 0.1).unwrap();
        numbers(&parameters, "x")
    };
    (0..3).map(step).collect()
}

fn close(got: &[f64], expected: &[f64], most: f64) {
    assert_eq!(got.len(), expected.len());
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() < most, "{got} {expected}");
    }
}

/// torch 2.15.0's AdamW with a decay of 0.01, printed by tests/oracles/optimisers.py with seven decimals.
#[test]
fn adamw_is_torchs() {
    let adamw = AdamW {
        weight_decay: 0.01,
        decays: Decays::All,
        ..AdamW::default()
    };
    let got = three_steps(Optimiser::AdamW(adamw), &[1.0, -2.0, 3.0]);
    close(&got[0], &[0.899, -2.098, 2.897], 1e-7);
    close(&got[1], &[0.799_208_8, -2.196_036_9, 2.794_345_9], 1e-7);
    close(&got[2], &[0.701_519_7, -2.294_198_2, 2.692_210_4], 1e-7);
}

/// On paper, with a momentum of 0.9: g = 3, 1.47, 0.240267; v = 3, 4.17, 3.993267. Torch 2.15.0 has the same.
#[test]
fn gradient_descent_on_paper() {
    let got = three_steps(Optimiser::Sgd(Sgd { momentum: 0.9 }), &[1.0]);
    close(&got.concat(), &[0.7, 0.283, -0.116_326_7], 1e-12);
    let plain = three_steps(Optimiser::Sgd(Sgd::default()), &[1.0]);
    close(&plain.concat(), &[0.7, 0.553, 0.461_257_3], 1e-12);
}

/// The first step of Adam is the learning rate along the sign of the gradient, whatever the gradient's size.
/// Twenty steps are those of candle's own Adam, which cannot resume from a file.
#[test]
fn adam_is_candles() {
    use candle_nn::optim::{AdamW as Candles, Optimizer as _, ParamsAdamW};
    let start: &[(&str, &[f64], bool)] = &[("a", &[1.0, -2.0, 0.5], false), ("b", &[3.0, 1e-3], true)];
    let (theirs, ours) = (parameters(start), parameters(start));
    let settings = ParamsAdamW {
        lr: 0.01,
        weight_decay: 0.0,
        ..ParamsAdamW::default()
    };
    let variables = theirs.iter().map(|(_, x)| x.clone()).collect();
    let mut candles = Candles::new(variables, settings).unwrap();
    let mut adam = Optimiser::Adam(Adam::default()).begin();
    let all = |p: &Parameters| [numbers(p, "a"), numbers(p, "b")].concat();
    let before = all(&ours);
    for step in 0..20 {
        candles.backward_step(&cubes(&theirs)).unwrap();
        let gradients = Gradients::of(&cubes(&ours), &ours).unwrap();
        adam.step(&ours, &gradients, 0.01).unwrap();
        if step == 0 {
            let expected: Vec<f64> = before.iter().map(|x| x - 0.01).collect();
            // ε is 1e-8, compared with a gradient of at least 3e-6.
            close(&all(&ours), &expected, 1e-4);
        }
        close(&all(&ours), &all(&theirs), 1e-12);
    }
    assert_eq!(adam.steps(), 20);
}

/// At the minimum of the loss Adam's step is 0, so only the decay moves the parameters.
#[test]
fn a_decay_takes_the_parameters_that_it_is_told_to() {
    let start: &[(&str, &[f64], bool)] = &[
        ("h.weight", &[1.0], true),
        ("h.bias", &[1.0], false),
        ("norm.weight", &[1.0], true),
    ];
    let moved = |decays: Decays| {
        let parameters = parameters(start);
        let adamw = AdamW {
            weight_decay: 0.5,
            decays,
            ..AdamW::default()
        };
        // Σ (x − 1)² at x = 1.
        let squares = parameters
            .iter()
            .map(|(_, x)| (x.as_tensor() - 1.0)?.sqr()?.sum_all());
        let squares: Vec<Tensor> = squares.collect::<Result<_, _>>().unwrap();
        let loss = Tensor::stack(&squares, 0).unwrap().sum_all().unwrap();
        let gradients = Gradients::of(&loss, &parameters).unwrap();
        (Optimiser::AdamW(adamw).begin().step(&parameters, &gradients, 0.1)).unwrap();
        start
            .iter()
            .map(|(name, ..)| numbers(&parameters, name)[0])
            .collect::<Vec<_>>()
    };
    close(&moved(Decays::All), &[0.95, 0.95, 0.95], 1e-12);
    close(&moved(Decays::Matrices), &[0.95, 1.0, 0.95], 1e-12);
    let without = Decays::Without(vec!["norm".to_owned(), "bias".to_owned()]);
    close(&moved(without), &[0.95, 1.0, 1.0], 1e-12);
}

#[test]
fn what_is_frozen_is_not_moved() {
    let mut parameters = parameters(&[("a", &[1.0], false), ("b", &[1.0], false)]);
    let gradients = Gradients::of(&cubes(&parameters), &parameters).unwrap();
    parameters.freeze("a").unwrap();
    let mut adam = Optimiser::Adam(Adam::default()).begin();
    adam.step(&parameters, &gradients, 0.1).unwrap();
    assert_eq!(numbers(&parameters, "a"), [1.0]);
    close(&numbers(&parameters, "b"), &[0.9], 1e-6);
    let kept: Vec<_> = adam.tensors().map(|(kind, name, _)| (kind, name)).collect();
    assert_eq!(kept, [("m", "b"), ("v", "b")]);
}
