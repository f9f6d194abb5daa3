//! TF-IDF with smoothing.

use super::{counts, is_counts};
use crate::check::cases::{exercise, matrix, rows_of};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::count::{self, Idf, Sparse, Weighting};
use crate::rng::Rng;

exercise! {
    /// Counts weighted by smoothed idf, with each row scaled to length 1.
    "02_counts/tf_idf": tf_idf(counts: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    nearly, |values| is_counts(&values[0]), random,
    public: [
        ("a word of both documents, a word of one", [vec![vec![1.0_f32, 1.0], vec![1.0_f32, 0.0]]]),
        ("a word twice in one document", [vec![vec![2.0_f32, 1.0], vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]]]),
        ("an empty document", [vec![vec![2.0_f32, 0.0], vec![0.0_f32, 0.0]]]),
    ],
    mistakes: [
        ("no smoothing", "This is ln(N / n) + 1: the smooth idf adds one document that has every word, to N and to n.", not_smooth),
        ("occurrences", "Here n counts how often a word occurs: it counts the documents that have it, each once.", occurrences),
        ("no one added", "A word of all documents got the weight 0: add 1 after the logarithm.", without_one),
        ("no norm", "The rows have not been divided by their length.", without_norm),
        ("divided by the sum", "The rows add up to 1: their length, the root of the sum of squares, must be 1.", by_sum),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![counts(rng, n + 1, 2 + n / 3).to_value()]
}

type Rows = Vec<Vec<f32>>;

/// The counts times a weight computed from (n, N), with each row divided by its norm.
fn weighed(counts: &[Vec<f32>], idf: impl Fn(u64, usize) -> f64, norm: impl Fn(&[f64]) -> f64) -> Rows {
    let of_documents = |row: &Vec<f32>, w: usize| u64::from(row[w] > 0.0);
    counted(counts, of_documents, idf, norm)
}

/// The same with n the sum of `n_of` over the documents.
fn counted(
    counts: &[Vec<f32>],
    n_of: impl Fn(&Vec<f32>, usize) -> u64,
    idf: impl Fn(u64, usize) -> f64,
    norm: impl Fn(&[f64]) -> f64,
) -> Rows {
    let width = counts.first().map_or(0, Vec::len);
    let weight = |w: usize| idf(counts.iter().map(|row| n_of(row, w)).sum(), counts.len());
    // A word that is in no document may have an infinite weight, but it has no count to be weighted.
    let weights: Vec<f64> = (0..width)
        .map(weight)
        .map(|x| if x.is_finite() { x } else { 0.0 })
        .collect();
    let row = |row: &Vec<f32>| {
        let row: Vec<f64> = row.iter().zip(&weights).map(|(&x, w)| f64::from(x) * w).collect();
        let norm = norm(&row);
        row.iter()
            .map(|x| if norm == 0.0 { 0.0 } else { (x / norm) as f32 })
            .collect()
    };
    counts.iter().map(row).collect()
}

fn length(row: &[f64]) -> f64 {
    row.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn smooth(n: u64, all: usize) -> f64 {
    Idf::Smooth.weight(n, all)
}

fn truth(counts: &[Vec<f32>]) -> Rows {
    let counts = Sparse::from_dense(&matrix(counts));
    let documents: Vec<u64> = (counts.map(|_, _, _| 1.0).column_sums().iter())
        .map(|&n| n as u64)
        .collect();
    let (_, weighed) = count::weighed(&counts, &documents, Weighting::default());
    weighed.to_dense().map_or(Vec::new(), |weighed| rows_of(&weighed))
}

fn not_smooth(counts: &[Vec<f32>]) -> Rows {
    weighed(counts, |n, all| Idf::PlusOne.weight(n, all), length)
}

fn occurrences(counts: &[Vec<f32>]) -> Rows {
    counted(counts, |row, w| row[w] as u64, smooth, length)
}

fn without_one(counts: &[Vec<f32>]) -> Rows {
    weighed(counts, |n, all| smooth(n, all) - 1.0, length)
}

fn without_norm(counts: &[Vec<f32>]) -> Rows {
    weighed(counts, smooth, |_| 1.0)
}

fn by_sum(counts: &[Vec<f32>]) -> Rows {
    weighed(counts, smooth, |row| row.iter().sum())
}
