//! Circular correlation: undoing a binding.

use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;
use crate::count;

exercise! {
    /// The circular correlation of two vectors.
    "03_indexing/circular_correlation": circular_correlation(a: &[f32] as &Vec<f32>, c: &[f32] as &Vec<f32>) -> Vec<f32>,
    nearly, same_length, |rng, n| vec![reals(rng, n), reals(rng, n)],
    public: [
        ("what was shifted by one place comes back", [vec![0.0_f32, 1.0, 0.0], vec![6.0_f32, 4.0, 5.0]]),
        ("three numbers", [vec![1.0_f32, 2.0, 3.0], vec![4.0_f32, 5.0, 6.0]]),
        ("a number", [vec![3.0_f32], vec![-2.0_f32]]),
    ],
    mistakes: [
        ("convolution", "This is the convolution, which binds: to undo it, place j of a meets place k + j of c, not k − j.", convolution),
        ("arguments exchanged", "This is c # a: the places of a and c are exchanged.", exchanged),
        ("not circular", "Beyond the last place comes the first again: take k + j modulo d.", cut),
        ("elementwise", "These are the products place by place: add up over all j.", elementwise),
    ],
}

fn truth(a: &[f32], c: &[f32]) -> Vec<f32> {
    count::circular_correlation(a, c).unwrap_or_default()
}

fn convolution(a: &[f32], c: &[f32]) -> Vec<f32> {
    count::circular_convolution(a, c).unwrap_or_default()
}

fn exchanged(a: &[f32], c: &[f32]) -> Vec<f32> {
    truth(c, a)
}

fn cut(a: &[f32], c: &[f32]) -> Vec<f32> {
    let at = |k: usize| a.iter().zip(c.get(k..).unwrap_or(&[])).map(|(x, y)| x * y).sum();
    (0..a.len()).map(at).collect()
}

fn elementwise(a: &[f32], c: &[f32]) -> Vec<f32> {
    a.iter().zip(c).map(|(x, y)| x * y).collect()
}
