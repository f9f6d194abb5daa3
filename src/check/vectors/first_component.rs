//! The first principal component.

use super::centre;
use crate::check::cases::{exercise, is_matrix, matrix, reals};
use crate::check::exercise::{get, within};
use crate::check::value::Value;
use crate::embeddings;

exercise! {
    /// The direction in which the rows spread most.
    "01_vectors/first_component": first_component(rows: &[Vec<f32>] as &Vec<Vec<f32>>) -> Vec<f32>,
    agrees, |values| is_matrix(&values[0]) && spread_is_clear(values),
    |rng, n| loop {
        let width = 2 + n / 4;
        let values = vec![Value::List((0..n + 2).map(|_| reals(rng, width)).collect())];
        if spread_is_clear(&values) {
            return values;
        }
    },
    public: [
        ("points on a line", [vec![vec![0.0_f32, 0.0], vec![3.0_f32, 4.0]]]),
        ("far from the origin", [vec![vec![9.0_f32, 10.0], vec![10.0_f32, 10.0], vec![11.0_f32, 10.0], vec![10.0_f32, 10.5]]]),
        ("either sign is right", [vec![vec![-2.0_f32, 2.0], vec![2.0_f32, -2.0], vec![0.5_f32, 0.5]]]),
    ],
    mistakes: [
        ("not centred", "This is the direction of the rows seen from the origin: take the mean away first.", not_centred),
        ("the axis", "This is the axis along which the rows spread most: the direction may lie between the axes.", axis),
        ("the last component", "This is the direction of the smallest spread: power iteration multiplies by the covariance.", last),
        ("not of length one", "The direction is right, its length is not: divide by the norm.", long),
    ],
}

type Rows = [Vec<f32>];

/// The sums of products of the columns, XᵀX, with the rows taken as they are.
fn products(rows: &Rows) -> Vec<Vec<f64>> {
    let width = rows.first().map_or(0, Vec::len);
    let product = |i: usize, j: usize| rows.iter().map(|row| f64::from(row[i]) * f64::from(row[j])).sum();
    (0..width)
        .map(|i| (0..width).map(|j| product(i, j)).collect())
        .collect()
}

fn times(matrix: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    matrix
        .iter()
        .map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
        .collect()
}

/// The eigenvector of the largest eigenvalue, by power iteration from an asymmetric start.
fn power(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mut v: Vec<f64> = (0..matrix.len()).map(|i| 1.0 + 0.37 * i as f64).collect();
    for _ in 0..2000 {
        let next = times(matrix, &v);
        let norm = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if norm == 0.0 {
            break;
        }
        v = next.iter().map(|x| x / norm).collect();
    }
    let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
    v.iter().map(|x| x / norm).collect()
}

fn narrow(v: Vec<f64>) -> Vec<f32> {
    v.into_iter().map(|x| x as f32).collect()
}

fn truth(rows: &Rows) -> Vec<f32> {
    let found = embeddings::pca(matrix(rows).view(), 1);
    found.map_or(Vec::new(), |found| found.directions().row(0).to_vec())
}

fn not_centred(rows: &Rows) -> Vec<f32> {
    narrow(power(&products(rows)))
}

fn axis(rows: &Rows) -> Vec<f32> {
    let covariance = products(&centre::truth(rows));
    let width = covariance.len();
    let most = (0..width)
        .max_by(|&i, &j| covariance[i][i].total_cmp(&covariance[j][j]))
        .unwrap_or(0);
    (0..width).map(|i| f32::from(u8::from(i == most))).collect()
}

fn last(rows: &Rows) -> Vec<f32> {
    let mut covariance = products(&centre::truth(rows));
    let trace: f64 = (0..covariance.len()).map(|i| covariance[i][i]).sum();
    // The eigenvector for the largest eigenvalue of (trace · 1 − C) is the one for the smallest of C.
    for (i, row) in covariance.iter_mut().enumerate() {
        row.iter_mut().for_each(|x| *x = -*x);
        row[i] += trace;
    }
    narrow(power(&covariance))
}

fn long(rows: &Rows) -> Vec<f32> {
    truth(rows).iter().map(|x| x * 2.0).collect()
}

/// The sum of squares along a direction, which is a vector of length 1.
fn spread(covariance: &[Vec<f64>], v: &[f64]) -> f64 {
    times(covariance, v).iter().zip(v).map(|(a, b)| a * b).sum()
}

/// The first direction has at least 1.2 times the spread of the second, so few iterations find it.
fn spread_is_clear(values: &[Value]) -> bool {
    let Some(rows) = get::<Vec<Vec<f32>>>(values, 0) else {
        return false;
    };
    let mut covariance = products(&centre::truth(&rows));
    let first = power(&covariance);
    let most = spread(&covariance, &first);
    for (i, row) in covariance.iter_mut().enumerate() {
        for (j, x) in row.iter_mut().enumerate() {
            *x -= most * first[i] * first[j];
        }
    }
    let second = spread(&covariance, &power(&covariance));
    most > 0.0 && most > 1.2 * second
}

/// The same direction, with length 1 and either sign.
fn agrees(got: &Value, expected: &Value, _: &[Value]) -> Result<(), String> {
    let turned = |value: &Value| match value {
        Value::List(values) => Value::List(
            values
                .iter()
                .map(|x| {
                    if let Value::Real(x) = x {
                        Value::Real(-x)
                    } else {
                        x.clone()
                    }
                })
                .collect(),
        ),
        other => other.clone(),
    };
    // Iterating in f32 until nothing changes leaves an error of about 1e-3 where two directions spread almost
    // alike.
    within(got, expected, 1e-2).or_else(|why| within(&turned(got), expected, 1e-2).map_err(|_| why))
}
