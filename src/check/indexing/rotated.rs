//! Order by rotation.

use crate::check::cases::{any, exercise, reals, whole};
use crate::check::exercise::exactly;
use crate::check::value::Value;

exercise! {
    /// A vector rotated to the right.
    "03_indexing/rotated": rotated(vector: &[f32] as &Vec<f32>, by: i64 as *i64) -> Vec<f32>,
    exactly, any, |rng, n| vec![reals(rng, n), Value::Whole(whole(rng, 0..=4 * n) as i64 - 2 * n as i64)],
    public: [
        ("one place to the right", [vec![1.0_f32, 2.0, 3.0], 1_i64]),
        ("one place to the left", [vec![1.0_f32, 2.0, 3.0], -1_i64]),
        ("round more than once", [vec![1.0_f32, 2.0, 3.0], 5_i64]),
        ("by nothing", [vec![1.0_f32, 2.0], 0_i64]),
        ("an empty vector", [Vec::<f32>::new(), 2_i64]),
    ],
    mistakes: [
        ("to the left", "It is rotated in the other direction: the number in place i goes to place i + by.", left),
        ("shifted", "What leaves at the end is lost: it comes in again at the beginning.", shifted),
        ("sign ignored", "A negative number rotates to the right here: it must rotate to the left.", always_right),
        ("reversed", "The vector is reversed: rotate it, so that neighbours stay neighbours.", reversed),
    ],
}

fn truth(vector: &[f32], by: i64) -> Vec<f32> {
    let mut out = vector.to_vec();
    if let Ok(n @ 1..) = i64::try_from(vector.len()) {
        out.rotate_right(by.rem_euclid(n) as usize);
    }
    out
}

fn left(vector: &[f32], by: i64) -> Vec<f32> {
    truth(vector, by.saturating_neg())
}

fn shifted(vector: &[f32], by: i64) -> Vec<f32> {
    let from = |i: usize| {
        (i as i64)
            .checked_sub(by)
            .and_then(|from| usize::try_from(from).ok())
    };
    (0..vector.len())
        .map(|i| from(i).and_then(|from| vector.get(from)).copied().unwrap_or(0.0))
        .collect()
}

fn always_right(vector: &[f32], by: i64) -> Vec<f32> {
    truth(vector, by.saturating_abs())
}

fn reversed(vector: &[f32], _: i64) -> Vec<f32> {
    vector.iter().rev().copied().collect()
}
