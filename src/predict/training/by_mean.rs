//! The sums of a step whose windows are asked by their means. Each window has its own few inputs and questions, so these are
//! sums over lists and no matrix products. Rows are `n` groups of [`LANES`] numbers long.

use multiversion::multiversion;

use super::super::shared::LANES;
use super::products::{Lanes, sigmoids_of_all, total};
use super::questions::Questions;

const ZERO: Lanes = [0.0; LANES];

/// The mean of the inputs of each window, a row of `means` each, and the answers `σ(h·y)` to its questions. There is a copy of the code for
/// each `n` up to eight: a loop of known length keeps a row's sum in the processor's registers.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn answers(
    x: &[Lanes],
    y: &[Lanes],
    n: usize,
    asks: &Questions,
    means: &mut [Lanes],
    out: &mut Vec<f32>,
) {
    match n {
        1 => answer([ZERO; 1], x, y, asks, means, out),
        2 => answer([ZERO; 2], x, y, asks, means, out),
        3 => answer([ZERO; 3], x, y, asks, means, out),
        4 => answer([ZERO; 4], x, y, asks, means, out),
        5 => answer([ZERO; 5], x, y, asks, means, out),
        6 => answer([ZERO; 6], x, y, asks, means, out),
        7 => answer([ZERO; 7], x, y, asks, means, out),
        8 => answer([ZERO; 8], x, y, asks, means, out),
        n => answer(vec![ZERO; n], x, y, asks, means, out),
    }
}

/// [`answers`], with room for the sum of a row.
#[inline(always)]
fn answer(
    mut sum: impl AsMut<[Lanes]>,
    x: &[Lanes],
    y: &[Lanes],
    asks: &Questions,
    means: &mut [Lanes],
    out: &mut Vec<f32>,
) {
    let sum = sum.as_mut();
    let n = sum.len();
    out.clear();
    for ((around, asked), mean) in asks.windows().zip(means.chunks_exact_mut(n)) {
        sum.fill(ZERO);
        for &i in around {
            add(sum, 1.0, row(x, i, n));
        }
        let share = 1.0 / around.len() as f32;
        for (sum, mean) in sum.iter_mut().zip(mean) {
            *sum = sum.map(|x| share * x);
            *mean = *sum;
        }
        for asked in asked {
            let mut product = ZERO;
            for (mean, y) in sum.iter().zip(row(y, asked.place, n)) {
                for l in 0..LANES {
                    product[l] += mean[l] * y[l];
                }
            }
            out.push(total(&product));
        }
    }
    sigmoids_of_all(out);
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

/// From answers to moves: `α (yes − all · answer)`.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn errors(g: &mut [f32], asks: &Questions) {
    for (g, asked) in g.iter_mut().zip(asks.asked()) {
        *g = asks.alpha * (asked.yes - asked.all * *g);
    }
}

/// The move of each mean, the sum of its outputs by `g`, a row of `moved` each; and then the outputs are moved by the means.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn moves(
    means: &[Lanes],
    g: &[f32],
    n: usize,
    asks: &Questions,
    y: &mut [Lanes],
    moved: &mut [Lanes],
) {
    let mut left = g;
    for ((_, asked), moved) in asks.windows().zip(moved.chunks_exact_mut(n)) {
        let (g, rest) = left.split_at(asked.len());
        left = rest;
        for (lane, moved) in moved.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for (asked, g) in asked.iter().zip(g) {
                let y = &y[asked.place * n + lane];
                for l in 0..LANES {
                    sum[l] += g * y[l];
                }
            }
            *moved = sum;
        }
    }
    let mut left = g;
    for ((_, asked), mean) in asks.windows().zip(means.chunks_exact(n)) {
        let (g, rest) = left.split_at(asked.len());
        left = rest;
        for (asked, g) in asked.iter().zip(g) {
            let y = &mut y[asked.place * n..(asked.place + 1) * n];
            for (y, mean) in y.iter_mut().zip(mean) {
                for l in 0..LANES {
                    y[l] += g * mean[l];
                }
            }
        }
    }
}

/// Each input of a window is moved by the whole of its mean's move.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn spread(moved: &[Lanes], n: usize, asks: &Questions, x: &mut [Lanes]) {
    for ((around, _), moved) in asks.windows().zip(moved.chunks_exact(n)) {
        for &i in around {
            for (x, by) in x[i * n..(i + 1) * n].iter_mut().zip(moved) {
                for l in 0..LANES {
                    x[l] += by[l];
                }
            }
        }
    }
}
