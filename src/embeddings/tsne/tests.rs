use super::*;

/// The vectors and points that `tests/oracles/tsne.py` uses.
fn oracle() -> (Array2<f32>, Vec<f32>) {
    let x = Array2::from_shape_fn((12, 3), |(i, j)| {
        let (i, j) = (i as f64, j as f64);
        (i * 1.7 + j * 2.3 + i * j * 0.31).sin() as f32
    });
    let y = |axis: usize| {
        (0..12).map(move |i| {
            let (i, j) = (f64::from(i), axis as f64);
            (i * 0.9 + j * 1.1 + i * j * 0.7).cos() as f32
        })
    };
    (x, y(0).chain(y(1)).collect())
}

/// The figures that the script printed. Both sides stop the search for the width when the entropy is accurate
/// to 1e-5, so the probabilities differ by a relative 1e-4 or so.
#[test]
fn it_is_scikit_learn_s() {
    let (x, y) = oracle();
    let p = affinities(x.view(), 4.0);
    let expected = [
        0.0,
        8.10444e-05,
        0.00229781,
        0.030287,
        2.92287e-05,
        0.00487437,
        0.0238195,
        6.94811e-05,
        0.00436647,
        0.00758176,
        0.000289229,
        0.00507548,
    ];
    for (found, expected) in p.row(0).iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-3 * expected, "{found} {expected}");
    }
    assert!((divergence(&p, &y) - 1.203590).abs() < 1e-3);
    let expected = [
        [0.023398, 0.015264],
        [0.01341, 0.010621],
        [0.053389, -0.017599],
        [-0.067456, -0.0021362],
        [-0.037738, 0.044975],
        [-0.038557, -0.033723],
        [0.017058, -0.04388],
        [0.053107, -0.0094449],
        [0.067369, 0.0267],
        [-0.0035977, 0.015958],
        [-0.044103, 0.0025257],
        [-0.036279, -0.0092599],
    ];
    let slope = gradient(&p, &y, 1.0);
    for (i, expected) in expected.into_iter().enumerate() {
        for (axis, expected) in expected.into_iter().enumerate() {
            let found = slope[12 * axis + i];
            assert!((found - expected).abs() < 5e-5, "{i} {axis}: {found} {expected}");
        }
    }
}

#[test]
fn the_gradient_is_the_slope_of_the_divergence() {
    let (x, y) = oracle();
    let p = affinities(x.view(), 4.0);
    let slope = gradient(&p, &y, 1.0);
    let step = 1e-2;
    for i in 0..y.len() {
        let moved = |by: f32| {
            let mut y = y.clone();
            y[i] += by;
            divergence(&p, &y)
        };
        // The next term of the central difference is about 1e-5 for this step.
        let numeric = (moved(step) - moved(-step)) / f64::from(2.0 * step);
        assert!(
            (numeric - f64::from(slope[i])).abs() < 1e-4,
            "{i}: {numeric} {}",
            slope[i]
        );
    }
}

/// Each row's entropy is the logarithm of the perplexity, whatever the scale of the vectors. All
/// probabilities sum to one.
#[test]
fn probabilities_are_as_wide_as_asked() {
    let (x, _) = oracle();
    for (scale, perplexity) in [(1.0, 2.0), (1e-6, 4.0), (1e6, 8.0)] {
        let p = affinities(x.mapv(|v| v * scale).view(), perplexity);
        assert!((p.sum() - 1.0).abs() < 1e-5);
        assert_eq!(p, p.t());
        let of_one = affinities(x.view(), perplexity);
        assert!((&p - &of_one).iter().all(|d| d.abs() < 1e-4), "{scale}");
    }
    // Equal vectors are equally likely, and nothing is divided by zero.
    let same = affinities(Array2::ones((5, 2)).view(), 2.0);
    assert!(
        same.indexed_iter()
            .all(|((i, j), &p)| (p - if i == j { 0.0 } else { 0.05 }).abs() < 1e-6)
    );
}

/// Three clumps in ten dimensions are three clumps in the plane: the nearest point of each point is in the
/// same clump.
#[test]
fn clumps_stay_apart() {
    let mut rng = rng::seeded(1);
    let x = Array2::from_shape_fn((60, 10), |(i, j)| {
        let middle = if j == i % 3 { 5.0 } else { 0.0 };
        middle + rng.random_range(-1.0..1.0_f32)
    });
    for random_start in [None, Some(3)] {
        let settings = Tsne {
            perplexity: 10.0,
            steps: 500,
            random_start,
            ..Tsne::default()
        };
        let mut told = Vec::new();
        let found = settings.fit_with(x.view(), |step| told.push(step)).unwrap();
        let y = found.points();
        for i in 0..60 {
            let distance = |j: &usize| (&y.row(i) - &y.row(*j)).mapv(|d| d * d).sum();
            let nearest = (0..60)
                .filter(|&j| j != i)
                .min_by(|a, b| distance(a).total_cmp(&distance(b)));
            assert_eq!(nearest.unwrap() % 3, i % 3, "{random_start:?} {i}");
        }
        assert_eq!(told.len(), 10);
        assert_eq!((told[9].step, told[9].divergence), (500, found.divergence()));
        assert!(told[9].divergence < told[0].divergence);
    }
}

#[test]
fn threads_change_nothing() {
    let (x, _) = oracle();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| {
            Tsne {
                perplexity: 4.0,
                steps: 60,
                ..Tsne::default()
            }
            .fit(x.view())
            .unwrap()
        })
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn bad_input_is_an_error() {
    let error = |settings: Tsne, x: Array2<f32>| settings.fit(x.view()).unwrap_err().to_string();
    let (x, _) = oracle();
    assert_eq!(
        error(Tsne::default(), x.clone()),
        "the perplexity: expected at least 1 and below 12, the number of vectors, got 30"
    );
    assert_eq!(
        error(Tsne::default(), Array2::zeros((3, 3))),
        "the vectors of a t-SNE map: expected 4 to 10,000, got 3"
    );
    let rate = Tsne {
        perplexity: 4.0,
        learning_rate: Some(f32::NAN),
        ..Tsne::default()
    };
    assert_eq!(
        error(rate, x.clone()),
        "the learning rate: expected a positive number, got NaN"
    );
    let mut x = x;
    x[[3, 1]] = f32::INFINITY;
    assert_eq!(
        error(
            Tsne {
                perplexity: 4.0,
                ..Tsne::default()
            },
            x
        ),
        "vector 3, number 1: expected a finite number, got inf"
    );
}
