//! InfoNCE without the false negatives.

use super::{are_labelled, is_temperature, labels, log_sum, similarities as random_rows, temperature};
use crate::check::cases::exercise;
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// InfoNCE's loss without the false negatives.
    "08_ranking/masked_infonce": masked_infonce(
        similarities: &[Vec<f32>] as &Vec<Vec<f32>>, labels: &[u32] as &Vec<u32>, temperature: f32 as *f32
    ) -> f32,
    nearly, |values| are_labelled(values) && is_temperature(values, 2), random,
    public: [
        ("two classes: nothing is masked", [vec![vec![1.0_f32, 1.0], vec![1.0_f32, 1.0]], vec![0_u32, 1], 0.5_f32]),
        ("pairs 0 and 1 are of one class", [
            vec![vec![1.0_f32, 1.0, 0.0], vec![2.0_f32, 1.0, 1.0], vec![0.0_f32, 1.0, 1.0]], vec![4_u32, 4, 7], 1.0_f32
        ]),
        ("one class: no negatives", [vec![vec![0.0_f32, 1.0], vec![1.0_f32, 0.0]], vec![3_u32, 3], 0.5_f32]),
        ("τ = ½", [vec![vec![1.0_f32, 0.5], vec![0.0_f32, 1.0]], vec![0_u32, 1], 0.5_f32]),
        ("e^(2/τ) is too large for an f32", [vec![vec![2.0_f32, 2.0], vec![1.0_f32, 2.0]], vec![1_u32, 2], 0.015_625_f32]),
        ("e^(−2/τ) becomes 0", [vec![vec![-2.0_f32, -2.0], vec![-2.0_f32, -2.0]], vec![1_u32, 2], 0.015_625_f32]),
        ("only a false negative is large", [
            vec![vec![-2.0_f32, 2.0, -2.0], vec![0.0_f32, 0.0, 0.0], vec![0.0_f32, 0.0, 0.0]], vec![0_u32, 0, 1], 0.015_625_f32
        ]),
    ],
    mistakes: [
        ("nothing masked", "Documents of the same class are still in the sum: leave them out.", unmasked),
        ("the partner masked", "The partner is left out of the sum with the others of its class: it stays.", partner_masked),
        ("similarity 0", "What is masked still adds e^0 = 1 to the sum: leave it out, or give it the similarity −∞.", zeroed),
        ("the others masked", "This keeps the documents of the same class and masks those of others: the other way round.", others_masked),
        ("sum", "This is the sum over the rows: divide by their number.", sum),
        ("no temperature", "The temperature is forgotten: the exponents are s/τ.", no_temperature),
        ("infinity by infinity", "e^(s/τ) is too large or 0, and the quotient is not a number: subtract the largest s/τ that is in the sum first.", overflow),
    ],
}

type Rows = [Vec<f32>];

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n = 1 + n / 2;
    vec![random_rows(rng, n), labels(rng, n).to_value(), temperature(rng)]
}

/// The loss of each row, where `term(i, j)` is the exponent of column j, if it is in the sum.
fn losses(s: &Rows, temperature: f32, term: impl Fn(usize, usize) -> Option<f32>) -> Vec<f32> {
    let logit = |s: f32| f64::from(s) / f64::from(temperature);
    let loss = |i: usize| {
        let kept = (0..s.len()).filter_map(|j| term(i, j)).map(logit);
        (log_sum(kept) - logit(s[i][i])) as f32
    };
    (0..s.len()).map(loss).collect()
}

fn mean(losses: &[f32]) -> f32 {
    losses.iter().sum::<f32>() / losses.len().max(1) as f32
}

fn masked(s: &Rows, labels: &[u32], temperature: f32) -> Vec<f32> {
    let loss = |(i, row): (usize, &Vec<f32>)| {
        loss::masked(row, labels, i).and_then(|kept| loss::info_nce(&kept, i, temperature))
    };
    s.iter()
        .enumerate()
        .map(|row| loss(row).unwrap_or(f32::NAN))
        .collect()
}

fn truth(similarities: &Rows, labels: &[u32], temperature: f32) -> f32 {
    mean(&masked(similarities, labels, temperature))
}

fn unmasked(s: &Rows, _: &[u32], temperature: f32) -> f32 {
    mean(&losses(s, temperature, |i, j| Some(s[i][j])))
}

fn partner_masked(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    mean(&losses(s, temperature, |i, j| {
        (labels[i] != labels[j]).then_some(s[i][j])
    }))
}

fn zeroed(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    let kept = |i: usize, j: usize| {
        if i == j || labels[i] != labels[j] {
            s[i][j]
        } else {
            0.0
        }
    };
    mean(&losses(s, temperature, |i, j| Some(kept(i, j))))
}

fn others_masked(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    mean(&losses(s, temperature, |i, j| {
        (labels[i] == labels[j]).then_some(s[i][j])
    }))
}

fn sum(similarities: &Rows, labels: &[u32], temperature: f32) -> f32 {
    masked(similarities, labels, temperature).iter().sum()
}

fn no_temperature(similarities: &Rows, labels: &[u32], _: f32) -> f32 {
    truth(similarities, labels, 1.0)
}

fn overflow(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    let of = |s: f32| (s / temperature).exp();
    let loss = |i: usize| {
        let kept = (0..s.len()).filter(|&j| i == j || labels[i] != labels[j]);
        -(of(s[i][i]) / kept.map(|j| of(s[i][j])).sum::<f32>()).ln()
    };
    mean(&(0..s.len()).map(loss).collect::<Vec<f32>>())
}
