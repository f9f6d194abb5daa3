//! Layer norm of a row.

use super::{epsilon, is_positive, mean, spread};
use crate::check::cases::{exercise, length, reals};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::math::layers;
use crate::rng::Rng;

exercise! {
    /// The row with mean 0 and size 1, then scaled and shifted.
    "09_attention/layer_norm": layer_norm(
        x: &[f32] as &Vec<f32>, gamma: &[f32] as &Vec<f32>, beta: &[f32] as &Vec<f32>, epsilon: f32 as *f32
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("mean 1, variance 1, ε = 3: divide by 2", [vec![0.0_f32, 2.0], vec![1.0_f32, 1.0], vec![0.0_f32, 0.0], 3.0_f32]),
        ("scaled and shifted", [vec![0.0_f32, 2.0], vec![2.0_f32, 4.0], vec![10.0_f32, -1.0], 3.0_f32]),
        ("all equal: only the shift is left", [vec![3.0_f32, 3.0, 3.0, 3.0], vec![1.0_f32, 2.0, 3.0, 4.0], vec![0.5_f32, 0.0, 0.0, -0.5], 1.0_f32]),
        ("one number", [vec![7.0_f32], vec![2.0_f32], vec![1.0_f32], 0.25_f32]),
    ],
    mistakes: [
        ("n − 1", "The squares are divided by n − 1: their mean divides by n.", unbiased),
        ("ε outside", "ε is added to the root: add it to the variance, under the root.", outside),
        ("no root", "This divides by the variance: take the square root of variance + ε.", no_root),
        ("no mean", "The mean is not subtracted: that is an RMS norm.", no_mean),
        ("shift first", "The shift is added before the scale: first γ x̂, then + β.", shift_first),
        ("no scale and shift", "γ and β are not used.", bare),
        ("no ε", "ε is not used.", no_epsilon),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let n = length(&values[0]);
    n.is_some_and(|n| n > 0) && length(&values[1]) == n && length(&values[2]) == n && is_positive(values, 3)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![reals(rng, n), reals(rng, n), reals(rng, n), epsilon(rng)]
}

fn truth(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    layers::layer_norm(x, gamma, beta, epsilon).unwrap_or_default()
}

/// γ (x − centre) / size + β.
fn by(x: &[f32], gamma: &[f32], beta: &[f32], centre: f32, size: f32) -> Vec<f32> {
    let numbers = x.iter().zip(gamma).zip(beta);
    numbers.map(|((x, g), b)| g * (x - centre) / size + b).collect()
}

fn variance(x: &[f32]) -> f32 {
    spread(x, mean(x))
}

fn unbiased(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    let n = x.len() as f32;
    let variance = if n > 1.0 { variance(x) * n / (n - 1.0) } else { 0.0 };
    by(x, gamma, beta, mean(x), (variance + epsilon).sqrt())
}

fn outside(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, beta, mean(x), variance(x).sqrt() + epsilon)
}

fn no_root(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, beta, mean(x), variance(x) + epsilon)
}

fn no_mean(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, beta, 0.0, (spread(x, 0.0) + epsilon).sqrt())
}

fn shift_first(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f32> {
    let (zeros, ones) = (vec![0.0; x.len()], vec![1.0; x.len()]);
    let hat = truth(x, &ones, &zeros, epsilon);
    hat.iter()
        .zip(gamma)
        .zip(beta)
        .map(|((x, g), b)| g * (x + b))
        .collect()
}

fn bare(x: &[f32], _: &[f32], _: &[f32], epsilon: f32) -> Vec<f32> {
    truth(x, &vec![1.0; x.len()], &vec![0.0; x.len()], epsilon)
}

fn no_epsilon(x: &[f32], gamma: &[f32], beta: &[f32], _: f32) -> Vec<f32> {
    by(x, gamma, beta, mean(x), variance(x).sqrt())
}
