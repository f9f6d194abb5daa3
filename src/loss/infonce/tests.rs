//! Tests of the losses on tensors: against the forms on slices, against the library of multiple-negatives
//! ranking, by differences, and by what must not change a loss.

use ndarray::Array2;
use rand::Rng as _;

use super::*;
use crate::loss::{Average, Distance, tensors};
use crate::nn::{DType, Device, Tensor, Var, gradient_check};

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
            let loss = tensors::multiple_negatives(&anchors, &positives, &[negatives.clone()], &options);
            let got = value(&loss.unwrap());
            assert!((got - expected).abs() < 2e-6, "{directions:?} {scale}: {got}");
        }
    }
    for (scale, expected) in [(20.0, 2.018_314), (1.0, 0.923_943)] {
        let options = fixed(1.0 / scale, Directions::BOTH_WAYS);
        let loss = tensors::multiple_negatives(&anchors, &positives, &[negatives.clone()], &options);
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
    let n = 150;
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

/// What each mask leaves out, by leaving it out by hand.
#[test]
fn false_negatives_do_not_count() {
    let (a, p) = (random(4, 3, 11), random(4, 3, 12));
    let s = cosines(&a, &p);
    // The mean loss where these candidates (i, j) are left out.
    let without = |pairs: &[(usize, usize)]| {
        let each = (0..4).map(|i| {
            let row: Vec<f32> = (0..4)
                .map(|j| match pairs.contains(&(i, j)) {
                    true => f32::NEG_INFINITY,
                    false => s[[i, j]] as f32,
                })
                .collect();
            f64::from(info_nce(&row, i, 0.07).unwrap())
        });
        each.sum::<f64>() / 4.0
    };
    let got = |false_negatives: FalseNegatives| {
        let options = InfoNce {
            false_negatives,
            ..Default::default()
        };
        value(&tensors::info_nce(&a, &p, &options).unwrap())
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-5 * (1.0 + b), "{a} {b}");
    close(got(FalseNegatives::Keep), without(&[]));
    let pairs = [(0, 2), (2, 0)];
    assert!((without(&[]) - without(&pairs)).abs() > 1e-3);
    close(
        got(FalseNegatives::EqualLabels(vec![8, 1, 8, 2])),
        without(&pairs),
    );
    // Texts: 1 and 3 have the same anchor; the positive of 2 is the anchor of 0.
    let texts = FalseNegatives::EqualTexts {
        anchors: vec![10, 11, 12, 11],
        positives: vec![20, 21, 10, 23],
        negatives: vec![],
    };
    close(got(texts), without(&[(1, 3), (3, 1), (0, 2)]));
    // A guide on a line by angle: the positive of each row, then what is nearer to it.
    let at = |angles: [f64; 4]| {
        let x = angles.map(|angle| [angle.cos(), angle.sin()]);
        Tensor::new(&x, &Device::Cpu).unwrap()
    };
    let guide = |margin, relative| {
        FalseNegatives::Guide(Guide {
            anchors: at([0.0, 1.0, 2.0, 3.0]),
            // Distances from their anchors: 0.5, 0.1, 0.2, 0.3.
            positives: at([0.5, 1.1, 2.2, 2.7]),
            negatives: vec![],
            margin,
            relative,
        })
    };
    // Nearer than the own positive: for no row. Anchor 1 has its positive at 0.1, that of 0 at 0.5.
    close(got(guide(0.0, false)), without(&[]));
    // cos 0.1 − 0.12 = 0.875 < cos 0.5 = 0.8776: (1, 0). (2, 3) has cos 0.7 = 0.765, (3, 2) cos 0.8.
    close(got(guide(0.12, false)), without(&[(1, 0)]));
    // Of 0.98 is cos 0.2 for row 2; 0.98 · 0.78 < cos 0.7.
    close(got(guide(0.22, true)), without(&[(1, 0), (2, 3)]));
}

/// A batch in another order, another basis, other lengths, and a shift of all similarities.
#[test]
fn what_does_not_matter_changes_nothing() {
    let (a, p, m) = (random(9, 3, 13), random(9, 3, 14), random(9, 3, 15));
    let order = Tensor::new(&[4_u32, 2, 8, 0, 1, 7, 3, 6, 5], &Device::Cpu).unwrap();
    // A rotation by 1 in the plane of the first two axes, and then of the last two.
    let (c, s) = (1_f64.cos(), 1_f64.sin());
    let turn = |x: [[f64; 3]; 3]| Tensor::new(&x, &Device::Cpu).unwrap();
    let turn = turn([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
        .matmul(&turn([[1.0, 0.0, 0.0], [0.0, c, s], [0.0, -s, c]]))
        .unwrap();
    for directions in [Directions::ONE_WAY, Directions::BOTH_WAYS, Directions::ALL] {
        let options = fixed(0.1, directions);
        let loss = |change: &dyn Fn(&Tensor) -> Tensor| {
            let [a, p, m] = [&a, &p, &m].map(|x| change(x));
            value(&tensors::multiple_negatives(&a, &p, &[m], &options).unwrap())
        };
        let expected = loss(&Tensor::clone);
        let close = |got: f64| {
            assert!(
                (got - expected).abs() < 1e-12 * (1.0 + expected),
                "{got} {expected}"
            )
        };
        close(loss(&|x| x.index_select(&order, 0).unwrap()));
        close(loss(&|x| x.matmul(&turn).unwrap()));
        close(loss(&|x| (x * 7.0).unwrap()));
        // A further number in each vector, the same in the products of all: all similarities are shifted.
        let options = InfoNce {
            similarity: Distance::Dot,
            ..options.clone()
        };
        let more = Tensor::ones((9, 1), DType::F64, &Device::Cpu).unwrap();
        let of = |a: &Tensor, p: &Tensor| value(&tensors::info_nce(a, p, &options).unwrap());
        let longer = [&a, &p].map(|x| Tensor::cat(&[x.as_tensor(), &more], 1).unwrap());
        assert!((of(&a, &p) - of(&longer[0], &longer[1])).abs() < 1e-11);
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

/// The values of pytorch-metric-learning 2.9, τ = 0.1, which averages over the anchors whose loss is above 0.
#[test]
fn supervised_contrastive_has_the_values_of_its_library() {
    let of = |x: &[[f64; 2]], labels: &[u32]| {
        let x: Vec<f64> = x.iter().flatten().copied().collect();
        let x = Tensor::from_vec(x, (labels.len(), 2), &Device::Cpu).unwrap();
        let options = SupervisedContrastive {
            average: Average::NonZero,
            ..Default::default()
        };
        value(&tensors::supervised_contrastive(&x, labels, &options).unwrap())
    };
    let three = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]];
    assert!((of(&three, &[0, 0, 1]) - 0.346_597).abs() < 1e-6);
    let four = [[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [-1.0, 0.0]];
    assert!((of(&four, &[0, 0, 0, 1]) - 2.710_025).abs() < 1e-6);
}

#[test]
fn supervised_contrastive_is_the_mean_of_its_rows_and_has_its_gradient() {
    let n = 7;
    let x = random(n, 3, 23);
    let labels = [4, 4, 1, 4, 1, 9, 2];
    let s = cosines(&x, &x).mapv(|s| s as f32);
    let each: Vec<f64> = (0..n)
        .map(|i| f64::from(supervised_contrastive(&s.row(i).to_vec(), &labels, i, 0.5).unwrap()))
        .collect();
    let sum: f64 = each.iter().sum();
    for (average, count) in [
        (Average::All, 7.0),
        (Average::Valid, 5.0),
        (Average::NonZero, 5.0),
    ] {
        let options = SupervisedContrastive {
            temperature: 0.5,
            average,
            ..Default::default()
        };
        let loss = || tensors::supervised_contrastive(&x, &labels, &options);
        assert!((value(&loss().unwrap()) - sum / count).abs() < 1e-6);
        gradient_check([("x", &x)], loss).unwrap().within(1e-7).unwrap();
        // With vectors of before.
        let queue = Queue {
            vectors: random(5, 3, 24).detach(),
            labels: vec![9, 4, 3, 1, 9],
        };
        let options = SupervisedContrastive {
            queue: Some(queue),
            similarity: Distance::Dot,
            ..options.clone()
        };
        let loss = || tensors::supervised_contrastive(&x, &labels, &options);
        gradient_check([("x", &x)], loss).unwrap().within(1e-7).unwrap();
    }
    // No two of a class.
    let loss = tensors::supervised_contrastive(&x, &[1, 2, 3, 4, 5, 6, 7], &SupervisedContrastive::default());
    let loss = loss.unwrap();
    assert_eq!(value(&loss), 0.0);
    let gradients = loss.backward().unwrap();
    assert!(rows(gradients.get(&x).unwrap()).iter().all(|&g| g == 0.0));
}

#[test]
fn n_pairs_have_the_mean_and_its_gradient() {
    let (a, p) = (random(4, 3, 25), random(4, 3, 26));
    let products = rows(&a).dot(&rows(&p).t()).mapv(|s| s as f32);
    let each = (0..4).map(|i| f64::from(n_pairs(&products.row(i).to_vec(), i).unwrap()));
    let expected = each.sum::<f64>() / 4.0;
    let got = value(&tensors::n_pairs(&a, &p, 0.0).unwrap());
    assert!((got - expected).abs() < 1e-6);
    let squares = rows(&a).iter().chain(&rows(&p)).map(|x| x * x).sum::<f64>();
    let with_length = value(&tensors::n_pairs(&a, &p, 0.5).unwrap());
    assert!((with_length - got - 0.5 * squares / 8.0).abs() < 1e-12);
    let loss = || tensors::n_pairs(&a, &p, 0.5);
    gradient_check([("a", &a), ("p", &p)], loss)
        .unwrap()
        .within(1e-7)
        .unwrap();
}

/// A batch with more columns than a band holds at once has the loss of its parts.
#[test]
fn bands_change_nothing() {
    // 300 rows and 20,000 candidates: bands of 128 rows.
    let (a, p) = (random(300, 2, 27), random(300, 2, 28));
    let queue = random(20_000, 2, 29);
    let options = InfoNce {
        queue: Some(Queue {
            vectors: queue.as_tensor().clone(),
            labels: vec![],
        }),
        ..Default::default()
    };
    let loss = tensors::info_nce(&a, &p, &options).unwrap();
    let (s, t) = (cosines(&a, &p), cosines(&a, &queue));
    // No cosine is so large that exp(s/τ) overflows.
    let sum = |i: usize| {
        s.row(i)
            .iter()
            .chain(t.row(i))
            .map(|s| (s / 0.07).exp())
            .sum::<f64>()
    };
    let sums: Vec<f64> = (0..300).map(sum).collect();
    let each = (0..300).map(|i| sums[i].ln() - s[[i, i]] / 0.07);
    let expected = each.sum::<f64>() / 300.0;
    assert!(
        (value(&loss) - expected).abs() < 1e-9,
        "{} {expected}",
        value(&loss)
    );
    // The gradient by the positives of the plain formula: Σᵢ (p − y) x̂ᵢ, across the positive.
    let gradients = loss.backward().unwrap();
    let got = rows(gradients.get(&p).unwrap());
    let unit = |x: &Var| {
        let mut x = rows(x);
        let lengths = crate::loss::distance::normalize(&mut x);
        (x, lengths)
    };
    let ((a, _), (p, lengths)) = (unit(&a), unit(&p));
    let share = |i: usize, j: usize| (s[[i, j]] / 0.07).exp() / sums[i] - f64::from(u8::from(i == j));
    for j in [0, 140, 299] {
        let mut expected = ndarray::Array1::<f64>::zeros(2);
        for i in 0..300 {
            expected.scaled_add(share(i, j) / 0.07 / 300.0, &a.row(i));
        }
        let along = expected.dot(&p.row(j));
        expected.scaled_add(-along, &p.row(j));
        expected /= lengths[j];
        let apart = (&expected - &got.row(j)).mapv(f64::abs).sum();
        assert!(apart < 1e-10, "{j}: {expected} {}", got.row(j));
    }
}
