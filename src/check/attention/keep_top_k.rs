//! The k most probable tokens.

use super::{are_probabilities, is_counted, largest_first, narrow, only, probabilities, scaled, wide};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::lm;
use crate::rng::Rng;

exercise! {
    /// The probabilities of the k most probable tokens, and 0 for the others.
    "09_attention/keep_top_k": keep_top_k(p: &[f32] as &Vec<f32>, k: usize as *usize) -> Vec<f32>,
    nearly, |values| are_probabilities(&values[0]) && is_counted(values, 1), random,
    public: [
        ("two of three: 2 : 1 becomes ⅔ and ⅓", [vec![0.25_f32, 0.25, 0.5], 2_usize]),
        ("one takes all", [vec![0.25_f32, 0.75], 1_usize]),
        ("more than there are", [vec![0.5_f32, 0.5], 7_usize]),
        ("four equal ones: the first two", [vec![0.25_f32, 0.25, 0.25, 0.25], 2_usize]),
    ],
    mistakes: [
        ("not scaled", "What is left does not sum to 1: divide by its sum.", not_scaled),
        ("all ties", "All tokens that are as probable as the last one kept are kept, too: exactly k are.", all_ties),
        ("last of equal ones", "Of equally probable tokens the last ones are kept: it is the first ones.", last_ties),
        ("the least", "The k least probable tokens are kept.", least),
        ("the first k", "The first k tokens are kept: take the most probable ones.", first),
        ("sorted", "The probabilities are sorted: each stays at its token's place.", sorted),
        ("k left out", "The k most probable tokens are left out: they are those to keep.", without),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![probabilities(rng, n).to_value(), whole(rng, 1..=n).to_value()]
}

fn truth(p: &[f32], k: usize) -> Vec<f32> {
    narrow(lm::top_k(&wide(p), k))
}

fn kept(p: &[f32], k: usize) -> Vec<usize> {
    largest_first(p).into_iter().take(k).collect()
}

fn not_scaled(p: &[f32], k: usize) -> Vec<f32> {
    only(p, &kept(p, k))
}

fn all_ties(p: &[f32], k: usize) -> Vec<f32> {
    let border = kept(p, k).last().map_or(0.0, |&i| p[i]);
    scaled(
        &p.iter()
            .map(|&p| if p >= border { p } else { 0.0 })
            .collect::<Vec<f32>>(),
    )
}

fn last_ties(p: &[f32], k: usize) -> Vec<f32> {
    let turned: Vec<f32> = p.iter().rev().copied().collect();
    truth(&turned, k).into_iter().rev().collect()
}

fn least(p: &[f32], k: usize) -> Vec<f32> {
    let order: Vec<usize> = largest_first(p).into_iter().rev().take(k).collect();
    scaled(&only(p, &order))
}

fn first(p: &[f32], k: usize) -> Vec<f32> {
    scaled(&only(p, &(0..k).collect::<Vec<usize>>()))
}

fn sorted(p: &[f32], k: usize) -> Vec<f32> {
    let mut all = truth(p, k);
    all.sort_by(|a, b| b.total_cmp(a));
    all
}

fn without(p: &[f32], k: usize) -> Vec<f32> {
    let others: Vec<usize> = largest_first(p).into_iter().skip(k).collect();
    scaled(&only(p, &others))
}
