//! The cosine of two vectors.

use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;
use crate::embeddings;

exercise! {
    /// The cosine of the angle between two vectors; 0 if one of them is all zeros.
    "01_vectors/cosine": cosine(x: &[f32] as &Vec<f32>, y: &[f32] as &Vec<f32>) -> f32,
    nearly, same_length, |rng, n| vec![reals(rng, n), reals(rng, n)],
    public: [
        ("the same direction", [vec![1.0_f32, 2.0], vec![2.0_f32, 4.0]]),
        ("a right angle", [vec![1.0_f32, 0.0], vec![0.0_f32, 5.0]]),
        ("opposite directions", [vec![3.0_f32, 4.0], vec![-3.0_f32, -4.0]]),
        ("a vector of zeros has no direction: 0", [vec![0.0_f32, 0.0], vec![1.0_f32, 2.0]]),
    ],
    mistakes: [
        ("dot product", "This is the dot product: divide by both lengths.", dot),
        ("one length", "This divides by the length of x alone: divide by both lengths.", one_length),
        ("squared lengths", "This divides by the squares of the lengths: take the square root of each.", squared_lengths),
        ("distance", "This is the distance of the two vectors, not the cosine of their angle.", distance),
        ("not a number", "For a vector of zeros this is 0 divided by 0: return 0 there.", not_a_number),
    ],
}

fn truth(x: &[f32], y: &[f32]) -> f32 {
    embeddings::cosine(x, y).unwrap_or(0.0)
}

fn dot(x: &[f32], y: &[f32]) -> f32 {
    embeddings::dot(x, y).unwrap_or(0.0)
}

fn divided(x: &[f32], y: &[f32], by: f32) -> f32 {
    if by == 0.0 { 0.0 } else { dot(x, y) / by }
}

fn one_length(x: &[f32], y: &[f32]) -> f32 {
    divided(x, y, dot(x, x).sqrt())
}

fn squared_lengths(x: &[f32], y: &[f32]) -> f32 {
    divided(x, y, dot(x, x) * dot(y, y))
}

fn distance(x: &[f32], y: &[f32]) -> f32 {
    embeddings::euclidean(x, y).unwrap_or(0.0)
}

fn not_a_number(x: &[f32], y: &[f32]) -> f32 {
    dot(x, y) / (dot(x, x).sqrt() * dot(y, y).sqrt())
}
