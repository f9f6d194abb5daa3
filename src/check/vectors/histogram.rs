//! A histogram of similarities.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::plot;
use crate::rng::Rng;

exercise! {
    /// How many similarities fall into each of several equally wide bins from −1 to 1.
    "01_vectors/histogram": histogram(similarities: &[f32] as &Vec<f32>, bins: usize as *usize) -> Vec<usize>,
    exactly, allowed, random,
    public: [
        ("two bins", [vec![-0.5_f32, 0.25, 0.75], 2_usize]),
        ("a limit belongs to the bin above it", [vec![0.0_f32, -0.5, 0.5], 4_usize]),
        ("but 1 belongs to the last bin", [vec![1.0_f32, -1.0], 4_usize]),
        ("no similarities: all bins are empty", [Vec::<f32>::new(), 3_usize]),
    ],
    mistakes: [
        ("1 is lost", "A similarity of exactly 1 is counted nowhere: it belongs to the last bin.", lost),
        ("from 0 to 1", "The bins go from 0 to 1: similarities go from −1 to 1.", from_zero),
        ("limits below", "A value on a limit is counted in the bin below it: it belongs to the one above.", below),
        ("shares", "These are counts up to each bin: count each bin for itself.", running),
    ],
}

/// Similarities from −1 to 1, and as many bins as the library draws.
fn allowed(values: &[Value]) -> bool {
    let similarities: Option<Vec<f32>> = get(values, 0);
    similarities.is_some_and(|all| all.iter().all(|x| (-1.0..=1.0).contains(x)))
        && matches!(values[1], Value::Whole(1..=200))
}

/// Multiples of 1/16, and 2, 4 or 8 bins, so that every limit is exact.
fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let similarities: Vec<f32> = (0..n).map(|_| whole(rng, 0..=32) as f32 / 16.0 - 1.0).collect();
    vec![similarities.to_value(), (1_usize << whole(rng, 1..=3)).to_value()]
}

/// Counts the similarities in the bins that `bin` gives; a similarity without a bin is not counted.
fn count(similarities: &[f32], bins: usize, bin: impl Fn(f32) -> Option<usize>) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for bin in similarities.iter().filter_map(|x| bin(*x)) {
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    counts
}

fn truth(similarities: &[f32], bins: usize) -> Vec<usize> {
    let histogram = plot::histogram(similarities.iter().copied());
    histogram.range(-1.0, 1.0).bins(bins).counts()
}

fn lost(similarities: &[f32], bins: usize) -> Vec<usize> {
    count(similarities, bins, |x| {
        Some(((x + 1.0) / 2.0 * bins as f32) as usize)
    })
}

fn from_zero(similarities: &[f32], bins: usize) -> Vec<usize> {
    count(similarities, bins, |x| {
        (x >= 0.0).then_some(((x * bins as f32) as usize).min(bins - 1))
    })
}

fn below(similarities: &[f32], bins: usize) -> Vec<usize> {
    count(similarities, bins, |x| {
        Some((((x + 1.0) / 2.0 * bins as f32).ceil() as usize).max(1) - 1)
    })
}

fn running(similarities: &[f32], bins: usize) -> Vec<usize> {
    let mut sum = 0;
    truth(similarities, bins)
        .iter()
        .map(|n| {
            sum += n;
            sum
        })
        .collect()
}
