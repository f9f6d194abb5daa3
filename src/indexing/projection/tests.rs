//! The lemma in numbers: the bound compared with scikit-learn, projections with their matrix, distortions
//! with the bound.

use ndarray::Array2;
use rand::Rng as _;

use super::*;
use crate::count::Sparse;

const KINDS: [ProjectionKind; 3] = [
    ProjectionKind::Gaussian,
    ProjectionKind::Sparse,
    ProjectionKind::VerySparse,
];

/// Points with numbers from −1 to 1; a share `zeros` of them is 0.
fn points(n: usize, d: usize, zeros: f64, seed: u64) -> Array2<f32> {
    let mut rng = crate::rng::seeded(seed);
    Array2::from_shape_fn((n, d), |_| {
        if rng.random_bool(zeros) {
            0.0
        } else {
            rng.random_range(-1.0..1.0)
        }
    })
}

/// scikit-learn's johnson_lindenstrauss_min_dim, which rounds down, from
/// tests/oracles/johnson_lindenstrauss.py.
#[test]
fn the_bound_is_scikit_learn_s() {
    let table = [
        (2, 0.05, 2294),
        (2, 0.1, 594),
        (2, 0.5, 33),
        (2, 0.99, 16),
        (10, 0.05, 7622),
        (10, 0.1, 1973),
        (10, 0.5, 110),
        (10, 0.99, 55),
        (1000, 0.05, 22867),
        (1000, 0.1, 5920),
        (1000, 0.5, 331),
        (1000, 0.99, 165),
        (123_456, 0.05, 38809),
        (123_456, 0.1, 10048),
        (123_456, 0.5, 562),
        (123_456, 0.99, 281),
        (1_000_000_000, 0.05, 68601),
        (1_000_000_000, 0.1, 17762),
        (1_000_000_000, 0.5, 994),
        (1_000_000_000, 0.99, 497),
    ];
    for (n, eps, floor) in table {
        let k = jl_dimension(n, eps).unwrap();
        assert_eq!(k, floor + 1, "{n} points, {eps}");
    }
}

#[test]
fn settings_out_of_range() {
    for eps in [0.0, 1.0, -0.1, f64::NAN] {
        let e = jl_dimension(10, eps).unwrap_err().to_string();
        assert_eq!(
            e,
            format!("the distortion ε: expected a number between 0 and 1, got {eps}")
        );
    }
    assert!(jl_dimension(0, 0.5).is_err());
    assert_eq!(jl_dimension(1, 0.5).unwrap(), 1);
    let e = Projection::new(ProjectionKind::Gaussian, 0, 5, 1)
        .unwrap_err()
        .to_string();
    assert_eq!(e, "the points' dimension: expected at least 1, got 0");
    assert!(Projection::new(ProjectionKind::Sparse, 5, 0, 1).is_err());
    assert!(Projection::new(ProjectionKind::Gaussian, 1 << 20, 1 << 20, 1).is_err());
    let projection = Projection::new(ProjectionKind::Sparse, 5, 3, 1).unwrap();
    let e = projection
        .project(points(2, 4, 0.0, 1).view())
        .unwrap_err()
        .to_string();
    assert_eq!(e, "the points: expected 5 numbers each, got 4 numbers each");
    assert!(distortion(points(2, 3, 0.0, 1).view(), points(3, 3, 0.0, 1).view()).is_err());
}

#[test]
fn degenerate_points() {
    for kind in KINDS {
        // One dimension, and more dimensions than before.
        let wider = Projection::new(kind, 1, 64, 3).unwrap();
        assert_eq!(wider.project(points(0, 1, 0.0, 1).view()).unwrap().dim(), (0, 64));
        let same = Array2::from_elem((3, 1), 2.0);
        let d = distortion(same.view(), wider.project(same.view()).unwrap().view()).unwrap();
        assert_eq!((d.ratios().len(), d.largest(), d.within(0.1)), (0, 0.0, 1.0));
        assert!(d.to_string().ends_with("3 pairs of equal points left out"));
    }
}

