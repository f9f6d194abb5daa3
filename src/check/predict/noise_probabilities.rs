//! The noise distribution.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::predict::Noise;
use crate::rng::Rng;

exercise! {
    /// The probability with which each word is drawn as noise.
    "05_predict/noise_probabilities": noise_probabilities(counts: &[u32] as &Vec<u32>, power: f32 as *f32) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("16 and 81, whose powers are 8 and 27", [vec![16_u32, 81], 0.75_f32]),
        ("power 1: in the proportion of the counts", [vec![3_u32, 1], 1.0_f32]),
        ("power 0: all words that occur alike", [vec![7_u32, 0, 2], 0.0_f32]),
        ("one word", [vec![5_u32], 0.75_f32]),
        ("a word that never occurs", [vec![0_u32, 16, 16], 0.75_f32]),
    ],
    mistakes: [
        ("no power", "These are the shares of the counts themselves: raise each count to the power first.", shares),
        ("not normalised", "The weights do not sum to 1: divide each by the sum of all.", weights),
        ("divided first", "The shares were raised to the power and not divided again: after the power they no longer sum to 1.", divided_first),
        ("a dead word", "A word with count 0 has got a probability: 0 to the power 0 is 1 to a computer, but it is never drawn.", dead),
        ("uniform", "All words have the same probability: that is power 0.", uniform),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (counts, power): (Option<Vec<u32>>, Option<f32>) = (get(values, 0), get(values, 1));
    counts.is_some_and(|counts| counts.iter().any(|n| *n > 0))
        && power.is_some_and(|p| (0.0..=1.0).contains(&p))
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut counts: Vec<u32> = (0..n + 1).map(|_| whole(rng, 0..=20) as u32).collect();
    counts[whole(rng, 0..=n)] += 1;
    let power = [0.0_f32, 0.25, 0.5, 0.75, 1.0][whole(rng, 0..=4)];
    vec![counts.to_value(), power.to_value()]
}

fn truth(counts: &[u32], power: f32) -> Vec<f32> {
    let counts: Vec<u64> = counts.iter().map(|&n| n.into()).collect();
    let noise = Noise::new(&counts, power.into());
    noise.map_or(Vec::new(), |noise| {
        noise.probabilities().iter().map(|&p| p as f32).collect()
    })
}

fn over_their_sum(weights: Vec<f32>) -> Vec<f32> {
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|x| x / sum).collect()
}

fn shares(counts: &[u32], _: f32) -> Vec<f32> {
    over_their_sum(counts.iter().map(|&n| n as f32).collect())
}

fn weights(counts: &[u32], power: f32) -> Vec<f32> {
    let weight = |&n: &u32| if n == 0 { 0.0 } else { (n as f32).powf(power) };
    counts.iter().map(weight).collect()
}

fn divided_first(counts: &[u32], power: f32) -> Vec<f32> {
    let power = |p: f32| if p == 0.0 { 0.0 } else { p.powf(power) };
    shares(counts, 1.0).into_iter().map(power).collect()
}

fn dead(counts: &[u32], power: f32) -> Vec<f32> {
    over_their_sum(counts.iter().map(|&n| (n as f32).powf(power)).collect())
}

fn uniform(counts: &[u32], _: f32) -> Vec<f32> {
    vec![1.0 / counts.len() as f32; counts.len()]
}
