//! RMS norm of a row.

use super::{epsilon, is_positive, mean, spread};
use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::math::layers;
use crate::rng::Rng;

exercise! {
    /// The row divided by the root of its mean square, then scaled.
    "09_attention/rms_norm": rms_norm(x: &[f32] as &Vec<f32>, gamma: &[f32] as &Vec<f32>, epsilon: f32 as *f32) -> Vec<f32>,
    nearly, |values| same_length(values) && is_positive(values, 2), random,
    public: [
        ("mean square 3.5, ε = ½: divide by 2", [vec![1.0_f32, 2.0, 3.0, 0.0], vec![1.0_f32, 1.0, 1.0, 2.0], 0.5_f32]),
        ("mean square 24, ε = 1: divide by 5", [vec![0.0_f32, 4.0, -4.0, 8.0], vec![1.0_f32, 5.0, 5.0, -5.0], 1.0_f32]),
        ("zeros stay zeros", [vec![0.0_f32, 0.0], vec![2.0_f32, 3.0], 0.25_f32]),
        ("one number", [vec![1.0_f32], vec![4.0_f32], 3.0_f32]),
    ],
    mistakes: [
        ("centred", "The mean is subtracted: an RMS norm leaves it in.", centred),
        ("sum", "This divides by the root of the sum of squares, the length: take their mean.", length),
        ("ε outside", "ε is added to the root: add it to the mean square, under the root.", outside),
        ("no root", "This divides by the mean square: take its square root.", no_root),
        ("no scale", "γ is not used.", bare),
        ("divided by γ", "The numbers are divided by γ: multiply.", divided),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![reals(rng, n), reals(rng, n), epsilon(rng)]
}

fn truth(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    layers::rms_norm(x, gamma, epsilon).unwrap_or_default()
}

fn by(x: &[f32], gamma: &[f32], centre: f32, size: f32) -> Vec<f32> {
    x.iter()
        .zip(gamma)
        .map(|(x, g)| g * (x - centre) / size)
        .collect()
}

fn centred(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, mean(x), (spread(x, mean(x)) + epsilon).sqrt())
}

fn length(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, 0.0, (spread(x, 0.0) * x.len() as f32 + epsilon).sqrt())
}

fn outside(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, 0.0, spread(x, 0.0).sqrt() + epsilon)
}

fn no_root(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    by(x, gamma, 0.0, spread(x, 0.0) + epsilon)
}

fn bare(x: &[f32], _: &[f32], epsilon: f32) -> Vec<f32> {
    truth(x, &vec![1.0; x.len()], epsilon)
}

fn divided(x: &[f32], gamma: &[f32], epsilon: f32) -> Vec<f32> {
    let inverse: Vec<f32> = gamma.iter().map(|g| 1.0 / g).collect();
    truth(x, &inverse, epsilon)
}
