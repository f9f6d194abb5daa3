//! The exercises of lecture 02, one per file: the truth, the cases, and the mistakes that people make.

mod circular_convolution;
mod fold_in;
mod hal_ramp;
mod power_step;
mod ppmi;
mod tf_idf;

use crate::check::cases::{is_matrix, whole};
use crate::check::value::Value;
use crate::rng::Rng;

super::cases::lecture! {
    tf_idf,
    ppmi,
    power_step,
    fold_in,
    hal_ramp,
    circular_convolution,
}

/// Counts from 0 to 4, half of them 0.
fn counts(rng: &mut Rng, rows: usize, columns: usize) -> Vec<Vec<f32>> {
    let mut count = || whole(rng, 0..=8).saturating_sub(4) as f32;
    (0..rows)
        .map(|_| (0..columns).map(|_| count()).collect())
        .collect()
}

/// A matrix without negative numbers.
fn is_counts(value: &Value) -> bool {
    let Value::List(rows) = value else { return false };
    let positive = |row: &Value| matches!(row, Value::List(xs) if xs.iter().all(|x| matches!(x, Value::Real(x) if *x >= 0.0)));
    is_matrix(value) && rows.iter().all(positive)
}
