//! GloVe's loss for a pair.

use crate::check::cases::{exercise, real, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::predict::is_positive;
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::math::inner;
use crate::rng::Rng;

exercise! {
    /// The weighted squared error of the prediction of ln x.
    "05_predict/glove_loss": glove_loss(
        w: &[f32] as &Vec<f32>, c: &[f32] as &Vec<f32>, b_w: f32 as *f32, b_c: f32 as *f32, x: f32 as *f32, x_max: f32 as *f32
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("ln 1 = 0, weight 1/8", [vec![1.0_f32, 2.0], vec![2.0_f32, 0.0], 0.0_f32, 0.0_f32, 1.0_f32, 16.0_f32]),
        ("the biases alone", [vec![0.0_f32], vec![3.0_f32], 1.5_f32, 0.5_f32, 1.0_f32, 1.0_f32]),
        ("a frequent pair weighs 1", [vec![1.0_f32], vec![1.0_f32], 0.0_f32, 0.0_f32, 50.0_f32, 10.0_f32]),
        ("never met: no loss", [vec![1.0_f32], vec![1.0_f32], 1.0_f32, 1.0_f32, 0.0_f32, 10.0_f32]),
    ],
    mistakes: [
        ("no weight", "This is the squared error: multiply it by f(x).", no_weight),
        ("no logarithm", "The prediction is compared with x: compare it with ln x.", no_logarithm),
        ("base 10", "This is the logarithm to base 10: the formula has the natural one.", base_10),
        ("no biases", "The biases are missing in the prediction.", no_biases),
        ("not squared", "The error is not squared.", not_squared),
        ("weight not capped", "Pairs that met more than x_max times weigh more than 1: the weight stops growing there.", not_capped),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (w, c): (Option<Vec<f32>>, Option<Vec<f32>>) = (get(values, 0), get(values, 1));
    matches!((w, c), (Some(w), Some(c)) if w.len() == c.len() && !w.is_empty())
        && get::<f32>(values, 4).is_some_and(|x| x >= 0.0 && x.is_finite())
        && is_positive(values, 5)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let x = whole(rng, 0..=8 * n) as f32 / 2.0;
    let x_max = [4.0_f32, 10.0][whole(rng, 0..=1)];
    vec![
        reals(rng, n),
        reals(rng, n),
        real(rng),
        real(rng),
        x.to_value(),
        x_max.to_value(),
    ]
}

fn weight(x: f32, x_max: f32) -> f64 {
    (f64::from(x) / f64::from(x_max)).powf(0.75)
}

/// The library's loss has a half in front.
fn truth(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    2.0 * loss::glove_loss(w, c, b_w + b_c, x, x_max).unwrap_or(0.0)
}

/// The squared error, where the target is `target` of x.
fn squared(w: &[f32], c: &[f32], biases: f32, x: f32, target: impl Fn(f64) -> f64) -> f64 {
    if x == 0.0 {
        0.0
    } else {
        (inner(w, c) + f64::from(biases) - target(x.into())).powi(2)
    }
}

fn no_weight(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, _: f32) -> f32 {
    squared(w, c, b_w + b_c, x, f64::ln) as f32
}

fn no_logarithm(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    (weight(x, x_max).min(1.0) * squared(w, c, b_w + b_c, x, |x| x)) as f32
}

fn base_10(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    (weight(x, x_max).min(1.0) * squared(w, c, b_w + b_c, x, f64::log10)) as f32
}

fn no_biases(w: &[f32], c: &[f32], _: f32, _: f32, x: f32, x_max: f32) -> f32 {
    truth(w, c, 0.0, 0.0, x, x_max)
}

fn not_squared(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    (weight(x, x_max).min(1.0) * squared(w, c, b_w + b_c, x, f64::ln).sqrt()) as f32
}

fn not_capped(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    (weight(x, x_max) * squared(w, c, b_w + b_c, x, f64::ln)) as f32
}
