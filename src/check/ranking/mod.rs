//! The exercises of lecture 08, one per file: the truth, the cases, and the mistakes that people make.

mod batch_hard;
mod hardest;
mod log_sum_exp;
mod pair_loss;
mod semi_hard;
mod triplet_gradient;

super::cases::lecture! {
    log_sum_exp,
    pair_loss,
    triplet_gradient,
    semi_hard,
    hardest,
    batch_hard,
}

use super::cases::whole;
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
