//! The vector of a position.

use super::is_counted;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::context::positions;
use crate::rng::Rng;

exercise! {
    /// The sines and cosines of a position.
    "09_attention/sinusoid": sinusoid(position: usize as *usize, d: usize as *usize) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("position 0: no hand has moved", [0_usize, 4_usize]),
        ("one pair: a radian for each position", [1_usize, 2_usize]),
        ("the second pair is 100 times slower", [3_usize, 4_usize]),
    ],
    mistakes: [
        ("halves", "All sines come first, and then all cosines: they alternate here.", halves),
        ("cosine first", "Sine and cosine have changed places: the sine comes first.", cosine_first),
        ("i for 2i", "The exponent is −2i/d for pair i: the 2 is missing.", half_exponent),
        ("own angle for each number", "Sine and cosine of a pair have different angles: they share one.", each_its_own),
        ("from 1", "The positions are counted from 1: position 0 is 0, 1, 0, 1, ….", from_one),
        ("one speed", "All pairs turn equally fast: pair i turns by 10000^(−2i/d) for each position.", one_speed),
    ],
}

fn allowed(values: &[Value]) -> bool {
    get::<usize>(values, 0).is_some()
        && is_counted(values, 1)
        && get::<usize>(values, 1).is_some_and(|d| d % 2 == 0)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![
        whole(rng, 0..=3 * n).to_value(),
        (2 * whole(rng, 1..=1 + n / 2)).to_value(),
    ]
}

fn truth(position: usize, d: usize) -> Vec<f32> {
    positions::sinusoidal(position, d).unwrap_or_default()
}

/// The pairs' sines and cosines, where `exponent(i)` is that of number i.
fn numbers(position: usize, d: usize, exponent: impl Fn(usize) -> f64) -> Vec<f32> {
    let number = |i: usize| {
        let angle = position as f64 * 10_000_f64.powf(-exponent(i) / d as f64);
        (if i.is_multiple_of(2) {
            angle.sin()
        } else {
            angle.cos()
        }) as f32
    };
    (0..d).map(number).collect()
}

fn halves(position: usize, d: usize) -> Vec<f32> {
    let all = truth(position, d);
    let of = |first: usize| all.iter().skip(first).step_by(2).copied();
    of(0).chain(of(1)).collect()
}

fn cosine_first(position: usize, d: usize) -> Vec<f32> {
    truth(position, d)
        .chunks(2)
        .flat_map(|pair| [pair[1], pair[0]])
        .collect()
}

fn half_exponent(position: usize, d: usize) -> Vec<f32> {
    numbers(position, d, |i| (i / 2) as f64)
}

fn each_its_own(position: usize, d: usize) -> Vec<f32> {
    numbers(position, d, |i| i as f64)
}

fn from_one(position: usize, d: usize) -> Vec<f32> {
    truth(position + 1, d)
}

fn one_speed(position: usize, d: usize) -> Vec<f32> {
    numbers(position, d, |_| 0.0)
}
