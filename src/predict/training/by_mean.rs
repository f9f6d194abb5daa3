//! The sums of a step whose windows are asked by their means. Each window has its own few inputs and questions, so these are
//! sums over lists and no matrix products. Rows are `n` groups of [`LANES`] numbers long.

use multiversion::multiversion;

use super::super::shared::LANES;
use super::products::{Lanes, sigmoids_of_all, total};
use super::questions::Questions;

/// The mean of the inputs of each window, a row of `out` each.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn means(x: &[Lanes], n: usize, asks: &Questions, out: &mut [Lanes]) {
    for ((around, _), out) in asks.windows().zip(out.chunks_exact_mut(n)) {
        let share = 1.0 / around.len() as f32;
        for (lane, out) in out.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for &i in around {
                let x = &x[i * n + lane];
                for l in 0..LANES {
                    sum[l] += x[l];
                }
            }
            for l in 0..LANES {
                out[l] = share * sum[l];
            }
        }
    }
}

/// The answer `σ(h·y)` to each question.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn answers(means: &[Lanes], y: &[Lanes], n: usize, asks: &Questions, out: &mut Vec<f32>) {
    out.clear();
    for ((_, asked), mean) in asks.windows().zip(means.chunks_exact(n)) {
        for asked in asked {
            let mut sum = [0.0; LANES];
            for (mean, y) in mean.iter().zip(&y[asked.place * n..(asked.place + 1) * n]) {
                for l in 0..LANES {
                    sum[l] += mean[l] * y[l];
                }
            }
            out.push(total(&sum));
        }
    }
    sigmoids_of_all(out);
}

/// From answers to moves: `α (yes − all · answer)`.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn errors(g: &mut [f32], asks: &Questions) {
    for (g, asked) in g.iter_mut().zip(asks.windows().flat_map(|(_, asked)| asked)) {
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
