//! The softmax of what a mask allows.

use super::{scaled, shares, softmax};
use crate::check::cases::{exercise, same_length, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::context::attention;
use crate::rng::Rng;

exercise! {
    /// The weights of the scores that are allowed.
    "09_attention/masked_softmax": masked_softmax(scores: &[f32] as &Vec<f32>, allowed: &[bool] as &Vec<bool>) -> Vec<f32>,
    nearly, same_length, random,
    public: [
        ("two of three, equally good", [vec![1.0_f32, 5.0, 1.0], vec![true, false, true]]),
        ("all are allowed: 1 : 1 : 2", [vec![0.0_f32, 0.0, std::f32::consts::LN_2], vec![true, true, true]]),
        ("none is allowed", [vec![3.0_f32, 1.0], vec![false, false]]),
        ("one alone", [vec![-7.0_f32], vec![true]]),
        ("e^100 is too large for an f32", [vec![100.0_f32, 100.0], vec![true, true]]),
        ("what is masked is by far the largest", [vec![0.0_f32, 200.0, 0.0], vec![true, false, true]]),
        ("e^−200 becomes 0", [vec![-200.0_f32, -200.0, 0.0], vec![true, true, false]]),
    ],
    mistakes: [
        ("score 0", "What is masked gets the score 0 and so e^0 = 1 in the sum: its exponential must be 0, as of −∞.", zeroed),
        ("masked afterwards", "The masked weights are set to 0 after the softmax, and what is left does not sum to 1: leave them out of the sum.", afterwards),
        ("0 by 0", "Where nothing is allowed the sum is 0, and 0/0 is no number: return zeros.", not_a_number),
        ("evenly", "Where nothing is allowed all get the same weight: a query that may look at nothing gets zeros.", evenly),
        ("overflow", "e^x of the scores themselves is infinite above 88: subtract the largest allowed score first.", overflow),
        ("largest of all", "The largest of all scores is subtracted, also if it is masked: then all allowed exponentials may become 0. Take the largest allowed one.", largest_of_all),
        ("the others", "The mask is the other way round: `true` means that the score counts.", others),
        ("not masked", "The mask is not used.", not_masked),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    // In every fifth case nothing is allowed.
    let share = whole(rng, 0..=4);
    let allowed: Vec<bool> = (0..n).map(|_| whole(rng, 1..=4) <= share).collect();
    vec![crate::check::cases::reals(rng, n), allowed.to_value()]
}

fn truth(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    attention::masked_softmax(scores, allowed).unwrap_or_default()
}

/// The scores, with another number where they are masked.
fn filled(scores: &[f32], allowed: &[bool], by: f32) -> Vec<f32> {
    let one = |(s, allowed): (&f32, &bool)| if *allowed { *s } else { by };
    scores.iter().zip(allowed).map(one).collect()
}

fn gated(p: &[f32], allowed: &[bool]) -> Vec<f32> {
    filled(p, allowed, 0.0)
}

fn zeroed(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    softmax(&filled(scores, allowed, 0.0))
}

fn afterwards(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    gated(&softmax(scores), allowed)
}

fn not_a_number(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    softmax(&filled(scores, allowed, f32::NEG_INFINITY))
}

fn evenly(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    softmax(&filled(scores, allowed, -1e9))
}

fn overflow(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    if !allowed.contains(&true) {
        return vec![0.0; scores.len()];
    }
    shares(&filled(scores, allowed, f32::NEG_INFINITY))
}

fn largest_of_all(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    if !allowed.contains(&true) {
        return vec![0.0; scores.len()];
    }
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    scaled(&gated(&exponentials, allowed))
}

fn others(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    truth(
        scores,
        &allowed.iter().map(|allowed| !allowed).collect::<Vec<bool>>(),
    )
}

fn not_masked(scores: &[f32], _: &[bool]) -> Vec<f32> {
    softmax(scores)
}
