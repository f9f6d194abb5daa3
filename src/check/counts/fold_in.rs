//! Folding a document into the space of a decomposition.

use crate::check::cases::{exercise, is_matrix, length, matrix, reals, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::count;
use crate::rng::Rng;

exercise! {
    /// The coordinates of a new document: x V Σ⁻¹.
    "02_counts/fold_in": fold_in(
        document: &[f32] as &Vec<f32>, v: &[Vec<f32>] as &Vec<Vec<f32>>, sigma: &[f32] as &Vec<f32>
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("one dimension", [vec![1.0_f32, 2.0], vec![vec![0.6_f32], vec![0.8_f32]], vec![2.0_f32]]),
        ("two dimensions", [vec![3.0_f32, 4.0], vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![3.0_f32, 2.0]]),
        ("no word at all", [vec![0.0_f32], vec![vec![1.0_f32]], vec![2.0_f32]]),
    ],
    mistakes: [
        ("not divided", "This is x V, which lies among the rows of U Σ: divide each number by its singular value.", not_divided),
        ("multiplied", "This multiplies by the singular values: divide by them.", multiplied),
        ("divided twice", "This divides by the squares of the singular values: divide once.", twice),
        ("the mean", "This takes the mean over the words: take the sum.", mean),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (Value::List(rows), Value::List(sigma)) = (&values[1], &values[2]) else {
        return false;
    };
    let width = rows.first().and_then(length);
    is_matrix(&values[1])
        && length(&values[0]) == Some(rows.len())
        && width == Some(sigma.len())
        && sigma.iter().all(|x| matches!(x, Value::Real(x) if *x > 0.0))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let k = 1 + n / 3;
    let v = (0..n).map(|_| reals(rng, k)).collect();
    let sigma: Vec<f32> = (0..k).map(|_| whole(rng, 3..=12) as f32 / 2.0).collect();
    vec![reals(rng, n), Value::List(v), sigma.to_value()]
}

/// `f` of each number of x V and its singular value.
fn folded(document: &[f32], v: &[Vec<f32>], sigma: &[f32], f: impl Fn(f64, f64) -> f64) -> Vec<f32> {
    let along = |j: usize| {
        let product = |(&x, word): (&f32, &Vec<f32>)| f64::from(x) * f64::from(word[j]);
        document.iter().zip(v).map(product).sum::<f64>()
    };
    (0..sigma.len())
        .map(|j| f(along(j), sigma[j].into()) as f32)
        .collect()
}

/// The library's coordinates are those before the scaling by Σ⁻¹.
fn truth(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    let row: Vec<(u32, f32)> = (0..).zip(document.iter().copied()).collect();
    let along = count::coordinates(&row, matrix(v).view()).unwrap_or_default();
    along.iter().zip(sigma).map(|(x, sigma)| x / sigma).collect()
}

fn not_divided(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    folded(document, v, sigma, |x, _| x)
}

fn multiplied(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    folded(document, v, sigma, |x, sigma| x * sigma)
}

fn twice(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    folded(document, v, sigma, |x, sigma| x / (sigma * sigma))
}

fn mean(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    let n = document.len().max(1) as f64;
    folded(document, v, sigma, |x, sigma| x / sigma / n)
}
