//! Probabilities at a temperature.

use super::{narrow, shares, softmax, wide};
use crate::check::cases::{exercise, length, reals, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::lm;
use crate::rng::Rng;

exercise! {
    /// The probabilities of the tokens.
    "09_attention/with_temperature": with_temperature(logits: &[f32] as &Vec<f32>, temperature: f32 as *f32) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("1 : 2 at T = 1", [vec![0.0_f32, std::f32::consts::LN_2], 1.0_f32]),
        ("1 : 4 at T = ½", [vec![0.0_f32, std::f32::consts::LN_2], 0.5_f32]),
        ("T = 0: the best takes all", [vec![1.0_f32, 3.0, 2.0], 0.0_f32]),
        ("T = 0: of equal ones the first", [vec![1.0_f32, 3.0, 3.0], 0.0_f32]),
        ("e^(2/T) is too large for an f32", [vec![2.0_f32, 2.0], 0.015_625_f32]),
        ("one token", [vec![-5.0_f32], 2.0_f32]),
    ],
    mistakes: [
        ("times T", "The logits are multiplied by T: divide.", times),
        ("no temperature", "The temperature is not used.", unused),
        ("probabilities divided", "The probabilities are divided by T, and scaled back to what they were: divide the logits, before the softmax.", p_divided),
        ("divided by 0", "At T = 0 the logits are divided by 0: the largest takes all.", by_zero),
        ("ties share", "At T = 0 equal logits share: the first of them takes all.", shared),
        ("last of equal ones", "At T = 0 the last of equal logits takes all: it is the first.", last),
        ("overflow", "e^(y/T) is too large, and the quotient is not a number: subtract the largest logit first.", overflow),
    ],
}

fn allowed(values: &[Value]) -> bool {
    length(&values[0]).is_some_and(|n| n > 0) && get::<f32>(values, 1).is_some_and(|t| t == 0.0 || t >= 0.01)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let temperature = [0.0_f32, 0.015_625, 0.5, 1.0, 2.0, 4.0][whole(rng, 0..=5)];
    vec![reals(rng, n), temperature.to_value()]
}

fn truth(logits: &[f32], temperature: f32) -> Vec<f32> {
    narrow(lm::softmax(&wide(logits), temperature.into()))
}

fn divided(logits: &[f32], by: f32) -> Vec<f32> {
    logits.iter().map(|y| y / by).collect()
}

fn times(logits: &[f32], temperature: f32) -> Vec<f32> {
    softmax(&logits.iter().map(|y| y * temperature).collect::<Vec<f32>>())
}

fn unused(logits: &[f32], _: f32) -> Vec<f32> {
    softmax(logits)
}

fn p_divided(logits: &[f32], temperature: f32) -> Vec<f32> {
    if temperature == 0.0 {
        truth(logits, 0.0)
    } else {
        softmax(logits)
    }
}

fn by_zero(logits: &[f32], temperature: f32) -> Vec<f32> {
    softmax(&divided(logits, temperature))
}

/// The truth, but for T = 0: those with the largest logit that `takes` chooses among all of them.
fn greedy(logits: &[f32], temperature: f32, takes: fn(&[usize]) -> &[usize]) -> Vec<f32> {
    if temperature > 0.0 {
        return truth(logits, temperature);
    }
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let all: Vec<usize> = (0..logits.len()).filter(|&i| logits[i] == top).collect();
    let taken = takes(&all);
    let share = |i: usize| {
        if taken.contains(&i) {
            1.0 / taken.len() as f32
        } else {
            0.0
        }
    };
    (0..logits.len()).map(share).collect()
}

fn shared(logits: &[f32], temperature: f32) -> Vec<f32> {
    greedy(logits, temperature, |all| all)
}

fn last(logits: &[f32], temperature: f32) -> Vec<f32> {
    greedy(logits, temperature, |all| &all[all.len() - 1..])
}

fn overflow(logits: &[f32], temperature: f32) -> Vec<f32> {
    match temperature > 0.0 {
        true => shares(&divided(logits, temperature)),
        false => truth(logits, temperature),
    }
}
