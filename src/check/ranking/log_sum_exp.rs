//! The logarithm of a sum of exponentials.

use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::loss;
use crate::rng::Rng;

exercise! {
    /// The logarithm of the sum of the exponentials.
    "08_ranking/log_sum_exp": log_sum_exp(x: &[f32] as &Vec<f32>) -> f32,
    nearly, |values| length(&values[0]).is_some_and(|n| n > 0), random,
    public: [
        ("ln(1 + 1)", [vec![0.0_f32, 0.0]]),
        ("one number is its own answer", [vec![3.5_f32]]),
        ("e^100 is too large for an f32", [vec![99.0_f32, 100.0, 100.0]]),
        ("e^−200 becomes 0", [vec![-200.0_f32, -201.0]]),
        ("far apart", [vec![-150.0_f32, 150.0, 149.0]]),
        ("the largest first", [vec![150.0_f32, -150.0, 149.5, 149.0]]),
    ],
    mistakes: [
        ("maximum from 0", "The search for the largest number begins at 0: if all are far below 0, every exponential becomes 0. Begin at −∞.", from_zero),
        ("not shifted", "e^x is taken of x itself: above 88 that is infinite, and below −104 it is 0. Subtract the largest x first, and add it at the end.", naive),
        ("shifted by the first", "The first number is subtracted, and another may be larger by 100: subtract the largest.", by_first),
        ("shift forgotten", "The largest was subtracted and not added again: ln(e^m · S) is m + ln S.", not_added),
        ("the largest alone", "This is the largest number: the others add to the sum as well.", largest),
        ("mean", "This is the logarithm of the mean: do not divide by n.", mean),
        ("base 2", "This takes the logarithm to base 2: `ln` is the natural one.", base_2),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let scale = [0.5, 0.5, 25.0][whole(rng, 0..=2)];
    let number = |rng: &mut Rng| (whole(rng, 0..=16) as f32 - 8.0) * scale;
    vec![(0..n).map(|_| number(rng)).collect::<Vec<f32>>().to_value()]
}

fn most(x: &[f32]) -> f32 {
    x.iter().copied().fold(f32::NEG_INFINITY, f32::max)
}

/// Σ e^(x − shift), in f32 as a student's.
fn sum(x: &[f32], shift: f32) -> f32 {
    x.iter().map(|x| (x - shift).exp()).sum()
}

fn truth(x: &[f32]) -> f32 {
    loss::log_sum_exp(x)
}

fn from_zero(x: &[f32]) -> f32 {
    let shift = most(x).max(0.0);
    shift + sum(x, shift).ln()
}

fn naive(x: &[f32]) -> f32 {
    sum(x, 0.0).ln()
}

fn by_first(x: &[f32]) -> f32 {
    x[0] + sum(x, x[0]).ln()
}

fn not_added(x: &[f32]) -> f32 {
    sum(x, most(x)).ln()
}

fn largest(x: &[f32]) -> f32 {
    most(x)
}

fn mean(x: &[f32]) -> f32 {
    truth(x) - (x.len() as f32).ln()
}

fn base_2(x: &[f32]) -> f32 {
    most(x) + sum(x, most(x)).log2()
}