/// The fast products equal those with R written out. A sum of 300 numbers below 1 differs by at most 1e-4 in
/// another order.
#[test]
fn projecting_is_multiplying_by_the_matrix() {
    for kind in KINDS {
        let projection = Projection::new(kind, 300, 40, 7).unwrap();
        let x = points(20, 300, 0.8, 2);
        let expected = x.dot(&projection.matrix().unwrap());
        let near = |y: &Array2<f32>| y.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4);
        assert!(near(&projection.project(x.view()).unwrap()));
        assert!(near(&projection.project_sparse(&Sparse::from_dense(&x)).unwrap()));
        // In another layout.
        let turned = x.t().as_standard_layout().into_owned();
        assert!(near(&projection.project(turned.t()).unwrap()));
        assert!(projection == Projection::new(kind, 300, 40, 7).unwrap());
        assert!(projection != Projection::new(kind, 300, 40, 8).unwrap());
    }
}

/// Entries have mean 0 and variance 1/k. There are 10⁶ entries, so the mean of the squares times k is 1 with
/// a spread of √((s − 1)/10⁶), which is below 0.006 for s = 32. The bound is four of these.
#[test]
fn entries_have_their_mean_and_variance() {
    let (from, to) = (1000, 1000);
    for (kind, share) in KINDS.into_iter().zip([1.0, 1.0 / 3.0, 1.0 / 1000_f64.sqrt()]) {
        let projection = Projection::new(kind, from, to, 11).unwrap();
        let r = projection.matrix().unwrap();
        let n = (from * to) as f64;
        let mean = r.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
        let variance = r.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / n * to as f64;
        assert!(mean.abs() < 4.0 / (n * to as f64).sqrt(), "{kind:?}: mean {mean}");
        assert!((variance - 1.0).abs() < 0.024, "{kind:?}: variance {variance}");
        assert!(
            (projection.n_entries() as f64 / n - share).abs() < 0.004,
            "{kind:?}"
        );
    }
}

/// The lemma over 60 seeds: at the bound's k, at most one draw in n may break the promise on average. With 40
/// points that would be 1.5 of 60 draws; more than 6 have a probability below 0.001.
#[test]
fn the_promise_is_kept() {
    let (n, eps) = (40, 0.5);
    let k = jl_dimension(n, eps).unwrap();
    let x = points(n, 400, 0.3, 5);
    for kind in KINDS {
        let broken = (0..60).filter(|&seed| {
            let y = Projection::new(kind, 400, k, seed)
                .unwrap()
                .project(x.view())
                .unwrap();
            distortion(x.view(), y.view()).unwrap().largest() > eps as f32
        });
        assert!(broken.count() <= 6, "{kind:?}");
        // Far below the bound every draw breaks the promise, so the test can fail.
        let y = Projection::new(kind, 400, 8, 1)
            .unwrap()
            .project(x.view())
            .unwrap();
        assert!(distortion(x.view(), y.view()).unwrap().largest() > eps as f32);
    }
}

/// The spread of a ratio is √(2/k) for normal entries. Over all pairs, the typical distortion is within a
/// fifth of it.
#[test]
fn the_typical_distortion_follows_its_formula() {
    let x = points(100, 500, 0.0, 6);
    for k in [20, 200] {
        let y = Projection::new(ProjectionKind::Gaussian, 500, k, 4)
            .unwrap()
            .project(x.view())
            .unwrap();
        let d = distortion(x.view(), y.view()).unwrap();
        let expected = (2.0 / k as f32).sqrt();
        assert!((d.typical() / expected - 1.0).abs() < 0.2, "{k}: {}", d.typical());
        assert!(d.within(d.largest()) == 1.0 && d.within(d.typical()) > 0.5);
    }
}

#[test]
fn the_bound_turned_round() {
    for (n, k) in [(10, 200), (1000, 500), (1_000_000, 5000)] {
        let eps = jl_distortion(n, k).unwrap();
        assert!(
            jl_dimension(n, eps * 1.0001).unwrap() <= k && jl_dimension(n, eps * 0.9999).unwrap() > k - 1
        );
    }
    assert_eq!(jl_distortion(10, 0), None);
    assert_eq!(jl_distortion(1, 5).map(|eps| eps < 1e-6), Some(true));
}
