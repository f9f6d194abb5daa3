//! Tests of the triplet losses on tensors.

#![cfg(feature = "nn")]

use ndarray::Array2;
use proptest::prelude::*;
use rand::Rng as _;

use super::*;
use crate::loss::Triplet;
use crate::nn::{DType, Device, Tensor, Var, gradient_check};

const ALL: [Distance; 4] = [
    Distance::Euclidean,
    Distance::SquaredEuclidean,
    Distance::Cosine,
    Distance::Dot,
];

type OfLabels = fn(&Tensor, &[u32], &TripletOptions) -> Result<Tensor>;

const OF_LABELS: [OfLabels; 3] = [batch_hard, batch_all, batch_semi_hard];

fn random(n: usize, d: usize, seed: u64) -> Array2<f64> {
    let rng = &mut crate::rng::seeded(seed);
    Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0))
}

fn var(x: &Array2<f64>, dtype: DType) -> Var {
    let numbers: Vec<f64> = x.iter().copied().collect();
    let x = Tensor::from_vec(numbers, x.dim(), &Device::Cpu).unwrap();
    Var::from_tensor(&x.to_dtype(dtype).unwrap()).unwrap()
}

fn line(places: &[f64]) -> Var {
    var(
        &Array2::from_shape_fn((places.len(), 1), |(i, _)| places[i]),
        DType::F32,
    )
}

fn value(loss: &Tensor) -> f64 {
    loss.to_dtype(DType::F64).unwrap().to_scalar().unwrap()
}

fn gradient(loss: &Tensor, x: &Var) -> Vec<f64> {
    let gradients = loss.backward().unwrap();
    let gradient = gradients.get(x).unwrap().to_dtype(DType::F64).unwrap();
    gradient.flatten_all().unwrap().to_vec1().unwrap()
}

fn euclidean(margin: f32, average: Average) -> TripletOptions {
    TripletOptions {
        margin: Some(margin),
        distance: Distance::Euclidean,
        average,
    }
}

/// Of 0, 1, 3 on a line. sentence-transformers has 3.333333 for `batch_hard` with margin 5, because it gives
/// the row without a positive a term, 0 − 2 + 5.
#[test]
fn they_are_those_of_sentence_transformers() {
    let x = line(&[0.0, 1.0, 3.0]);
    let of = |f: OfLabels, m, average| value(&f(&x, &[0, 0, 1], &euclidean(m, average)).unwrap());
    assert_eq!(of(batch_hard, 5.0, Average::Valid), 3.5);
    assert_eq!(
        (of(batch_hard, 5.0, Average::Valid) * 2.0 + 3.0) / 3.0,
        10.0 / 3.0
    );
    assert_eq!(of(batch_all, 1.5, Average::NonZero), 0.5);
    assert_eq!(of(batch_all, 1.5, Average::Valid), 0.25);
    assert_eq!(of(batch_semi_hard, 5.0, Average::Valid), 3.5);
    // All 3 rows count, although one has no positive.
    assert!((of(batch_hard, 5.0, Average::All) - 7.0 / 3.0).abs() < 1e-6);
}

/// pytorch-metric-learning 2.9: margin ½, vectors not scaled; its default is the mean over those not 0.
#[test]
fn it_is_that_of_pytorch_metric_learning() {
    let x = line(&[0.0, 0.1, 5.0, 0.3]);
    for (average, expected) in [(Average::NonZero, 0.35), (Average::Valid, 0.175)] {
        let loss = batch_all(&x, &[0, 0, 1, 2], &euclidean(0.5, average)).unwrap();
        assert!((value(&loss) - expected).abs() < 1e-6, "{average:?}");
    }
}

