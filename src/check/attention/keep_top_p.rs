//! The nucleus: the most probable tokens that together are probable enough.

use super::{are_probabilities, largest_first, narrow, only, probabilities, scaled, wide};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::lm;
use crate::rng::Rng;

exercise! {
    /// The probabilities of the fewest most probable tokens that reach `mass`, and 0 for the others.
    "09_attention/keep_top_p": keep_top_p(p: &[f32] as &Vec<f32>, mass: f32 as *f32) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("½ is not enough: the next one, too", [vec![0.25_f32, 0.5, 0.25], 0.625_f32]),
        ("½ is exactly enough", [vec![0.25_f32, 0.5, 0.25], 0.5_f32]),
        ("one is more than enough", [vec![0.125_f32, 0.875], 0.25_f32]),
        ("all", [vec![0.5_f32, 0.25, 0.25], 1.0_f32]),
        ("of equal ones the first", [vec![0.25_f32, 0.25, 0.25, 0.25], 0.5_f32]),
    ],
    mistakes: [
        ("crossing one left out", "The token that crosses the border is left out: then the others do not reach the mass.", crossing_out),
        ("one too many", "Where the mass is reached exactly, one more token is kept: the fewest are.", one_more),
        ("not scaled", "What is left does not sum to 1: divide by its sum.", not_scaled),
        ("in order of the tokens", "The tokens are added up in their order: begin with the most probable one.", in_order),
        ("each by itself", "Each probability is compared with the mass: it is their sum that counts.", each),
        ("of equal ones the last", "Of equally probable tokens the last ones are kept: it is the first ones.", last_ties),
        ("the least first", "The least probable tokens are added up first.", least_first),
    ],
}

fn allowed(values: &[Value]) -> bool {
    are_probabilities(&values[0]) && get::<f32>(values, 1).is_some_and(|mass| mass > 0.0 && mass <= 1.0)
}

/// The mass is often a sum that is reached exactly.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mass = whole(rng, 1..=32) as f32 / 32.0;
    vec![probabilities(rng, n).to_value(), mass.to_value()]
}

fn truth(p: &[f32], mass: f32) -> Vec<f32> {
    narrow(lm::top_p(&wide(p), mass.into()))
}

/// The first of these places whose sum, up to each, satisfies `goes_on`; `before` is the sum without it.
fn kept(p: &[f32], order: Vec<usize>, goes_on: impl Fn(f32, f32) -> bool) -> Vec<usize> {
    let mut before = 0.0;
    let taken = order.into_iter().take_while(|&i| {
        let stays = goes_on(before, before + p[i]);
        before += p[i];
        stays
    });
    taken.collect()
}

fn crossing_out(p: &[f32], mass: f32) -> Vec<f32> {
    let kept = kept(p, largest_first(p), |_, with| with <= mass);
    let out = only(p, &kept);
    if kept.is_empty() { out } else { scaled(&out) }
}

fn one_more(p: &[f32], mass: f32) -> Vec<f32> {
    scaled(&only(p, &kept(p, largest_first(p), |before, _| before <= mass)))
}

fn not_scaled(p: &[f32], mass: f32) -> Vec<f32> {
    only(p, &kept(p, largest_first(p), |before, _| before < mass))
}

fn in_order(p: &[f32], mass: f32) -> Vec<f32> {
    scaled(&only(
        p,
        &kept(p, (0..p.len()).collect(), |before, _| before < mass),
    ))
}

fn each(p: &[f32], mass: f32) -> Vec<f32> {
    let large: Vec<f32> = p.iter().map(|&p| if p >= mass { p } else { 0.0 }).collect();
    if large.iter().all(|p| *p == 0.0) {
        large
    } else {
        scaled(&large)
    }
}

fn last_ties(p: &[f32], mass: f32) -> Vec<f32> {
    let turned: Vec<f32> = p.iter().rev().copied().collect();
    truth(&turned, mass).into_iter().rev().collect()
}

fn least_first(p: &[f32], mass: f32) -> Vec<f32> {
    let order = largest_first(p).into_iter().rev().collect();
    scaled(&only(p, &kept(p, order, |before, _| before < mass)))
}
