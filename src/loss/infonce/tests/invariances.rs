//! Tests of what must not change InfoNCE: false negatives, the order of a batch, the basis of the space,
//! bands.

use super::*;

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

/// A batch with more columns than a band holds at once has the loss of its parts.
#[test]
fn bands_change_nothing() {
    // 300 rows and 20,000 candidates: a band of one tile, and a rest.
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
