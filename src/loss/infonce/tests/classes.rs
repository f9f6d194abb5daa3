//! Tests of the losses of classes: the supervised contrastive one, and N-pairs.

use super::*;
use crate::loss::Average;

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
