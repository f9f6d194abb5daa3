//! The largest distortion of a set of points.

use crate::check::cases::{exercise, is_matrix, length, matrix, reals};
use crate::check::exercise::nearly;
use crate::check::value::Value;
use crate::indexing;
use crate::rng::Rng;

exercise! {
    /// How far the ratio of squared distances, after over before, is from 1 at most.
    "03_indexing/largest_distortion": largest_distortion(
        before: &[Vec<f32>] as &Vec<Vec<f32>>, after: &[Vec<f32>] as &Vec<Vec<f32>>
    ) -> f32,
    nearly, allowed, random,
    public: [
        ("nothing changed", [vec![vec![0.0_f32, 1.0], vec![2.0_f32, 0.0]], vec![vec![0.0_f32, 1.0], vec![2.0_f32, 0.0]]]),
        ("the second coordinate is lost: ratios 1, 0 and 9/25", [
            vec![vec![0.0_f32, 0.0], vec![3.0_f32, 0.0], vec![0.0_f32, 4.0]], vec![vec![0.0_f32], vec![3.0_f32], vec![0.0_f32]]
        ]),
        ("twice as far: four times the square", [vec![vec![0.0_f32], vec![1.0_f32]], vec![vec![0.0_f32], vec![2.0_f32]]]),
        ("equal points have no ratio", [vec![vec![1.0_f32], vec![1.0_f32]], vec![vec![0.0_f32], vec![2.0_f32]]]),
        ("one point", [vec![vec![1.0_f32]], vec![vec![3.0_f32]]]),
    ],
    mistakes: [
        ("not squared", "These are distances: the lemma speaks of their squares.", unsquared),
        ("shrinking forgotten", "A distance that shrinks counts as well: take the absolute value of ratio − 1.", stretched),
        ("mean", "This is the mean of the distortions: return the largest.", mean),
        ("neighbours in the list", "Only points that follow each other in the list are compared: compare all pairs.", chain),
        ("turned round", "This divides the distance before by that after.", turned),
    ],
}

fn allowed(values: &[Value]) -> bool {
    values.iter().all(is_matrix) && length(&values[0]) == length(&values[1])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let points = 2 + n / 2;
    let mut rows = |width: usize| Value::List((0..points).map(|_| reals(rng, width)).collect());
    vec![rows(1 + n / 2), rows(1 + n / 3)]
}

fn truth(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    let found = indexing::distortion(matrix(before).view(), matrix(after).view());
    found.map_or(0.0, |d| d.largest())
}

fn squared(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Squared distances before and after, for the pairs that have a ratio and for which `which` holds.
fn pairs(before: &[Vec<f32>], after: &[Vec<f32>], which: impl Fn(usize, usize) -> bool) -> Vec<(f32, f32)> {
    let n = before.len();
    let all = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let kept = all.filter(|&(i, j)| which(i, j));
    kept.map(|(i, j)| (squared(&before[i], &before[j]), squared(&after[i], &after[j])))
        .filter(|(old, _)| *old > 0.0)
        .collect()
}

fn largest(pairs: &[(f32, f32)], of: impl Fn(f32, f32) -> f32) -> f32 {
    pairs.iter().fold(0.0, |most, &(old, new)| of(old, new).max(most))
}

fn unsquared(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    largest(&pairs(before, after, |_, _| true), |old, new| {
        ((new / old).sqrt() - 1.0).abs()
    })
}

fn stretched(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    largest(&pairs(before, after, |_, _| true), |old, new| new / old - 1.0)
}

fn mean(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    let pairs = pairs(before, after, |_, _| true);
    let sum: f32 = pairs.iter().map(|(old, new)| (new / old - 1.0).abs()).sum();
    sum / pairs.len().max(1) as f32
}

fn chain(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    largest(&pairs(before, after, |i, j| j == i + 1), |old, new| {
        (new / old - 1.0).abs()
    })
}

fn turned(before: &[Vec<f32>], after: &[Vec<f32>]) -> f32 {
    largest(&pairs(before, after, |_, _| true), |old, new| {
        if new > 0.0 { (old / new - 1.0).abs() } else { 0.0 }
    })
}
