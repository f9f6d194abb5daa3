//! The weight of a pair in GloVe.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::predict::is_positive;
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The weight of a pair that co-occurred `x` times.
    "05_predict/glove_weight": glove_weight(x: f32 as *f32, x_max: f32 as *f32) -> f32,
    nearly, allowed, random,
    public: [
        ("a sixteenth of x_max: an eighth", [1.0_f32, 16.0_f32]),
        ("x_max itself", [10.0_f32, 10.0_f32]),
        ("beyond it nothing more", [250.0_f32, 10.0_f32]),
        ("never met", [0.0_f32, 10.0_f32]),
    ],
    mistakes: [
        ("not capped", "Frequent pairs weigh more than 1: the weight stops growing at x_max.", not_capped),
        ("no power", "This is x / x_max: raise it to the power ¾.", no_power),
        ("wrong power", "This is the power 4/3: the exponent is 3/4.", other_power),
        ("only x", "The power is of x alone: divide by x_max first.", only_x),
    ],
}

fn allowed(values: &[Value]) -> bool {
    get::<f32>(values, 0).is_some_and(|x| x >= 0.0 && x.is_finite()) && is_positive(values, 1)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let x = whole(rng, 0..=10 * n) as f32 / 2.0;
    vec![
        x.to_value(),
        [4.0_f32, 10.0, 16.0, 100.0][whole(rng, 0..=3)].to_value(),
    ]
}

fn truth(x: f32, x_max: f32) -> f32 {
    loss::glove_weight(x, x_max, 0.75)
}

fn not_capped(x: f32, x_max: f32) -> f32 {
    (x / x_max).powf(0.75)
}

fn no_power(x: f32, x_max: f32) -> f32 {
    (x / x_max).min(1.0)
}

fn other_power(x: f32, x_max: f32) -> f32 {
    (x / x_max).powf(4.0 / 3.0).min(1.0)
}

fn only_x(x: f32, x_max: f32) -> f32 {
    (x.powf(0.75) / x_max).min(1.0)
}
