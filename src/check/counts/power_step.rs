//! One step of power iteration.

use crate::check::cases::{exercise, is_matrix, length, matrix, reals};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::count::{self, Sparse};
use crate::rng::Rng;

exercise! {
    /// AᵀA v, divided by its length.
    "02_counts/power_step": power_step(rows: &[Vec<f32>] as &Vec<Vec<f32>>, v: &[f32] as &Vec<f32>) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("one axis is longer", [vec![vec![2.0_f32, 0.0], vec![0.0_f32, 1.0]], vec![1.0_f32, 1.0]]),
        ("one row", [vec![vec![3.0_f32, 4.0]], vec![1.0_f32, 0.0]]),
        ("a short result gets length 1, too", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5]], vec![0.75_f32, 1.0]]),
        ("nothing along v", [vec![vec![1.0_f32, 0.0]], vec![0.0_f32, 1.0]]),
    ],
    mistakes: [
        ("not of length one", "The direction is right, the length is not: divide by the norm.", long),
        ("divided by the sum", "This is divided by the sum of the absolute values: divide by the root of the sum of squares.", by_sum),
        ("the largest is one", "This is divided by its largest number: divide by the root of the sum of squares.", by_largest),
        ("v itself", "This is v, divided by its length: multiply it by A and by Aᵀ first.", only_normalised),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let Value::List(rows) = &values[0] else {
        return false;
    };
    is_matrix(&values[0]) && rows.first().and_then(length) == length(&values[1])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let width = 2 + n / 3;
    let rows = (0..n).map(|_| reals(rng, width)).collect();
    vec![Value::List(rows), reals(rng, width)]
}

fn product(rows: &[Vec<f32>], v: &[f32]) -> Vec<f64> {
    let mut z = vec![0.0; v.len()];
    for row in rows {
        let y: f64 = row
            .iter()
            .zip(v)
            .map(|(&a, &x)| f64::from(a) * f64::from(x))
            .sum();
        z.iter_mut().zip(row).for_each(|(z, &a)| *z += y * f64::from(a));
    }
    z
}

fn divided(z: &[f64], by: f64) -> Vec<f32> {
    z.iter()
        .map(|x| if by == 0.0 { 0.0 } else { (x / by) as f32 })
        .collect()
}

fn norm(z: &[f64]) -> f64 {
    z.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn truth(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    let a = Sparse::from_dense(&matrix(rows));
    let step = count::power_step(&a, matrix(&[v.to_vec()]).t());
    match step {
        Ok(step) if step.ncols() == 1 => step.column(0).to_vec(),
        // The library drops a column of zeros.
        _ => vec![0.0; v.len()],
    }
}

fn long(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    divided(&product(rows, v), 1.0)
}

fn by_sum(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    let z = product(rows, v);
    divided(&z, z.iter().map(|x| x.abs()).sum())
}

fn by_largest(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    let z = product(rows, v);
    divided(&z, z.iter().fold(0.0, |most, x| x.abs().max(most)))
}

fn only_normalised(_: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    let v: Vec<f64> = v.iter().copied().map(f64::from).collect();
    divided(&v, norm(&v))
}
