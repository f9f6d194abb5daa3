//! Subsampling: keeping fewer occurrences of frequent words.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::predict::is_positive;
use crate::check::value::{Crosses, Value};
use crate::corpus::keep_probability;
use crate::rng::Rng;

exercise! {
    /// The probability that an occurrence of the word is kept.
    "05_predict/subsample_keep": subsample_keep(count: u32 as *u32, total: u32 as *u32, threshold: f32 as *f32) -> f32,
    nearly, allowed, random,
    public: [
        ("a share of 4 times the threshold: ½ + ¼", [40_u32, 1000_u32, 0.01_f32]),
        ("a share of 100 times the threshold", [500_u32, 1000_u32, 0.005_f32]),
        ("a rare word is always kept", [1_u32, 1000_u32, 0.01_f32]),
        ("exactly at the threshold the formula gives 2", [10_u32, 1000_u32, 0.01_f32]),
    ],
    mistakes: [
        ("the paper's", "This is √(t/f), the formula of the paper: the program adds t/f.", papers),
        ("not capped", "This is larger than 1: no probability is.", not_capped),
        ("dropped", "This is the probability that the word is left out: subtract it from 1.", dropped),
        ("no root", "This is t/f: the square root of it is missing.", no_root),
        ("upside down", "The quotient is upside down: f/t is large for frequent words, and t/f small.", upside_down),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (count, total): (Option<u32>, Option<u32>) = (get(values, 0), get(values, 1));
    matches!((count, total), (Some(count), Some(total)) if count >= 1 && total >= count)
        && is_positive(values, 2)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let total = 100 + 50 * n;
    let count = if whole(rng, 0..=1) == 0 {
        whole(rng, 1..=5)
    } else {
        whole(rng, 1..=total)
    };
    let threshold = [0.001_f32, 0.01, 0.05][whole(rng, 0..=2)];
    vec![
        (count as u32).to_value(),
        (total as u32).to_value(),
        threshold.to_value(),
    ]
}

fn share(count: u32, total: u32) -> f64 {
    f64::from(count) / f64::from(total)
}

fn truth(count: u32, total: u32, threshold: f32) -> f32 {
    keep_probability(share(count, total), threshold.into()) as f32
}

fn ratio(count: u32, total: u32, threshold: f32) -> f32 {
    (f64::from(threshold) / share(count, total)) as f32
}

fn papers(count: u32, total: u32, threshold: f32) -> f32 {
    ratio(count, total, threshold).sqrt().min(1.0)
}

fn not_capped(count: u32, total: u32, threshold: f32) -> f32 {
    let ratio = ratio(count, total, threshold);
    ratio.sqrt() + ratio
}

fn dropped(count: u32, total: u32, threshold: f32) -> f32 {
    1.0 - truth(count, total, threshold)
}

fn no_root(count: u32, total: u32, threshold: f32) -> f32 {
    ratio(count, total, threshold).min(1.0)
}

fn upside_down(count: u32, total: u32, threshold: f32) -> f32 {
    let ratio = 1.0 / ratio(count, total, threshold);
    (ratio.sqrt() + ratio).min(1.0)
}
