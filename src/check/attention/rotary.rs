//! Pairs of numbers that turn with the position.

use super::{is_even, is_positive};
use crate::check::cases::{exercise, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::context::positions::{RotaryPairs, rotate};
use crate::rng::Rng;

exercise! {
    /// The vector with each pair turned.
    "09_attention/rotary": rotary(x: &[f32] as &Vec<f32>, position: usize as *usize, base: f32 as *f32) -> Vec<f32>,
    nearly, |values| is_even(&values[0]) && get::<usize>(values, 1).is_some() && is_positive(values, 2), random,
    public: [
        ("position 0: nothing turns", [vec![1.0_f32, 2.0, 3.0, 4.0], 0_usize, 10_000.0_f32]),
        ("one radian", [vec![1.0_f32, 0.0], 1_usize, 10_000.0_f32]),
        ("2 radians and 0.2 radians", [vec![1.0_f32, 0.0, 1.0, 0.0], 2_usize, 100.0_f32]),
        ("the other number of a pair", [vec![0.0_f32, 1.0], 1_usize, 100.0_f32]),
    ],
    mistakes: [
        ("halves", "Number i is paired with number i + d/2: here the pairs are neighbours.", halves),
        ("backwards", "The pairs turn the other way: the new first number is a cos − b sin.", backwards),
        ("one speed", "All pairs turn by the same angle: pair i turns by base^(−2i/d) for each position.", one_speed),
        ("i for 2i", "The exponent is −2i/d for pair i: the 2 is missing.", half_exponent),
        ("from 1", "The positions are counted from 1: at position 0 nothing turns.", from_one),
        ("second from the new first", "The second number is computed with the first one's new value: both need the old ones.", overwritten),
        ("added", "The sine and cosine are added: the pair is turned by them.", added),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let pairs = 1 + n / 3;
    let base = [4.0_f32, 100.0, 10_000.0][whole(rng, 0..=2)];
    vec![
        reals(rng, 2 * pairs),
        whole(rng, 0..=n).to_value(),
        base.to_value(),
    ]
}

fn truth(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    rotate(x, position, base.into(), RotaryPairs::Neighbours).unwrap_or_default()
}

/// The pairs by some function of a, b and the angle, whose exponent is that of pair i.
fn pairs(
    x: &[f32],
    position: usize,
    base: f32,
    exponent: impl Fn(usize) -> f32,
    turn: impl Fn(f32, f32, f32) -> [f32; 2],
) -> Vec<f32> {
    let angle = |i: usize| position as f32 * base.powf(-exponent(i) / x.len() as f32);
    let turned = |(i, pair): (usize, &[f32])| turn(pair[0], pair[1], angle(i));
    x.chunks(2).enumerate().flat_map(turned).collect()
}

fn turn(a: f32, b: f32, angle: f32) -> [f32; 2] {
    [
        a * angle.cos() - b * angle.sin(),
        a * angle.sin() + b * angle.cos(),
    ]
}

fn right(i: usize) -> f32 {
    2.0 * i as f32
}

fn halves(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    let half = x.len() / 2;
    let paired: Vec<f32> = (0..half).flat_map(|i| [x[i], x[i + half]]).collect();
    let turned = truth(&paired, position, base);
    let of = |first: usize| turned.iter().skip(first).step_by(2).copied();
    of(0).chain(of(1)).collect()
}

fn backwards(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    pairs(x, position, base, right, |a, b, angle| turn(a, b, -angle))
}

fn one_speed(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    pairs(x, position, base, |_| 0.0, turn)
}

fn half_exponent(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    pairs(x, position, base, |i| i as f32, turn)
}

fn from_one(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    truth(x, position + 1, base)
}

fn overwritten(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    pairs(x, position, base, right, |a, b, angle| {
        let a = a * angle.cos() - b * angle.sin();
        [a, a * angle.sin() + b * angle.cos()]
    })
}

fn added(x: &[f32], position: usize, base: f32) -> Vec<f32> {
    pairs(x, position, base, right, |a, b, angle| {
        [a + angle.sin(), b + angle.cos()]
    })
}
