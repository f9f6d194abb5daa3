//! The sums of a step whose windows are scored by their means. Each window has a few inputs and targets of
//! its own, so these are sums over lists, not matrix products. A row is `n` groups of [`LANES`] numbers.

use multiversion::multiversion;

use super::super::shared::LANES;
use super::examples::Examples;
use super::products::{Lanes, sigmoids_of_all, total};

const ZERO: Lanes = [0.0; LANES];

/// The mean `h` of each window's inputs, as a row of `means`, and the scores `h·y` of its targets. For each
/// `n` up to eight there is a separate copy of the code: in a loop of known length the sum of a row stays in
/// the processor's registers.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn scores(
    x: &[Lanes],
    y: &[Lanes],
    n: usize,
    examples: &Examples,
    means: &mut [Lanes],
    out: &mut Vec<f32>,
) {
    match n {
        1 => scores_with([ZERO; 1], x, y, examples, means, out),
        2 => scores_with([ZERO; 2], x, y, examples, means, out),
        3 => scores_with([ZERO; 3], x, y, examples, means, out),
        4 => scores_with([ZERO; 4], x, y, examples, means, out),
        5 => scores_with([ZERO; 5], x, y, examples, means, out),
        6 => scores_with([ZERO; 6], x, y, examples, means, out),
        7 => scores_with([ZERO; 7], x, y, examples, means, out),
        8 => scores_with([ZERO; 8], x, y, examples, means, out),
        n => scores_with(vec![ZERO; n], x, y, examples, means, out),
    }
}

/// [`scores`], with memory for the sum of a row.
#[inline(always)]
fn scores_with(
    mut sum: impl AsMut<[Lanes]>,
    x: &[Lanes],
    y: &[Lanes],
    examples: &Examples,
    means: &mut [Lanes],
    out: &mut Vec<f32>,
) {
    let sum = sum.as_mut();
    let n = sum.len();
    out.clear();
    for ((inputs, targets), mean) in examples.windows().zip(means.chunks_exact_mut(n)) {
        sum.fill(ZERO);
        for &i in inputs {
            add(sum, 1.0, row(x, i, n));
        }
        let share = 1.0 / inputs.len() as f32;
        for (sum, mean) in sum.iter_mut().zip(mean) {
            *sum = sum.map(|x| share * x);
            *mean = *sum;
        }
        for target in targets {
            let mut product = ZERO;
            for (mean, y) in sum.iter().zip(row(y, target.slot, n)) {
                for l in 0..LANES {
                    product[l] += mean[l] * y[l];
                }
            }
            out.push(total(&product));
        }
    }
}

#[inline(always)]
fn row(rows: &[Lanes], i: usize, n: usize) -> &[Lanes] {
    &rows[i * n..][..n]
}

/// `to += g · x`.
#[inline(always)]
fn add(to: &mut [Lanes], g: f32, x: &[Lanes]) {
    for (to, x) in to.iter_mut().zip(x) {
        for l in 0..LANES {
            to[l] += g * x[l];
        }
    }
}

/// From scores to gradients, times the learning rate: `α (positive − count · σ(score))`.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn gradients(g: &mut [f32], examples: &Examples) {
    sigmoids_of_all(g);
    for (g, target) in g.iter_mut().zip(examples.targets()) {
        *g = examples.learning_rate * (target.positive - target.count * *g);
    }
}

/// Writes the update of each mean, the sum of its outputs times `g`, to a row of `updates`. Then updates the
/// outputs by the means.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn updates(
    means: &[Lanes],
    g: &[f32],
    n: usize,
    examples: &Examples,
    y: &mut [Lanes],
    updates: &mut [Lanes],
) {
    let mut left = g;
    for ((_, targets), update) in examples.windows().zip(updates.chunks_exact_mut(n)) {
        let (g, rest) = left.split_at(targets.len());
        left = rest;
        for (lane, update) in update.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for (target, g) in targets.iter().zip(g) {
                let y = &y[target.slot * n + lane];
                for l in 0..LANES {
                    sum[l] += g * y[l];
                }
            }
            *update = sum;
        }
    }
    let mut left = g;
    for ((_, targets), mean) in examples.windows().zip(means.chunks_exact(n)) {
        let (g, rest) = left.split_at(targets.len());
        left = rest;
        for (target, g) in targets.iter().zip(g) {
            let y = &mut y[target.slot * n..(target.slot + 1) * n];
            for (y, mean) in y.iter_mut().zip(mean) {
                for l in 0..LANES {
                    y[l] += g * mean[l];
                }
            }
        }
    }
}

/// Each input of a window gets the whole update of its mean.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn update_inputs(updates: &[Lanes], n: usize, examples: &Examples, x: &mut [Lanes]) {
    for ((inputs, _), update) in examples.windows().zip(updates.chunks_exact(n)) {
        for &i in inputs {
            for (x, by) in x[i * n..(i + 1) * n].iter_mut().zip(update) {
                for l in 0..LANES {
                    x[l] += by[l];
                }
            }
        }
    }
}
