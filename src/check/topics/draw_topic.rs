//! Drawing a topic from weights and a number from 0 to 1.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::choose;

exercise! {
    /// The topic at which the cumulative sum exceeds `u` times the total.
    "04_topics/draw_topic": draw_topic(weights: &[f32] as &Vec<f32>, u: f32 as *f32) -> usize,
    exactly, allowed, random,
    public: [
        ("in the middle", [vec![1.0_f32, 2.0, 1.0], 0.5_f32]),
        ("at the very beginning", [vec![0.5_f32, 0.5], 0.0_f32]),
        ("a topic without weight is never drawn", [vec![0.0_f32, 3.0], 0.0_f32]),
        ("exactly where one topic ends, the next begins", [vec![1.0_f32, 1.0, 2.0], 0.25_f32]),
        ("near the end", [vec![4.0_f32, 2.0, 2.0], 0.875_f32]),
    ],
    mistakes: [
        ("not scaled", "The weights do not sum to 1: compare the cumulative sum with u times their total.", not_scaled),
        ("largest", "This is always the topic of the largest weight: the others must be drawn, too, by u.", largest),
        ("not cumulative", "Each weight is compared by itself: add the weights up along the way.", not_cumulative),
        ("at the border", "Where the sum equals u times the total the next topic begins: pass it, do not only reach it.", border),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (weights, u): (Option<Vec<f32>>, Option<f32>) = (get(values, 0), get(values, 1));
    let Some((weights, u)) = weights.zip(u) else {
        return false;
    };
    weights.iter().all(|w| *w >= 0.0) && weights.iter().sum::<f32>() > 0.0 && (0.0..1.0).contains(&u)
}

/// Weights are multiples of ½ and `u` of 1/64, so the sums are exact.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut weights: Vec<f32> = (0..n + 1).map(|_| whole(rng, 0..=6) as f32 / 2.0).collect();
    weights[whole(rng, 0..=n)] += 1.0;
    vec![weights.to_value(), (whole(rng, 0..=63) as f32 / 64.0).to_value()]
}

fn first(weights: &[f32], mut passed: impl FnMut(f32) -> bool) -> usize {
    weights
        .iter()
        .position(|w| passed(*w))
        .unwrap_or(weights.len() - 1)
}

fn along(weights: &[f32], goal: f32) -> usize {
    let mut sum = 0.0;
    first(weights, |w| {
        sum += w;
        sum > goal
    })
}

fn truth(weights: &[f32], u: f32) -> usize {
    let weights: Vec<f64> = weights.iter().copied().map(f64::from).collect();
    choose(&weights, u.into())
}

fn not_scaled(weights: &[f32], u: f32) -> usize {
    along(weights, u)
}

fn largest(weights: &[f32], _: f32) -> usize {
    let most = weights.iter().copied().fold(0.0, f32::max);
    first(weights, |w| w == most)
}

fn not_cumulative(weights: &[f32], u: f32) -> usize {
    let goal = u * weights.iter().sum::<f32>();
    first(weights, |w| w > goal)
}

fn border(weights: &[f32], u: f32) -> usize {
    let (goal, mut sum) = (u * weights.iter().sum::<f32>(), 0.0);
    first(weights, |w| {
        sum += w;
        sum >= goal
    })
}
