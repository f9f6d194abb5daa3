//! Tests of the losses on tensors: against the forms on slices, against the library of multiple-negatives
//! ranking, by differences, and by what must not change a loss.

#![cfg(feature = "nn")]

use ndarray::Array2;
use rand::Rng as _;

use super::*;
use crate::loss::{Distance, tensors};
use crate::nn::{DType, Device, Tensor, Var, gradient_check};

mod classes;
mod invariances;
mod slices;

fn random(n: usize, d: usize, seed: u64) -> Var {
    let rng = &mut crate::rng::seeded(seed);
    let x: Vec<f64> = (0..n * d).map(|_| rng.random_range(-1.0..1.0)).collect();
    Var::from_vec(x, (n, d), &Device::Cpu).unwrap()
}

fn value(loss: &Tensor) -> f64 {
    loss.to_dtype(DType::F64).unwrap().to_scalar().unwrap()
}

fn fixed(temperature: f64, directions: Directions) -> InfoNce {
    InfoNce {
        temperature: Temperature::Fixed(temperature),
        directions,
        ..Default::default()
    }
}

fn rows(x: &Tensor) -> Array2<f64> {
    let (n, d) = x.dims2().unwrap();
    let numbers = x
        .flatten_all()
        .unwrap()
        .to_dtype(DType::F64)
        .unwrap()
        .to_vec1()
        .unwrap();
    Array2::from_shape_vec((n, d), numbers).unwrap()
}

fn cosines(a: &Tensor, b: &Tensor) -> Array2<f64> {
    let (a, b) = (rows(a), rows(b));
    Array2::from_shape_fn((a.nrows(), b.nrows()), |(i, j)| {
        let (x, y) = (a.row(i), b.row(j));
        x.dot(&y) / (x.dot(&x) * y.dot(&y)).sqrt()
    })
}

/// The values of `MultipleNegativesRankingLoss` of sentence-transformers 6.2, with a scale of 20 and of 1.
/// They were computed in `f32`, whose rounding of 20 s is 10⁻⁶.
#[test]
fn multiple_negatives_ranking_has_the_values_of_its_library() {
    let of = |x: [[f64; 2]; 2]| Tensor::new(&x, &Device::Cpu).unwrap();
    let anchors = of([[1.0, 0.0], [0.0, 1.0]]);
    let positives = of([[0.8, 0.6], [0.6, 0.8]]);
    let negatives = of([[0.0, 1.0], [1.0, 0.0]]);
    let joint = Directions {
        joint: true,
        ..Directions::BOTH_WAYS
    };
    for (directions, expected) in [
        (Directions::ONE_WAY, [4.018_478, 1.249_748]),
        (joint, [4.036_623, 1.669_252]),
        (Directions::ALL, [4.408_758, 2.070_783]),
    ] {
        for (scale, expected) in [20.0, 1.0].into_iter().zip(expected) {
            let options = fixed(1.0 / scale, directions);
            let loss =
                tensors::multiple_negatives(&anchors, &positives, std::slice::from_ref(&negatives), &options);
            let got = value(&loss.unwrap());
            assert!((got - expected).abs() < 2e-6, "{directions:?} {scale}: {got}");
        }
    }
    for (scale, expected) in [(20.0, 2.018_314), (1.0, 0.923_943)] {
        let options = fixed(1.0 / scale, Directions::BOTH_WAYS);
        let loss =
            tensors::multiple_negatives(&anchors, &positives, std::slice::from_ref(&negatives), &options);
        let got = value(&loss.unwrap());
        assert!((got - expected).abs() < 2e-6, "both ways, {scale}: {got}");
    }
    // The same positive twice is two candidates.
    let twice = of([[0.8, 0.6], [0.8, 0.6]]);
    let same = of([[1.0, 0.0], [1.0, 0.0]]);
    let loss = value(&tensors::info_nce(&same, &twice, &InfoNce::default()).unwrap());
    assert!((loss - std::f64::consts::LN_2).abs() < 1e-12, "{loss}");
}

