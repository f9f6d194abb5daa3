//! The exercises of lecture 04, one per file: the truth, the cases, and the mistakes that people make.

mod draw_topic;
mod gibbs_conditional;
mod lda_perplexity;
mod npmi;
mod phi_from_counts;
mod theta_from_counts;
mod topic_given_word;

use super::cases::{lecture, whole};
use super::value::{Crosses, Value};
use crate::rng::Rng;

lecture! {
    theta_from_counts,
    phi_from_counts,
    gibbs_conditional,
    draw_topic,
    topic_given_word,
    lda_perplexity,
    npmi,
}

/// `n` positive numbers that sum to 1, none of them below a twentieth of `1/n`.
fn distribution(rng: &mut Rng, n: usize) -> Vec<f32> {
    let numbers: Vec<f32> = (0..n).map(|_| whole(rng, 1..=20) as f32).collect();
    let sum: f32 = numbers.iter().sum();
    numbers.into_iter().map(|x| x / sum).collect()
}

/// `n` counts from 0 to 5.
fn counts(rng: &mut Rng, n: usize) -> Vec<u32> {
    (0..n).map(|_| whole(rng, 0..=5) as u32).collect()
}

/// A prior that is easy on paper: 0.1, 0.25, 0.5, 1 or 2.
fn prior(rng: &mut Rng) -> Value {
    [0.1_f32, 0.25, 0.5, 1.0, 2.0][whole(rng, 0..=4)].to_value()
}

/// A positive number.
fn is_positive(value: &Value) -> bool {
    matches!(value, Value::Real(x) if *x > 0.0)
}
