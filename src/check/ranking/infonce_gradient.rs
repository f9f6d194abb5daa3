//! The gradient of InfoNCE by the similarities.

use super::{is_temperature, log_sum, temperature};
use crate::check::cases::{exercise, length, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The derivatives of the loss by the similarities.
    "08_ranking/infonce_gradient": infonce_gradient(
        similarities: &[f32] as &Vec<f32>, partner: usize as *usize, temperature: f32 as *f32
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("two candidates that are equally similar", [vec![1.0_f32, 1.0], 0_usize, 1.0_f32]),
        ("four of them at τ = ½", [vec![0.0_f32, 0.0, 0.0, 0.0], 2_usize, 0.5_f32]),
        ("the nearest stranger is pushed most", [vec![1.0_f32, 2.0, 0.0], 0_usize, 1.0_f32]),
        ("one candidate: nothing to learn", [vec![3.0_f32], 0_usize, 0.5_f32]),
        ("e^(2/τ) is too large for an f32", [vec![2.0_f32, 2.0, 1.0], 1_usize, 0.015_625_f32]),
        ("e^(−2/τ) becomes 0", [vec![-2.0_f32, -2.0], 0_usize, 0.015_625_f32]),
    ],
    mistakes: [
        ("no 1/τ", "This is the derivative by s/τ: the chain rule divides it by τ.", by_logits),
        ("nothing pulled", "The partner is pushed away like the others: 1/τ is subtracted from its derivative.", no_label),
        ("uphill", "All signs are wrong: the loss falls as the partner's similarity rises.", uphill),
        ("no temperature in the softmax", "p is the softmax of s/τ: the temperature is forgotten in it.", no_temperature),
        ("times τ", "The derivative by s/τ is multiplied by τ: divide.", times),
        ("partner alone", "Only the partner has a derivative: the others are pushed away, each by p/τ.", partner_alone),
        ("derivative of p", "This is p (1 − p)/τ, the derivative of the softmax. The loss is −ln p of the partner: p_j/τ, less 1/τ for the partner.", slope_of_p),
        ("mean", "This is divided by N: the loss of one query is no mean.", mean),
        ("infinity by infinity", "e^(s/τ) is too large or 0, and the quotient is not a number: subtract the largest s/τ from all of them first.", overflow),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let partner = get::<usize>(values, 1);
    matches!((length(&values[0]), partner), (Some(n), Some(p)) if p < n) && is_temperature(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![reals(rng, n), whole(rng, 0..=n - 1).to_value(), temperature(rng)]
}

/// p, by an exponent that is at most 0.
fn softmax(s: &[f32], temperature: f32) -> Vec<f32> {
    let logit = |s: &f32| f64::from(*s) / f64::from(temperature);
    let all = log_sum(s.iter().map(logit));
    s.iter().map(|s| (logit(s) - all).exp() as f32).collect()
}

/// `factor` · (p − y).
fn scaled(p: &[f32], partner: usize, factor: f32) -> Vec<f32> {
    let y = |j: usize| f32::from(u8::from(j == partner));
    p.iter().enumerate().map(|(j, p)| factor * (p - y(j))).collect()
}

fn truth(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    loss::info_nce_gradient(similarities, partner, temperature).unwrap_or_default()
}

fn by_logits(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    scaled(&softmax(similarities, temperature), partner, 1.0)
}

fn no_label(similarities: &[f32], _: usize, temperature: f32) -> Vec<f32> {
    softmax(similarities, temperature)
        .iter()
        .map(|p| p / temperature)
        .collect()
}

fn uphill(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    scaled(&softmax(similarities, temperature), partner, -1.0 / temperature)
}

fn no_temperature(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    scaled(&softmax(similarities, 1.0), partner, 1.0 / temperature)
}

fn times(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    scaled(&softmax(similarities, temperature), partner, temperature)
}

fn partner_alone(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    let mut gradient = vec![0.0; similarities.len()];
    gradient[partner] = truth(similarities, partner, temperature)[partner];
    gradient
}

fn slope_of_p(similarities: &[f32], _: usize, temperature: f32) -> Vec<f32> {
    let p = softmax(similarities, temperature);
    p.iter().map(|p| p * (1.0 - p) / temperature).collect()
}

fn mean(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    let factor = 1.0 / (temperature * similarities.len() as f32);
    scaled(&softmax(similarities, temperature), partner, factor)
}

fn overflow(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    let weights: Vec<f32> = similarities.iter().map(|s| (s / temperature).exp()).collect();
    let sum: f32 = weights.iter().sum();
    let p: Vec<f32> = weights.iter().map(|w| w / sum).collect();
    scaled(&p, partner, 1.0 / temperature)
}