/// No triplet: 0 with gradient 0, and no NaN.
#[test]
fn a_batch_without_a_valid_triplet_is_0() {
    for labels in [&[4, 4, 4][..], &[0, 1, 2], &[7], &[]] {
        let x = line(&[0.0, 1.0, 3.0][..labels.len()]);
        assert_eq!(valid_anchors(labels), 0);
        for f in OF_LABELS {
            for average in [Average::All, Average::Valid, Average::NonZero] {
                let loss = f(&x, labels, &euclidean(5.0, average)).unwrap();
                assert_eq!(value(&loss), 0.0);
                if !labels.is_empty() {
                    assert!(gradient(&loss, &x).iter().all(|&g| g == 0.0));
                }
            }
        }
    }
    let x = line(&[0.0, 1.0]);
    let loss = of_list(&x, &[], &TripletOptions::default()).unwrap();
    assert_eq!((value(&loss), gradient(&loss, &x)), (0.0, vec![0.0; 2]));
}

/// All distances, both margins, all averages. Random vectors are at no corner.
#[test]
fn the_gradient_is_the_slope() {
    let labels = [0, 0, 1, 1, 1, 2];
    let x = var(&random(6, 5, 1), DType::F64);
    let rows = [2, 3, 4].map(|seed| var(&random(6, 5, seed), DType::F64));
    let list = [(0, 1, 2), (2, 3, 0), (4, 2, 5), (0, 1, 4), (1, 5, 1)];
    let list = list.map(|(anchor, positive, negative)| Triplet {
        anchor,
        positive,
        negative,
    });
    for distance in ALL {
        for margin in [Some(0.4), None] {
            for average in [Average::All, Average::Valid, Average::NonZero] {
                let options = TripletOptions {
                    margin,
                    distance,
                    average,
                };
                for f in OF_LABELS {
                    let check = gradient_check([("x", &x)], || f(&x, &labels, &options));
                    check.unwrap().within(1e-7).unwrap();
                }
                let check = gradient_check([("x", &x)], || of_list(&x, &list, &options));
                check.unwrap().within(1e-7).unwrap();
                let [a, p, n] = &rows;
                let variables = [("a", a), ("p", p), ("n", n)];
                let check = gradient_check(variables, || of_rows(a, p, n, &options));
                check.unwrap().within(1e-7).unwrap();
            }
        }
    }
}

/// The list, and the three matrices, are what the board says, in f32, triplet by triplet.
#[test]
fn a_batch_is_the_mean_of_its_triplets() {
    let (a, p, n) = (random(200, 7, 1), random(200, 7, 2), random(200, 7, 3));
    let stacked = ndarray::concatenate![ndarray::Axis(0), a, p, n];
    let list: Vec<Triplet> = (0..200)
        .map(|i| Triplet {
            anchor: i,
            positive: 200 + i,
            negative: 400 + i,
        })
        .collect();
    for distance in ALL {
        for average in [Average::Valid, Average::NonZero] {
            let options = TripletOptions {
                margin: Some(0.3),
                distance,
                average,
            };
            let row = |x: &Array2<f64>, i: usize| x.row(i).iter().map(|&x| x as f32).collect::<Vec<_>>();
            let terms: Vec<f64> = (0..200)
                .map(|i| {
                    let d = |x: &Array2<f64>| distance.between(&row(&a, i), &row(x, i));
                    f64::from(triplet(d(&p), d(&n), 0.3))
                })
                .collect();
            let non_zero = terms.iter().filter(|&&loss| loss > 0.0).count();
            let expected = terms.iter().sum::<f64>() / average.divisor(200, 200, non_zero);
            let [a, p, n, x] = [&a, &p, &n, &stacked].map(|x| var(x, DType::F32));
            let by_row = of_rows(&a, &p, &n, &options).unwrap();
            let by_list = of_list(&x, &list, &options).unwrap();
            for loss in [&by_row, &by_list] {
                assert!((value(loss) - expected).abs() < 1e-5, "{distance:?}");
            }
            let all: Vec<f64> = [&a, &p, &n].iter().flat_map(|x| gradient(&by_row, x)).collect();
            for (by_row, by_list) in all.iter().zip(gradient(&by_list, &x)) {
                assert!((by_row - by_list).abs() < 1e-7, "{distance:?}");
            }
        }
    }
}

