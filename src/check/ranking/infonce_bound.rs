//! ln N − L_N of a batch from a table.

use super::{is_joint, joint, log_sum};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss::info_nce;
use crate::rng::Rng;

exercise! {
    /// What a batch says of the mutual information, in nats.
    "08_ranking/infonce_bound": infonce_bound(
        joint: &[Vec<f32>] as &Vec<Vec<f32>>, batch: &[(usize, usize)] as &Vec<(usize, usize)>
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("two different pairs are told apart: ln 2", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5]], vec![(0_usize, 0_usize), (1_usize, 1_usize)]]),
        ("twice the same pair: the other is as likely", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5]], vec![(0_usize, 0_usize), (0_usize, 0_usize)]]),
        ("one pair proves nothing", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5]], vec![(1_usize, 1_usize)]]),
        ("a frequent x says less", [vec![vec![0.125_f32, 0.5], vec![0.25_f32, 0.125]], vec![(0_usize, 1_usize), (1_usize, 0_usize)]]),
        ("three pairs, two with one x", [vec![vec![0.125_f32, 0.5], vec![0.25_f32, 0.125]], vec![(0_usize, 1_usize), (1_usize, 0_usize), (0_usize, 0_usize)]]),
        ("one context for both", [vec![vec![0.25_f32, 0.25], vec![0.375_f32, 0.125]], vec![(0_usize, 1_usize), (1_usize, 1_usize)]]),
    ],
    mistakes: [
        ("ln N forgotten", "This is −L_N: add ln N.", no_ln),
        ("the loss", "This is the loss L_N itself: the bound is ln N − L_N.", loss_alone),
        ("N − 1", "This adds ln(N − 1), the number of the others: all N are in the sum, so it is ln N.", one_less),
        ("partner not in the sum", "The sum runs over the other pairs: i is one of the N.", others),
        ("joint probability", "The score lacks the factor 1/p(x): it is p(x, c) / (p(x) · p(c)), otherwise a frequent x wins everywhere.", by_joint),
        ("other direction", "In the sum the contexts change: cᵢ stays, and it is the x that change.", other_direction),
        ("each x once", "An x that occurs twice in the batch counts twice.", each_once),
        ("sum", "The logarithms are added up: L_N is their mean.", sum),
        ("base 2", "This is in bits: use the natural logarithm.", bits),
    ],
}

type Rows = [Vec<f32>];
type Pairs = [(usize, usize)];

fn allowed(values: &[Value]) -> bool {
    let (Some(rows), Some(batch)) = (
        get::<Vec<Vec<f32>>>(values, 0),
        get::<Vec<(usize, usize)>>(values, 1),
    ) else {
        return false;
    };
    let occurs = |&(x, c): &(usize, usize)| rows.get(x).and_then(|row| row.get(c)).is_some_and(|p| *p > 0.0);
    is_joint(&values[0]) && !batch.is_empty() && batch.iter().all(occurs)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let rows = joint(rng, n);
    let cells = (0..rows.len()).flat_map(|x| (0..rows[0].len()).map(move |c| (x, c)));
    let occur: Vec<(usize, usize)> = cells.filter(|&(x, c)| rows[x][c] > 0.0).collect();
    let batch: Vec<(usize, usize)> = (0..n.min(6))
        .map(|_| occur[whole(rng, 0..=occur.len() - 1)])
        .collect();
    vec![rows.to_value(), batch.to_value()]
}

/// p(x, c) / (p(x) · p(c)).
fn quotient(joint: &Rows, x: usize, c: usize) -> f64 {
    let of_row: f64 = joint[x].iter().map(|&p| f64::from(p)).sum();
    let of_column: f64 = joint.iter().map(|row| f64::from(row[c])).sum();
    f64::from(joint[x][c]) / (of_row * of_column)
}

/// L_N for scores f(i, j) of the x of pair j and the context of pair i, and those j that are `counted` for i.
fn loss(n: usize, f: impl Fn(usize, usize) -> f64, counted: impl Fn(usize, usize) -> bool) -> f64 {
    let term = |i: usize| {
        let all = (0..n).filter(|&j| counted(i, j)).map(|j| f(i, j).ln());
        log_sum(all) - f(i, i).ln()
    };
    (0..n).map(term).sum::<f64>() / n as f64
}

fn right(joint: &Rows, batch: &Pairs, counted: impl Fn(usize, usize) -> bool) -> f64 {
    loss(
        batch.len(),
        |i, j| quotient(joint, batch[j].0, batch[i].1),
        counted,
    )
}

fn ln(batch: &Pairs) -> f64 {
    (batch.len() as f64).ln()
}

fn truth(joint: &Rows, batch: &Pairs) -> f32 {
    let term = |(i, &(_, c)): (usize, &(usize, usize))| {
        let scores: Vec<f32> = batch
            .iter()
            .map(|&(x, _)| quotient(joint, x, c).ln() as f32)
            .collect();
        info_nce(&scores, i, 1.0).map_or(f64::NAN, f64::from)
    };
    let losses: f64 = batch.iter().enumerate().map(term).sum();
    // Both rounded, so that ln 2 − ln 2 is 0.
    ln(batch) as f32 - (losses / batch.len() as f64) as f32
}

fn no_ln(joint: &Rows, batch: &Pairs) -> f32 {
    -loss_alone(joint, batch)
}

fn loss_alone(joint: &Rows, batch: &Pairs) -> f32 {
    right(joint, batch, |_, _| true) as f32
}

fn one_less(joint: &Rows, batch: &Pairs) -> f32 {
    ((batch.len() - 1) as f32).ln() - loss_alone(joint, batch)
}

fn others(joint: &Rows, batch: &Pairs) -> f32 {
    (ln(batch) - right(joint, batch, |i, j| i != j)) as f32
}

fn by_joint(joint: &Rows, batch: &Pairs) -> f32 {
    let f = |i: usize, j: usize| f64::from(joint[batch[j].0][batch[i].1]);
    (ln(batch) - loss(batch.len(), f, |_, _| true)) as f32
}

fn other_direction(joint: &Rows, batch: &Pairs) -> f32 {
    let f = |i: usize, j: usize| quotient(joint, batch[i].0, batch[j].1);
    (ln(batch) - loss(batch.len(), f, |_, _| true)) as f32
}

fn each_once(joint: &Rows, batch: &Pairs) -> f32 {
    let is_first = |j: usize| !batch[..j].iter().any(|pair| pair.0 == batch[j].0);
    (ln(batch) - right(joint, batch, |_, j| is_first(j))) as f32
}

fn sum(joint: &Rows, batch: &Pairs) -> f32 {
    (ln(batch) - batch.len() as f64 * right(joint, batch, |_, _| true)) as f32
}

fn bits(joint: &Rows, batch: &Pairs) -> f32 {
    truth(joint, batch) / std::f32::consts::LN_2
}
