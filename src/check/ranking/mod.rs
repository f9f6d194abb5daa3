//! The exercises of lecture 08, one per file: the truth, the cases, and the mistakes that people make.

mod alignment_uniformity;
mod batch_hard;
mod both_ways;
mod hardest;
mod infonce;
mod infonce_bound;
mod infonce_gradient;
mod log_sum_exp;
mod masked_infonce;
mod mutual_information;
mod pair_loss;
mod score_gradient;
mod semi_hard;
mod supcon;
mod train_score;
mod triplet_gradient;
mod worlds;

super::cases::lecture! {
    pair_loss,
    triplet_gradient,
    semi_hard,
    hardest,
    batch_hard,
    log_sum_exp,
    infonce,
    infonce_gradient,
    both_ways,
    masked_infonce,
    supcon,
    mutual_information,
    infonce_bound,
    alignment_uniformity,
    score_gradient,
    train_score,
}

use super::cases::{is_matrix, length, reals, whole};
use super::exercise::get;
use super::value::{Crosses, Value};
use crate::rng::Rng;

/// The argument is a margin: a number of at least 0.
fn is_margin(values: &[Value], i: usize) -> bool {
    get::<f32>(values, i).is_some_and(|x| x >= 0.0 && x.is_finite())
}

/// A margin that the distances of random cases are often within, and sometimes exactly at.
fn margin(rng: &mut Rng) -> Value {
    [0.5_f32, 1.0, 2.0][whole(rng, 0..=2)].to_value()
}

/// Labels of `n` items: several of most classes, and one of some.
fn labels(rng: &mut Rng, n: usize) -> Vec<u32> {
    (0..n).map(|_| whole(rng, 0..=n / 3) as u32).collect()
}

/// The argument is a temperature: a number above 0.
fn is_temperature(values: &[Value], i: usize) -> bool {
    get::<f32>(values, i).is_some_and(|x| x > 0.0 && x.is_finite())
}

/// A temperature. With 1/64 the exponents of random cases are up to 256, too large for an f32. Powers of two
/// keep the quotients exact.
fn temperature(rng: &mut Rng) -> Value {
    [0.015_625_f32, 0.25, 0.5, 1.0, 2.0][whole(rng, 0..=4)].to_value()
}

/// `n` rows of `n` similarities.
fn similarities(rng: &mut Rng, n: usize) -> Value {
    Value::List((0..n).map(|_| reals(rng, n)).collect())
}

/// As many columns as rows, at least one.
fn is_square(value: &Value) -> bool {
    let Value::List(rows) = value else { return false };
    is_matrix(value) && rows.iter().all(|row| length(row) == Some(rows.len()))
}

/// The first argument is square, and the second has a label for each row.
fn are_labelled(values: &[Value]) -> bool {
    is_square(&values[0]) && length(&values[0]) == length(&values[1])
}

/// ln Σ e^x. The exponents of all cases are within ±600, and no f64 overflows there; without a number −∞.
fn log_sum(exponents: impl Iterator<Item = f64>) -> f64 {
    exponents.map(f64::exp).sum::<f64>().ln()
}

/// A table of probabilities that sum to 1: small whole numbers divided by their sum, some of them 0.
fn joint(rng: &mut Rng, n: usize) -> Vec<Vec<f32>> {
    let (height, width) = (1 + n / 4 + whole(rng, 0..=1), 1 + n / 4 + whole(rng, 0..=1));
    let mut counts: Vec<Vec<f32>> = (0..height)
        .map(|_| (0..width).map(|_| whole(rng, 0..=4) as f32).collect())
        .collect();
    counts[0][0] += 1.0;
    let all: f32 = counts.iter().flatten().sum();
    counts.iter_mut().flatten().for_each(|count| *count /= all);
    counts
}

/// A table of probabilities that sum to 1.
fn is_joint(value: &Value) -> bool {
    let rows: Option<Vec<Vec<f32>>> = get(std::slice::from_ref(value), 0);
    let cells = rows.unwrap_or_default().concat();
    is_matrix(value) && cells.iter().all(|p| *p >= 0.0) && (cells.iter().sum::<f32>() - 1.0).abs() < 1e-5
}
