//! InfoNCE in both directions of a matrix of similarities.

use super::{infonce, is_square, is_temperature, log_sum, similarities as random_rows, temperature};
use crate::check::cases::exercise;
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The mean of InfoNCE's losses in both directions.
    "08_ranking/both_ways": both_ways(similarities: &[Vec<f32>] as &Vec<Vec<f32>>, temperature: f32 as *f32) -> f32,
    nearly, |values| is_square(&values[0]) && is_temperature(values, 1), random,
    public: [
        ("all alike: ln 2 in each direction", [vec![vec![1.0_f32, 1.0], vec![1.0_f32, 1.0]], 0.5_f32]),
        ("text 0 suits both pictures", [vec![vec![2.0_f32, 0.0], vec![2.0_f32, 0.0]], 1.0_f32]),
        ("τ = ½", [vec![vec![1.0_f32, 0.0], vec![0.5_f32, 1.0]], 0.5_f32]),
        ("one pair", [vec![vec![-1.0_f32]], 1.0_f32]),
        ("e^(2/τ) is too large for an f32", [vec![vec![2.0_f32, 2.0], vec![1.0_f32, 2.0]], 0.015_625_f32]),
        ("e^(−2/τ) becomes 0", [vec![vec![-2.0_f32, -2.0], vec![-2.0_f32, -2.0]], 0.015_625_f32]),
    ],
    mistakes: [
        ("rows alone", "These are the rows alone: each text looks for its picture, too.", rows),
        ("columns alone", "These are the columns alone: each picture looks for its text, too.", columns),
        ("not halved", "Both directions are added: halve the sum.", added),
        ("sum over the batch", "This is the sum over the pairs: divide by their number.", sum),
        ("one softmax for all", "Each partner is compared with the whole matrix: a row with its row, a column with its column.", whole_matrix),
        ("one softmax for row and column", "Row and column of a pair are in one sum: take a logarithm for each.", joint),
        ("no temperature", "The temperature is forgotten: the exponents are s/τ.", no_temperature),
        ("infinity by infinity", "e^(s/τ) is too large or 0, and the quotient is not a number: subtract the largest s/τ from all of them first.", overflow),
    ],
}

type Rows = [Vec<f32>];

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![random_rows(rng, 1 + n / 2), temperature(rng)]
}

fn transposed(rows: &Rows) -> Vec<Vec<f32>> {
    (0..rows.len())
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect()
}

/// The mean over the rows of a loss of a row and its number.
fn mean(n: usize, loss: impl Fn(usize) -> f32) -> f32 {
    ((0..n).map(|i| f64::from(loss(i))).sum::<f64>() / n as f64) as f32
}

fn rows(similarities: &Rows, temperature: f32) -> f32 {
    mean(similarities.len(), |i| {
        infonce::truth(&similarities[i], i, temperature)
    })
}

fn columns(similarities: &Rows, temperature: f32) -> f32 {
    rows(&transposed(similarities), temperature)
}

fn truth(similarities: &Rows, temperature: f32) -> f32 {
    loss::info_nce_both_ways(similarities, temperature).unwrap_or(f32::NAN)
}

fn added(similarities: &Rows, temperature: f32) -> f32 {
    rows(similarities, temperature) + columns(similarities, temperature)
}

fn sum(similarities: &Rows, temperature: f32) -> f32 {
    truth(similarities, temperature) * similarities.len() as f32
}

fn whole_matrix(similarities: &Rows, temperature: f32) -> f32 {
    let all = similarities.concat();
    let n = similarities.len();
    mean(n, |i| infonce::truth(&all, i * n + i, temperature))
}

fn joint(similarities: &Rows, temperature: f32) -> f32 {
    let columns = transposed(similarities);
    mean(similarities.len(), |i| {
        let both = similarities[i].iter().chain(&columns[i]);
        let logit = |s: f32| f64::from(s) / f64::from(temperature);
        (log_sum(both.map(|&s| logit(s))) - logit(similarities[i][i])) as f32
    })
}

fn no_temperature(similarities: &Rows, _: f32) -> f32 {
    truth(similarities, 1.0)
}

fn overflow(similarities: &Rows, temperature: f32) -> f32 {
    let columns = transposed(similarities);
    let of = |rows: &Rows| mean(rows.len(), |i| infonce::quotient(&rows[i], i, temperature));
    (of(similarities) + of(&columns)) / 2.0
}
