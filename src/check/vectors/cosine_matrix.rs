//! The matrix of cosines.

use crate::check::cases::{exercise, is_matrix, reals};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::embeddings;

exercise! {
    /// The cosines of every row with every row.
    "01_vectors/cosine_matrix": cosine_matrix(rows: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<Vec<f32>>,
    nearly, |values| is_matrix(&values[0]),
    |rng, n| {
        let width = 1 + n / 2;
        vec![Value::List((0..1 + n / 2).map(|_| reals(rng, width)).collect())]
    },
    public: [
        ("two directions", [vec![vec![1.0_f32, 0.0], vec![1.0_f32, 1.0]]]),
        ("three vectors", [vec![vec![1.0_f32, 2.0], vec![2.0_f32, 4.0], vec![-2.0_f32, 1.0]]]),
        ("a vector of zeros: 0 with all, itself too", [vec![vec![0.0_f32, 0.0], vec![3.0_f32, 4.0]]]),
    ],
    mistakes: [
        ("dot products", "These are the dot products: divide each by both lengths.", dots),
        ("columns", "These are the cosines of the columns: compare rows.", columns),
        ("half", "Below the diagonal there is nothing: the cosine of i and j is also that of j and i.", half),
        ("ones on the diagonal", "A vector of zeros has cosine 0 also with itself: do not write 1 without computing it.", ones),
    ],
}

fn each(rows: &[Vec<f32>], of: impl Fn(usize, usize) -> f32) -> Vec<Vec<f32>> {
    let n = rows.len();
    (0..n).map(|i| (0..n).map(|j| of(i, j)).collect()).collect()
}

fn truth(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(rows, |i, j| embeddings::cosine(&rows[i], &rows[j]).unwrap_or(0.0))
}

fn dots(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    each(rows, |i, j| embeddings::dot(&rows[i], &rows[j]).unwrap_or(0.0))
}

fn columns(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let width = rows.first().map_or(0, Vec::len);
    let turned: Vec<Vec<f32>> = (0..width)
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect();
    truth(&turned)
}

fn half(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let all = truth(rows);
    each(rows, |i, j| if i <= j { all[i][j] } else { 0.0 })
}

fn ones(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let all = truth(rows);
    each(rows, |i, j| if i == j { 1.0 } else { all[i][j] })
}