/// More rows than a tile has.
#[test]
fn a_batch_has_the_mean_of_its_rows() {
    let n = 300;
    let (a, p) = (random(n, 6, 1), random(n, 6, 2));
    let s: Vec<Vec<f32>> = cosines(&a, &p)
        .outer_iter()
        .map(|row| row.iter().map(|&s| s as f32).collect())
        .collect();
    let one_way = (0..n)
        .map(|i| f64::from(info_nce(&s[i], i, 0.1).unwrap()))
        .sum::<f64>()
        / n as f64;
    let got = value(&tensors::info_nce(&a, &p, &fixed(0.1, Directions::ONE_WAY)).unwrap());
    assert!((got - one_way).abs() < 1e-6, "{got} {one_way}");
    let both = f64::from(info_nce_both_ways(&s, 0.1).unwrap());
    let got = value(&tensors::info_nce(&a, &p, &fixed(0.1, Directions::BOTH_WAYS)).unwrap());
    assert!((got - both).abs() < 1e-6, "{got} {both}");
    let [a, p] = [&a, &p].map(|x| Var::from_tensor(&x.to_dtype(DType::F32).unwrap()).unwrap());
    let got = value(&tensors::info_nce(&a, &p, &fixed(0.1, Directions::BOTH_WAYS)).unwrap());
    assert!((got - both).abs() < 1e-5 * both, "{got} {both}");
}

/// The gradient of three matrices, a temperature, and every direction.
#[test]
fn the_gradient_is_the_slope() {
    let (n, d) = (5, 3);
    let (a, p, m) = (random(n, d, 3), random(n, d, 4), random(n, d, 5));
    let u = Var::new(&[1.2_f64], &Device::Cpu).unwrap();
    let guide = Guide {
        anchors: random(n, 4, 6).detach(),
        positives: random(n, 4, 7).detach(),
        negatives: vec![random(n, 4, 8).detach(), random(n, 4, 9).detach()],
        margin: 0.1,
        relative: true,
    };
    let texts = FalseNegatives::EqualTexts {
        anchors: vec![0, 1, 2, 3, 0],
        positives: vec![5, 6, 7, 6, 9],
        negatives: vec![vec![5, 5, 10, 11, 12], vec![13, 14, 2, 16, 17]],
    };
    let queue = Queue {
        vectors: random(4, d, 10).detach(),
        labels: vec![0, 9, 2, 1],
    };
    for directions in [
        Directions::ONE_WAY,
        Directions::BOTH_WAYS,
        Directions::ALL,
        Directions::GIST,
    ] {
        for false_negatives in [
            FalseNegatives::Keep,
            FalseNegatives::EqualLabels(vec![0, 1, 2, 1, 3]),
            texts.clone(),
            FalseNegatives::Guide(guide.clone()),
        ] {
            for similarity in [Distance::Cosine, Distance::Dot] {
                let options = InfoNce {
                    similarity,
                    temperature: Temperature::Learned(u.as_tensor().clone()),
                    directions,
                    false_negatives: false_negatives.clone(),
                    queue: Some(queue.clone()),
                };
                let negatives = [
                    m.as_tensor().clone(),
                    (m.as_tensor() * 0.5).unwrap().tanh().unwrap(),
                ];
                let loss = || {
                    let negatives = [negatives[0].clone(), (m.as_tensor() * 0.5)?.tanh()?];
                    tensors::multiple_negatives(&a, &p, &negatives, &options)
                };
                let named = [("anchors", &a), ("positives", &p), ("negatives", &m), ("u", &u)];
                let check = gradient_check(named, loss).unwrap();
                let found = check.within(1e-7);
                assert!(found.is_ok(), "{options:?}: {}", found.unwrap_err());
            }
        }
    }
}

/// exp(1000/0.07) is no number of any type here.
#[test]
fn similarities_that_overflow_have_a_loss_and_a_gradient() {
    for dtype in [DType::F32, DType::F64] {
        let x = Tensor::new(&[[100.0, 0.0], [0.0, 100.0], [70.0, 70.0]], &Device::Cpu).unwrap();
        let a = Var::from_tensor(&x.to_dtype(dtype).unwrap()).unwrap();
        let p = Var::from_tensor(&x.to_dtype(dtype).unwrap().neg().unwrap()).unwrap();
        let options = InfoNce {
            similarity: Distance::Dot,
            directions: Directions::BOTH_WAYS,
            ..Default::default()
        };
        let loss = tensors::info_nce(&a, &p, &options).unwrap();
        // Row 0: −10,000 against 0 and −7,000. Row 2: −9,800 against −7,000 twice.
        let expected = (10_000.0 * 2.0 + 2_800.0 + 0.07 * std::f64::consts::LN_2) / 3.0 / 0.07;
        assert!(
            (value(&loss) - expected).abs() < 1e-6 * expected,
            "{} {expected}",
            value(&loss)
        );
        let gradients = loss.backward().unwrap();
        let gradient = rows(gradients.get(&a).unwrap());
        assert!(gradient.iter().all(|g| g.is_finite()) && gradient.iter().any(|g| g.abs() > 1.0));
    }
}

