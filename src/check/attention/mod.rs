//! The exercises of lecture 09, one per file: the truth, the cases, and the mistakes that people make.

mod adamw_step;
mod attend;
mod batch_cross_entropy;
mod block_flops;
mod block_parameters;
mod causal_mask;
mod clip_gradients;
mod gelu;
mod join_heads;
mod keep_top_k;
mod keep_top_p;
mod layer_norm;
mod layer_norm_gradient;
mod masked_softmax;
mod pack;
mod rms_norm;
mod rotary;
mod sinusoid;
mod split_heads;
mod warm_up_cosine;
mod windows;
mod with_temperature;

super::cases::lecture! {
    masked_softmax,
    attend,
    causal_mask,
    split_heads,
    join_heads,
    sinusoid,
    rotary,
    layer_norm,
    layer_norm_gradient,
    rms_norm,
    gelu,
    block_parameters,
    block_flops,
    pack,
    windows,
    batch_cross_entropy,
    adamw_step,
    warm_up_cosine,
    clip_gradients,
    with_temperature,
    keep_top_k,
    keep_top_p,
}

use super::cases::{length, reals, whole};
use super::exercise::get;
use super::value::{Crosses, Value};
use crate::rng::Rng;

/// `n` rows of `d` numbers.
fn rows(rng: &mut Rng, n: usize, d: usize) -> Value {
    Value::List((0..n).map(|_| reals(rng, d)).collect())
}

/// A whole number from 1 on.
fn is_counted(values: &[Value], i: usize) -> bool {
    get::<usize>(values, i).is_some_and(|n| n > 0)
}

/// A real number above 0.
fn is_positive(values: &[Value], i: usize) -> bool {
    get::<f32>(values, i).is_some_and(|x| x > 0.0 && x.is_finite())
}

/// An even number of elements, at least two.
fn is_even(value: &Value) -> bool {
    length(value).is_some_and(|n| n > 0 && n % 2 == 0)
}

/// An ε of a norm. It is large, so that an equal row, whose differences are all rounding, is divided by no
/// tiny number.
fn epsilon(rng: &mut Rng) -> Value {
    [1.0_f32, 0.25, 0.015_625][whole(rng, 0..=2)].to_value()
}

fn mean(x: &[f32]) -> f32 {
    x.iter().sum::<f32>() / x.len() as f32
}

/// The mean of the squares around a centre.
fn spread(x: &[f32], centre: f32) -> f32 {
    x.iter().map(|x| (x - centre).powi(2)).sum::<f32>() / x.len() as f32
}

/// e^x over their sum, without care for numbers that are too large, as a beginner's.
fn shares(x: &[f32]) -> Vec<f32> {
    let exponentials: Vec<f32> = x.iter().map(|x| x.exp()).collect();
    scaled(&exponentials)
}

/// The softmax with the largest number subtracted.
fn softmax(x: &[f32]) -> Vec<f32> {
    let top = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    shares(&x.iter().map(|x| x - top).collect::<Vec<f32>>())
}

/// Divided by their sum.
fn scaled(p: &[f32]) -> Vec<f32> {
    let sum: f32 = p.iter().sum();
    p.iter().map(|p| p / sum).collect()
}

/// Sixteenths that sum to 1, some of them 0: their sums are exact.
fn probabilities(rng: &mut Rng, n: usize) -> Vec<f32> {
    let mut p = vec![0.0; n];
    for _ in 0..16 {
        p[whole(rng, 0..=n - 1)] += 1.0 / 16.0;
    }
    p
}

/// Numbers of 0 or more that sum to 1.
fn are_probabilities(value: &Value) -> bool {
    let p: Vec<f32> = get(std::slice::from_ref(value), 0).unwrap_or_default();
    p.iter().all(|p| *p >= 0.0) && (p.iter().sum::<f32>() - 1.0).abs() < 1e-6
}

/// The places of the numbers, the largest first; of equal ones the first comes first.
fn largest_first(p: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    order
}

/// `p` at these places, 0 elsewhere.
fn only(p: &[f32], kept: &[usize]) -> Vec<f32> {
    let at = |i: usize| if kept.contains(&i) { p[i] } else { 0.0 };
    (0..p.len()).map(at).collect()
}

fn wide(x: &[f32]) -> Vec<f64> {
    x.iter().copied().map(f64::from).collect()
}

fn narrow(x: crate::Result<Vec<f64>>) -> Vec<f32> {
    x.map_or_else(|_| Vec::new(), |x| x.iter().map(|x| *x as f32).collect())
}
