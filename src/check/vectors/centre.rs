//! Centring.

use crate::check::cases::{exercise, is_matrix, matrix, reals, rows_of};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::embeddings;

exercise! {
    /// The rows with the mean of each column subtracted.
    "01_vectors/centre": centre(rows: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    nearly, |values| is_matrix(&values[0]),
    |rng, n| {
        let width = 1 + n / 3;
        vec![Value::List((0..n).map(|_| reals(rng, width)).collect())]
    },
    public: [
        ("two rows", [vec![vec![1.0_f32, 10.0], vec![3.0_f32, 20.0]]]),
        ("one row is its own mean", [vec![vec![4.0_f32, -2.0]]]),
    ],
    mistakes: [
        ("mean of rows", "This takes away the mean of each row: take away the mean of each column.", of_rows),
        ("one mean", "This takes away one mean of all numbers: each column has its own.", one_mean),
        ("sum", "This takes away the sum of each column: divide it by the number of rows.", sum),
        ("divided by n − 1", "The mean divides by the number of rows n, not by n − 1: that belongs to the variance.", unbiased),
    ],
}

/// Subtracts `away(column)` from every number.
fn without(rows: &[Vec<f32>], away: impl Fn(usize) -> f32) -> Vec<Vec<f32>> {
    let away: Vec<f32> = (0..rows.first().map_or(0, Vec::len)).map(away).collect();
    rows.iter()
        .map(|row| row.iter().zip(&away).map(|(x, m)| x - m).collect())
        .collect()
}

fn column_sum(rows: &[Vec<f32>], j: usize) -> f32 {
    rows.iter().map(|row| row[j]).sum()
}

pub(super) fn truth(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let (_, centred) = embeddings::centred(matrix(rows).view());
    rows_of(&centred.mapv(|x| x as f32))
}

fn of_rows(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let centred = |row: &Vec<f32>| {
        let mean = row.iter().sum::<f32>() / row.len() as f32;
        row.iter().map(|x| x - mean).collect()
    };
    rows.iter().map(centred).collect()
}

fn one_mean(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let n = rows.iter().map(Vec::len).sum::<usize>();
    let mean = rows.iter().flatten().sum::<f32>() / n as f32;
    without(rows, |_| mean)
}

fn sum(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    without(rows, |j| column_sum(rows, j))
}

fn unbiased(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    without(rows, |j| column_sum(rows, j) / (rows.len().max(2) - 1) as f32)
}
