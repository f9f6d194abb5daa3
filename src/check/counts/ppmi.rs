//! Positive pointwise mutual information.

use super::{counts, is_counts};
use crate::check::cases::{exercise, matrix, rows_of};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::count::{self, PpmiOptions, Sparse};
use crate::rng::Rng;

exercise! {
    /// The positive pointwise mutual information of counts, in bits.
    "02_counts/ppmi": ppmi(counts: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    nearly, |values| is_counts(&values[0]), random,
    public: [
        ("twice as often as by chance", [vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0]]]),
        ("less than chance is 0", [vec![vec![1.0_f32, 3.0], vec![3.0_f32, 1.0]]]),
        ("a word without company", [vec![vec![4.0_f32, 0.0], vec![0.0_f32, 0.0]]]),
    ],
    mistakes: [
        ("natural logarithm", "This is in natural logarithms: take the logarithm to base 2.", natural),
        ("negative ones kept", "What is below chance is negative here: it becomes 0.", negative),
        ("no logarithm", "This is the ratio itself: take its logarithm.", ratio),
        ("contexts left out", "This divides by the probability of the row alone: divide by that of the column, too.", one_side),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![counts(rng, n + 1, n + 1).to_value()]
}

/// `f` of (share of all, share of the row, share of the column) in each cell that is not 0.
fn each(counts: &[Vec<f32>], f: impl Fn(f64, f64, f64) -> f64) -> Vec<Vec<f32>> {
    let sum = |cells: &mut dyn Iterator<Item = f32>| cells.map(f64::from).sum::<f64>();
    let width = counts.first().map_or(0, Vec::len);
    let rows: Vec<f64> = counts.iter().map(|row| sum(&mut row.iter().copied())).collect();
    let columns: Vec<f64> = (0..width)
        .map(|c| sum(&mut counts.iter().map(|row| row[c])))
        .collect();
    let all: f64 = rows.iter().sum();
    let cell = |w: usize, c: usize| match counts[w][c] {
        0.0 => 0.0,
        count => f(f64::from(count) / all, rows[w] / all, columns[c] / all) as f32,
    };
    (0..counts.len())
        .map(|w| (0..width).map(|c| cell(w, c)).collect())
        .collect()
}

fn truth(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let counts = Sparse::from_dense(&matrix(counts));
    let (rows, columns) = (counts.row_sums(), counts.column_sums());
    let values = count::ppmi(&counts, &rows, &columns, PpmiOptions::default());
    values.to_dense().map_or(Vec::new(), |values| rows_of(&values))
}

fn natural(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(counts, |both, row, column| (both / (row * column)).ln().max(0.0))
}

fn negative(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(counts, |both, row, column| (both / (row * column)).log2())
}

fn ratio(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(counts, |both, row, column| both / (row * column))
}

fn one_side(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(counts, |both, row, _| (both / row).log2().max(0.0))
}
