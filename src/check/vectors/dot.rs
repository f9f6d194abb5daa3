//! The dot product.

use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;
use crate::embeddings;

exercise! {
    /// The dot product of two vectors.
    "01_vectors/dot": dot(x: &[f32] as &Vec<f32>, y: &[f32] as &Vec<f32>) -> f32,
    nearly, same_length, |rng, n| vec![reals(rng, n), reals(rng, n)],
    public: [
        ("two short vectors", [vec![1.0_f32, 2.0], vec![3.0_f32, 4.0]]),
        ("a right angle", [vec![1.0_f32, 0.0], vec![0.0_f32, 5.0]]),
        ("with a negative number", [vec![2.0_f32, -1.0, 0.5], vec![1.0_f32, 3.0, 4.0]]),
    ],
    mistakes: [
        ("sum of sums", "This adds the numbers of both vectors: multiply each pair first.", sum_of_sums),
        ("only the first", "This is the product of the first pair alone: add up all of them.", first_only),
        ("cosine", "This is the cosine: the dot product does not divide by the lengths.", divided),
        ("absolute values", "Negative numbers have lost their sign on the way.", absolute),
    ],
}

fn truth(x: &[f32], y: &[f32]) -> f32 {
    embeddings::dot(x, y).unwrap_or(0.0)
}

fn sum_of_sums(x: &[f32], y: &[f32]) -> f32 {
    x.iter().chain(y).sum()
}

fn first_only(x: &[f32], y: &[f32]) -> f32 {
    x[0] * y[0]
}

fn divided(x: &[f32], y: &[f32]) -> f32 {
    let lengths = truth(x, x).sqrt() * truth(y, y).sqrt();
    if lengths == 0.0 {
        0.0
    } else {
        truth(x, y) / lengths
    }
}

fn absolute(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(a, b)| (a * b).abs()).sum()
}
