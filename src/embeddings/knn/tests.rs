use ndarray::{Array2, ArrayView2, array};
use rand::Rng;

use super::*;

const METRICS: [Metric; 3] = [Metric::Dot, Metric::Cosine, Metric::Euclidean];

/// Every vector scored in f64, then sorted: the fast form must equal this, number for number.
fn naive(base: ArrayView2<f32>, queries: ArrayView2<f32>, k: usize, metric: Metric) -> Array2<u32> {
    let mut ids = Array2::zeros((queries.nrows(), k));
    for (i, q) in queries.outer_iter().enumerate() {
        let q = q.to_vec();
        let mut all: Vec<(f64, u32)> = (0..)
            .zip(base.outer_iter())
            .map(|(id, b)| {
                let b = b.to_vec();
                let key = match metric {
                    Metric::Dot => inner(&q, &b),
                    Metric::Cosine => cosine_of(inner(&q, &b), norm(&q), norm(&b)),
                    Metric::Euclidean => -squared_distance(&q, &b),
                };
                (key, id)
            })
            .collect();
        all.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap().then(a.1.cmp(&b.1)));
        (0..k).for_each(|j| ids[[i, j]] = all[j].1);
    }
    ids
}

fn check(base: &Array2<f32>, queries: &Array2<f32>, k: usize) {
    for metric in METRICS {
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let found = pool
                .install(|| nearest(base.view(), queries.view(), k, metric))
                .unwrap();
            assert_eq!(
                found.ids,
                naive(base.view(), queries.view(), k, metric),
                "{metric:?}, {threads} threads"
            );
        }
    }
}

#[test]
fn on_paper() {
    let base = array![[1.0, 0.0], [0.0, 3.0], [2.0, 0.1], [0.0, 0.0]];
    let queries = array![[1.0, 0.0]];
    let two = |metric| nearest(base.view(), queries.view(), 2, metric).unwrap();
    assert_eq!(two(Metric::Dot).ids, array![[2, 0]]);
    assert_eq!(two(Metric::Dot).scores, array![[2.0, 1.0]]);
    assert_eq!(two(Metric::Cosine).ids, array![[0, 2]]);
    assert_eq!(two(Metric::Euclidean).ids, array![[0, 3]]);
    assert_eq!(two(Metric::Euclidean).scores, array![[0.0, 1.0]]);
}

/// Sizes on both sides of a block, one query and many.
#[test]
fn it_is_the_naive_search() {
    let mut rng = crate::rng::seeded(3);
    let mut random = |m, d| Array2::from_shape_fn((m, d), |_| rng.random_range(-1.0..1.0_f32));
    for (n, d, q, k) in [
        (1, 1, 1, 1),
        (511, 3, 7, 10),
        (1500, 20, 1, 5),
        (1030, 17, 600, 3),
        (40, 5, 4, 40),
    ] {
        check(&random(n, d), &random(q, d), k);
    }
}

/// Small whole numbers give many exact ties; equal vectors give nothing but ties.
#[test]
fn ties_go_to_the_lower_number() {
    let mut rng = crate::rng::seeded(4);
    let base = Array2::from_shape_fn((2000, 4), |_| rng.random_range(-1..=1) as f32);
    check(&base, &base.slice(s![..50, ..]).to_owned(), 20);
    check(
        &Array2::ones((1200, 3)),
        &array![[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]],
        4,
    );
}

/// Differences far smaller than f32 keeps in a sum, so the second scoring must decide. For distances of long,
/// nearly equal vectors, the formula ‖q‖² + ‖b‖² − 2q·b loses everything.
#[test]
fn rounding_does_not_change_the_order() {
    let mut rng = crate::rng::seeded(5);
    let base = Array2::from_shape_fn((3000, 60), |_| 100.0 + rng.random_range(-1e-3..1e-3_f32));
    check(&base, &base.slice(s![100..110, ..]).to_owned(), 10);
}

/// Numbers whose products overflow or underflow in f32.
#[test]
fn huge_and_tiny_numbers() {
    let mut rng = crate::rng::seeded(6);
    let sizes = [1e-38_f32, 1e-20, 1.0, 1e20, 3e38];
    let mut random = |m| {
        Array2::from_shape_fn((m, 6), |_| {
            sizes[rng.random_range(0..sizes.len())] * rng.random_range(-1.0..1.0_f32)
        })
    };
    check(&random(700), &random(30), 9);
    let tiny = random(700).mapv(|x| x.signum() * x.abs().min(1e-30));
    check(&tiny, &tiny.slice(s![..9, ..]).to_owned(), 9);
}

#[test]
fn bad_input_is_an_error() {
    let base = array![[1.0, 0.0], [0.0, 1.0]];
    let fails = |queries: Array2<f32>, k| {
        nearest(base.view(), queries.view(), k, Metric::Dot)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        fails(array![[1.0, 0.0]], 3),
        "the number of neighbours: expected 1 to 2, as many as there are vectors, got 3"
    );
    assert!(fails(array![[1.0, 0.0]], 0).contains("got 0"));
    assert_eq!(
        fails(array![[1.0]], 1),
        "the queries: expected 2 numbers each, as the vectors have, got 1"
    );
    assert_eq!(
        fails(array![[1.0, f32::NAN]], 1),
        "query 0: expected finite numbers, got others"
    );
    assert_eq!(
        nearest(base.view(), Array2::zeros((0, 2)).view(), 1, Metric::Dot)
            .unwrap()
            .ids
            .dim(),
        (0, 1)
    );
}