#[test]
fn small_and_degenerate_batches_have_a_loss() {
    let one = random(1, 3, 16);
    let none = Var::zeros((0, 3), DType::F64, &Device::Cpu).unwrap();
    for directions in [Directions::ONE_WAY, Directions::BOTH_WAYS] {
        for x in [&one, &none] {
            let loss = tensors::info_nce(x, x, &fixed(0.07, directions)).unwrap();
            assert_eq!(value(&loss), 0.0);
            let gradients = loss.backward().unwrap();
            assert!(rows(gradients.get(x).unwrap()).iter().all(|&g| g == 0.0));
        }
    }
    // All negatives are false.
    let x = random(3, 3, 17);
    let options = InfoNce {
        false_negatives: FalseNegatives::EqualLabels(vec![5; 3]),
        ..Default::default()
    };
    assert_eq!(value(&tensors::info_nce(&x, &x, &options).unwrap()), 0.0);
    // Equal vectors, zero vectors: the logarithm of 3, and a gradient of 0.
    for x in [
        Var::zeros((3, 3), DType::F32, &Device::Cpu).unwrap(),
        Var::ones((3, 3), DType::F32, &Device::Cpu).unwrap(),
    ] {
        let loss = tensors::info_nce(&x, &x, &InfoNce::default()).unwrap();
        assert!((value(&loss) - 3_f64.ln()).abs() < 1e-6);
        let gradients = loss.backward().unwrap();
        assert!(rows(gradients.get(&x).unwrap()).iter().all(|g| g.abs() < 1e-5));
    }
}

/// Above 1/τ = 100 the loss is that of 100, and the gradient leads back or is 0.
#[test]
fn a_learned_temperature_starts_and_ends_as_that_of_clip() {
    assert!((Temperature::START - (1.0_f64 / 0.07).ln()).abs() < 1e-12);
    let (a, p) = (random(6, 3, 18), random(6, 3, 19));
    let with = |u: f64, a: &Var, p: &Var| {
        let u = Var::new(u, &Device::Cpu).unwrap();
        let options = InfoNce {
            temperature: Temperature::Learned(u.as_tensor().clone()),
            ..Default::default()
        };
        let loss = tensors::info_nce(a, p, &options).unwrap();
        let gradient = value(loss.backward().unwrap().get(&u).unwrap());
        (value(&loss), gradient)
    };
    let expected = value(&tensors::info_nce(&a, &p, &InfoNce::default()).unwrap());
    assert!((with(Temperature::START, &a, &p).0 - expected).abs() < 1e-12);
    let most = Temperature::MOST.ln();
    // Random pairs want a larger τ, pairs that are alike a smaller one.
    assert!(with(most, &a, &p).1 > 0.0);
    assert_eq!(with(most + 1.0, &a, &p), with(most, &a, &p));
    let (loss, gradient) = with(most - 1e-9, &a, &a);
    assert!(gradient < 0.0);
    let beyond = with(most + 1.0, &a, &a);
    assert!((beyond.0 - loss).abs() < 1e-6 && beyond.1 == 0.0);
}

#[test]
fn what_does_not_fit_is_said() {
    let (a, p) = (random(3, 2, 20), random(3, 2, 21));
    let error = |options: InfoNce| tensors::info_nce(&a, &p, &options).unwrap_err().to_string();
    let labels = FalseNegatives::EqualLabels(vec![1, 2]);
    let options = InfoNce {
        false_negatives: labels,
        ..Default::default()
    };
    assert_eq!(error(options), "the labels of pairs: expected 3, got 2");
    assert!(error(fixed(0.0, Directions::ONE_WAY)).starts_with("a temperature"));
    let options = InfoNce {
        similarity: Distance::Euclidean,
        ..Default::default()
    };
    assert!(error(options).ends_with("got Euclidean"));
    let options = fixed(
        1.0,
        Directions {
            joint: false,
            ..Directions::ALL
        },
    );
    assert!(error(options).starts_with("directions that are not joint"));
    assert!(tensors::info_nce(&a, &random(4, 2, 22), &InfoNce::default()).is_err());
    let x = tensors::supervised_contrastive(&a, &[1, 2], &SupervisedContrastive::default());
    assert_eq!(
        x.unwrap_err().to_string(),
        "the labels: expected 3, as many as vectors, got 2"
    );
}
