//! The length of a vector.

use crate::check::cases::{any, exercise, reals};
use crate::check::exercise::nearly;
use crate::math;

exercise! {
    /// The length (Euclidean norm) of a vector.
    "01_vectors/norm": norm(x: &[f32] as &Vec<f32>) -> f32,
    nearly, any, |rng, n| vec![reals(rng, n)],
    public: [
        ("by Pythagoras", [vec![3.0_f32, 4.0]]),
        ("a negative number", [vec![-2.0_f32]]),
        ("no numbers", [Vec::<f32>::new()]),
    ],
    mistakes: [
        ("no square root", "This is the square of the length: take the square root.", squared),
        ("sum of absolute values", "This adds absolute values (the L1 norm): add squares and take the square root.", l1),
        ("mean", "This divides by the number of numbers: the length is the root of the sum, not of the mean.", root_mean),
        ("largest", "This is the largest number (the maximum norm): add squares and take the square root.", largest),
    ],
}

fn truth(x: &[f32]) -> f32 {
    math::norm(x) as f32
}

fn squared(x: &[f32]) -> f32 {
    x.iter().map(|a| a * a).sum()
}

fn l1(x: &[f32]) -> f32 {
    x.iter().map(|a| a.abs()).sum()
}

fn root_mean(x: &[f32]) -> f32 {
    (squared(x) / x.len().max(1) as f32).sqrt()
}

fn largest(x: &[f32]) -> f32 {
    x.iter().fold(0.0, |most, a| a.abs().max(most))
}
