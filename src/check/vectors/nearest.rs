//! The k nearest neighbours.

use crate::check::cases::{exercise, is_matrix, length, matrix, reals, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::embeddings::{self, Metric};
use crate::rng::Rng;

exercise! {
    /// The indices of the k rows nearest to a query, by distance.
    "01_vectors/nearest": nearest(
        query: &[f32] as &Vec<f32>, rows: &[Vec<f32>] as &Vec<Vec<f32>>, k: usize as *usize
    ) -> Vec<usize>,
    exactly, allowed, random,
    public: [
        ("the nearest two", [vec![0.0_f32], vec![vec![5.0_f32], vec![1.0_f32], vec![2.0_f32]], 2_usize]),
        ("a tie: the smaller number first", [vec![0.0_f32], vec![vec![2.0_f32], vec![-1.0_f32], vec![1.0_f32]], 2_usize]),
        ("more than there are: all", [vec![1.0_f32, 1.0], vec![vec![0.0_f32, 0.0], vec![1.0_f32, 0.0]], 5_usize]),
        ("none", [vec![1.0_f32], vec![vec![1.0_f32]], 0_usize]),
    ],
    mistakes: [
        ("farthest", "These are the farthest: sort from the smallest distance.", farthest),
        ("ties the other way", "Of two rows at the same distance the one with the smaller number comes first.", later_first),
        ("by dot product", "This ranks by the dot product: rank by distance.", by_dot),
        ("in order of the rows", "The right rows, in the order of their numbers: the nearest comes first.", in_order),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let Value::List(rows) = &values[1] else {
        return false;
    };
    is_matrix(&values[1]) && length(&values[0]) == rows.first().and_then(length)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = whole(rng, 1..=2);
    let rows = (0..n).map(|_| reals(rng, width)).collect();
    vec![reals(rng, width), Value::List(rows), whole(rng, 0..=n).to_value()]
}

/// The indices of the rows, sorted by a key; equal keys keep the order of the rows.
fn sorted(n: usize, k: usize, key: impl Fn(usize) -> f32) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..n).collect();
    numbers.sort_by(|&i, &j| key(i).total_cmp(&key(j)));
    numbers.truncate(k);
    numbers
}

fn distance(query: &[f32], row: &[f32]) -> f32 {
    embeddings::euclidean(query, row).unwrap_or(f32::INFINITY)
}

fn truth(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    // The library wants one neighbour at least, and no more than there are.
    let (query, k) = ([query.to_vec()], k.min(rows.len()));
    let found = embeddings::nearest(matrix(rows).view(), matrix(&query).view(), k, Metric::Euclidean);
    found.map_or(Vec::new(), |found| {
        found.ids.iter().map(|&id| id as usize).collect()
    })
}

fn farthest(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    sorted(rows.len(), k, |i| -distance(query, &rows[i]))
}

fn later_first(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    let n = rows.len();
    let backwards = sorted(n, k, |i| distance(query, &rows[n - 1 - i]));
    backwards.into_iter().map(|i| n - 1 - i).collect()
}

fn by_dot(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    sorted(rows.len(), k, |i| {
        -embeddings::dot(query, &rows[i]).unwrap_or(0.0)
    })
}

fn in_order(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    let mut numbers = truth(query, rows, k);
    numbers.sort_unstable();
    numbers
}
