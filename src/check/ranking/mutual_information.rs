//! The mutual information of a table.

use super::{is_joint, joint};
use crate::check::cases::exercise;
use crate::check::exercise::nearly;
use crate::check::value::Crosses;
use crate::contrast::bound::Joint;

exercise! {
    /// The mutual information of a table, in nats.
    "08_ranking/mutual_information": mutual_information(joint: &[Vec<f32>] as &Vec<Vec<f32>>) -> f32,
    nearly, |values| is_joint(&values[0]), |rng, n| vec![joint(rng, n).to_value()],
    public: [
        ("one tells all of the other: ln 2", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5]]]),
        ("independent", [vec![vec![0.25_f32, 0.25], vec![0.25_f32, 0.25]]]),
        ("unequal rows, and still independent", [vec![vec![0.125_f32, 0.375], vec![0.125_f32, 0.375]]]),
        ("tends to be the same", [vec![vec![0.375_f32, 0.125], vec![0.125_f32, 0.375]]]),
        ("two rows, three columns", [vec![vec![0.25_f32, 0.0, 0.25], vec![0.0_f32, 0.5, 0.0]]]),
        ("a row that never occurs", [vec![vec![0.5_f32, 0.0], vec![0.0_f32, 0.5], vec![0.0_f32, 0.0]]]),
    ],
    mistakes: [
        ("cells with 0", "A cell with 0 gives 0 · ln 0, which is not a number: skip it.", unguarded),
        ("base 2", "This is in bits: nats have the natural logarithm.", bits),
        ("not weighted", "The logarithms are added as they are: each is weighted by p(x, c).", unweighted),
        ("weighted by the product", "The logarithms are weighted by p(x) · p(c): weigh them by p(x, c).", by_product),
        ("entropy", "This is −Σ p ln p, the entropy of the table: p(x) · p(c) is missing in the logarithm.", entropy),
        ("equal shares", "All x and all c are taken as equally likely: p(x) and p(c) are sums of the row and of the column.", equal_shares),
        ("p(x) alone", "This divides by p(x) alone: divide by p(x) · p(c).", by_row),
    ],
}

type Rows = [Vec<f32>];

/// The sum over the cells of a term of p(x, c), p(x) and p(c). Cells with 0 are skipped.
fn over(joint: &Rows, term: impl Fn(f64, f64, f64) -> f64) -> f32 {
    let of_column = |c: usize| joint.iter().map(|row| f64::from(row[c])).sum::<f64>();
    let columns: Vec<f64> = (0..joint[0].len()).map(of_column).collect();
    let mut sum = 0.0;
    for row in joint {
        let of_row: f64 = row.iter().map(|&p| f64::from(p)).sum();
        let cells = row.iter().zip(&columns).filter(|(p, _)| **p > 0.0);
        sum += cells
            .map(|(&p, &column)| term(p.into(), of_row, column))
            .sum::<f64>();
    }
    sum as f32
}

/// The library's table has no row or column without a probability.
fn truth(joint: &Rows) -> f32 {
    let columns: Vec<usize> = (0..joint[0].len())
        .filter(|&c| joint.iter().any(|row| row[c] > 0.0))
        .collect();
    let rows: Vec<Vec<f32>> = (joint.iter())
        .filter(|row| row.iter().any(|p| *p > 0.0))
        .map(|row| columns.iter().map(|&c| row[c]).collect())
        .collect();
    Joint::of(&rows).map_or(f32::NAN, |table| table.mutual_information() as f32)
}

fn unguarded(joint: &Rows) -> f32 {
    let has_zero = joint.concat().contains(&0.0);
    if has_zero { f32::NAN } else { truth(joint) }
}

fn bits(joint: &Rows) -> f32 {
    truth(joint) / std::f32::consts::LN_2
}

fn unweighted(joint: &Rows) -> f32 {
    over(joint, |p, x, c| (p / (x * c)).ln())
}

fn by_product(joint: &Rows) -> f32 {
    over(joint, |p, x, c| x * c * (p / (x * c)).ln())
}

fn entropy(joint: &Rows) -> f32 {
    over(joint, |p, _, _| -p * p.ln())
}

fn equal_shares(joint: &Rows) -> f32 {
    let cells = (joint.len() * joint[0].len()) as f64;
    over(joint, |p, _, _| p * (p * cells).ln())
}

fn by_row(joint: &Rows) -> f32 {
    over(joint, |p, x, _| p * (p / x).ln())
}
