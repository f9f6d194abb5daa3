//! The supervised contrastive loss.

use super::{are_labelled, is_temperature, labels, log_sum, similarities as random_rows, temperature};
use crate::check::cases::exercise;
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The supervised contrastive loss of a batch.
    "08_ranking/supcon": supcon(
        similarities: &[Vec<f32>] as &Vec<Vec<f32>>, labels: &[u32] as &Vec<u32>, temperature: f32 as *f32
    ) -> f32,
    nearly, |values| are_labelled(values) && is_temperature(values, 2), random,
    public: [
        ("each anchor has one positive and one negative", [
            vec![vec![1.0_f32, 0.0, 0.0], vec![0.0_f32, 1.0, 0.0], vec![0.0_f32, 0.0, 1.0]], vec![0_u32, 0, 1], 1.0_f32
        ]),
        ("three of a class: two terms for each anchor", [
            vec![vec![2.0_f32, 1.0, 0.0], vec![1.0_f32, 2.0, 0.5], vec![0.0_f32, 0.5, 2.0]], vec![5_u32, 5, 5], 0.5_f32
        ]),
        ("nobody has a positive", [vec![vec![1.0_f32, 0.5], vec![0.5_f32, 1.0]], vec![0_u32, 1], 0.5_f32]),
        ("one pair, alone", [vec![vec![1.0_f32, 0.5], vec![0.5_f32, 1.0]], vec![0_u32, 0], 0.5_f32]),
        ("e^(2/τ) is too large for an f32", [
            vec![vec![2.0_f32, 2.0, 2.0], vec![2.0_f32, 2.0, 1.0], vec![2.0_f32, 1.0, 2.0]], vec![0_u32, 0, 1], 0.015_625_f32
        ]),
        ("e^(−2/τ) becomes 0", [
            vec![vec![2.0_f32, -2.0, -2.0], vec![-2.0_f32, 2.0, -2.0], vec![-2.0_f32, -2.0, 2.0]], vec![0_u32, 0, 1], 0.015_625_f32
        ]),
    ],
    mistakes: [
        ("itself in the sum", "The anchor is in its own sum: a runs over all items but i.", itself),
        ("itself as positive", "The anchor is taken as its own positive: P(i) has the other items of its class.", own_positive),
        ("positives not in the sum", "Each positive is compared with the negatives alone: the other positives are in the sum, too.", negatives_only),
        ("negatives alone in the sum", "The sum runs over the negatives alone: all items but i are in it, the positive itself, too.", without_positives),
        ("sum over the positives", "The terms of an anchor are added up: take their mean over its positives.", sum),
        ("logarithm of the mean", "This is the logarithm of the mean: take the logarithm for each positive, then the mean.", log_outside),
        ("over all items", "This divides by the number of items: an anchor without a positive is not counted.", over_all),
        ("no temperature", "The temperature is forgotten: the exponents are s/τ.", no_temperature),
        ("infinity by infinity", "e^(s/τ) is too large or 0, and the quotient is not a number: subtract the largest s/τ from all of them first.", overflow),
    ],
}

type Rows = [Vec<f32>];

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let n = 1 + n / 2;
    vec![random_rows(rng, n), labels(rng, n).to_value(), temperature(rng)]
}

/// What the loss of an anchor is made of: its number, its positives, and the items a of the sum.
struct Anchor {
    i: usize,
    positives: Vec<usize>,
    others: Vec<usize>,
}

fn anchors(labels: &[u32]) -> Vec<Anchor> {
    let of = |i: usize| {
        let others: Vec<usize> = (0..labels.len()).filter(|&a| a != i).collect();
        let positives = others
            .iter()
            .copied()
            .filter(|&a| labels[a] == labels[i])
            .collect();
        Anchor { i, positives, others }
    };
    (0..labels.len())
        .map(of)
        .filter(|anchor| !anchor.positives.is_empty())
        .collect()
}

/// −ln( e^(s_ip/τ) / Σ_a e^(s_ia/τ) ).
fn term(row: &[f32], p: usize, sum: &[usize], temperature: f32) -> f64 {
    let logit = |a: &usize| f64::from(row[*a]) / f64::from(temperature);
    log_sum(sum.iter().map(logit)) - logit(&p)
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0_f64);
    for value in values {
        sum += value;
        n += 1.0;
    }
    sum / n.max(1.0)
}

/// The mean over the anchors of a loss.
fn over_anchors(labels: &[u32], loss: impl Fn(&Anchor) -> f64) -> f32 {
    mean(anchors(labels).iter().map(loss)) as f32
}

fn truth(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let loss = loss::supervised_contrastive(&s[anchor.i], labels, anchor.i, temperature);
        loss.map_or(f64::NAN, f64::from)
    })
}

fn itself(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let all = [&anchor.others[..], &[anchor.i]].concat();
        mean(
            anchor
                .positives
                .iter()
                .map(|&p| term(&s[anchor.i], p, &all, temperature)),
        )
    })
}

fn own_positive(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    let n = labels.len();
    let of = |i: usize| {
        let others: Vec<usize> = (0..n).filter(|&a| a != i).collect();
        mean(
            (0..n)
                .filter(|&p| labels[p] == labels[i])
                .map(|p| term(&s[i], p, &others, temperature)),
        )
    };
    mean((0..n).map(of)) as f32
}

fn negatives_only(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let kept = |p: usize| -> Vec<usize> {
            let others = anchor.others.iter().copied();
            others
                .filter(|&a| a == p || labels[a] != labels[anchor.i])
                .collect()
        };
        mean(
            anchor
                .positives
                .iter()
                .map(|&p| term(&s[anchor.i], p, &kept(p), temperature)),
        )
    })
}

fn without_positives(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let negatives: Vec<usize> = (anchor.others.iter().copied())
            .filter(|&a| labels[a] != labels[anchor.i])
            .collect();
        let positives = anchor.positives.iter();
        mean(positives.map(|&p| term(&s[anchor.i], p, &negatives, temperature)))
    })
}

fn sum(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        anchor
            .positives
            .iter()
            .map(|&p| term(&s[anchor.i], p, &anchor.others, temperature))
            .sum()
    })
}

fn log_outside(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let share = |&p: &usize| (-term(&s[anchor.i], p, &anchor.others, temperature)).exp();
        -mean(anchor.positives.iter().map(share)).ln()
    })
}

fn over_all(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    truth(s, labels, temperature) * anchors(labels).len() as f32 / labels.len() as f32
}

fn no_temperature(s: &Rows, labels: &[u32], _: f32) -> f32 {
    truth(s, labels, 1.0)
}

fn overflow(s: &Rows, labels: &[u32], temperature: f32) -> f32 {
    over_anchors(labels, |anchor| {
        let of = |a: &usize| (s[anchor.i][*a] / temperature).exp();
        let all: f32 = anchor.others.iter().map(of).sum();
        mean(anchor.positives.iter().map(|p| f64::from(-(of(p) / all).ln())))
    })
}
