//! Circular convolution, by which BEAGLE binds two vectors.

use crate::check::cases::{exercise, reals, same_length};
use crate::check::exercise::nearly;

use crate::count;

exercise! {
    /// The circular convolution of two vectors of the same length.
    "02_counts/circular_convolution": circular_convolution(a: &[f32] as &Vec<f32>, b: &[f32] as &Vec<f32>) -> Vec<f32>,
    nearly, same_length, |rng, n| vec![reals(rng, n + 2), reals(rng, n + 2)],
    public: [
        ("a 1 in the first place changes nothing", [vec![1.0_f32, 0.0, 0.0], vec![1.0_f32, 2.0, 3.0]]),
        ("a 1 in the second place turns by one", [vec![0.0_f32, 1.0, 0.0], vec![1.0_f32, 2.0, 3.0]]),
        ("on paper", [vec![1.0_f32, 2.0], vec![3.0_f32, 4.0]]),
    ],
    mistakes: [
        ("correlation", "This is the correlation, a[j] · b[i + j]: in a convolution the places add up to i.", correlated),
        ("not round the circle", "What goes beyond the end is lost here: it comes in again at the beginning.", cut),
        ("place by place", "This multiplies place by place: each number of a meets each number of b.", by_places),
    ],
}

fn truth(a: &[f32], b: &[f32]) -> Vec<f32> {
    count::circular_convolution(a, b).unwrap_or_default()
}

fn correlated(a: &[f32], b: &[f32]) -> Vec<f32> {
    let n = a.len();
    (0..n)
        .map(|i| (0..n).map(|j| a[j] * b[(i + j) % n]).sum())
        .collect()
}

fn cut(a: &[f32], b: &[f32]) -> Vec<f32> {
    (0..a.len())
        .map(|i| (0..=i).map(|j| a[j] * b[i - j]).sum())
        .collect()
}

fn by_places(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(x, y)| x * y).collect()
}