/// torch's margin loss is 1 where all three coincide, and its gradient there is 0.
#[test]
fn vectors_that_coincide_have_a_gradient() {
    let x = line(&[2.0, 2.0, 2.0]);
    for distance in ALL {
        for margin in [Some(1.0), None] {
            let options = TripletOptions {
                margin,
                distance,
                average: Average::Valid,
            };
            for f in OF_LABELS {
                let loss = f(&x, &[0, 0, 1], &options).unwrap();
                assert!((value(&loss) - if margin.is_some() { 1.0 } else { 2_f64.ln() }).abs() < 1e-6);
                assert!(gradient(&loss, &x).iter().all(|g| g.is_finite()), "{distance:?}");
            }
            let loss = of_rows(&x, &x, &x, &options).unwrap();
            assert!(gradient(&loss, &x).iter().all(|g| g.abs() < 1e-6), "{distance:?}");
        }
    }
    let zeros = line(&[0.0, 0.0, 1.0]);
    let options = TripletOptions {
        distance: Distance::Cosine,
        ..TripletOptions::default()
    };
    let loss = batch_hard(&zeros, &[0, 0, 1], &options).unwrap();
    assert!((value(&loss) - 0.2).abs() < 1e-6);
    assert_eq!(gradient(&loss, &zeros), [0.0; 3]);
}

#[test]
fn what_does_not_fit_is_said() {
    let x = line(&[0.0, 1.0, 3.0]);
    for f in OF_LABELS {
        let told = f(&x, &[0, 0], &TripletOptions::default())
            .unwrap_err()
            .to_string();
        assert_eq!(told, "the labels: expected 3, one for each row, got 2");
        let options = TripletOptions {
            margin: Some(f32::NAN),
            ..TripletOptions::default()
        };
        let told = f(&x, &[0, 0, 1], &options).unwrap_err().to_string();
        assert_eq!(told, "the margin: expected a finite number, got NaN");
    }
    let other = line(&[0.0, 1.0]);
    let told = of_rows(&x, &x, &other, &TripletOptions::default()).unwrap_err();
    assert_eq!(
        told.to_string(),
        "the negatives: expected (3, 1), as the anchors, got [2, 1]"
    );
    let outside = Triplet {
        anchor: 0,
        positive: 1,
        negative: 3,
    };
    assert!(of_list(&x, &[outside], &TripletOptions::default()).is_err());
    // Far beyond what exp holds, and squares beyond f32.
    let far = line(&[0.0, 1e4, 3e4]);
    let soft = TripletOptions {
        margin: None,
        ..TripletOptions::default()
    };
    for f in OF_LABELS {
        assert!(value(&f(&far, &[0, 0, 1], &soft).unwrap()).is_finite());
    }
}

proptest! {
    /// A permutation of the batch changes nothing, nor does a rotation of the space.
    #[test]
    fn order_and_direction_do_not_count(seed in 0_u64..1000, angle in 0.0_f64..6.3) {
        let x = random(8, 2, seed);
        let labels = [0, 1, 0, 1, 2, 2, 0, 3];
        let (sin, cos) = angle.sin_cos();
        let rotated = x.dot(&ndarray::array![[cos, sin], [-sin, cos]]);
        let turn = |i: usize| (3 * i + 1) % 8;
        let permuted = Array2::from_shape_fn((8, 2), |(i, j)| x[[turn(i), j]]);
        let labels_permuted: Vec<u32> = (0..8).map(|i| labels[turn(i)]).collect();
        for distance in ALL {
            let options = TripletOptions { margin: Some(0.3), distance, average: Average::Valid };
            for f in OF_LABELS {
                let [x, rotated, permuted] = [&x, &rotated, &permuted].map(|x| var(x, DType::F64));
                let loss = f(&x, &labels, &options).unwrap();
                let of_rotated = f(&rotated, &labels, &options).unwrap();
                prop_assert!((value(&loss) - value(&of_rotated)).abs() < 1e-9);
                let of_permuted = f(&permuted, &labels_permuted, &options).unwrap();
                prop_assert!((value(&loss) - value(&of_permuted)).abs() < 1e-12);
                let (g, of_permuted) = (gradient(&loss, &x), gradient(&of_permuted, &permuted));
                for i in 0..8 {
                    prop_assert!((of_permuted[2 * i] - g[2 * turn(i)]).abs() < 1e-9);
                }
            }
        }
    }
}
