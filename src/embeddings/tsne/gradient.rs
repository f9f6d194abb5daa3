//! The gradient of the divergence at the points, and the divergence itself.
//!
//! Points are `2n` numbers: first all first coordinates, then all second ones. A row of sums is then a few
//! vector instructions.

use multiversion::multiversion;
use ndarray::{Array2, Axis};
use rayon::prelude::*;

/// How many partial sums are kept apart, so that the processor can add them in parallel.
const LANES: usize = 16;

/// ∂C/∂y with all p multiplied by `exaggeration`, `2n` numbers. The sums are the same for any number of
/// threads.
///
/// With wᵢⱼ = (1 + ‖yᵢ−yⱼ‖²)⁻¹ and Z = Σ wᵢⱼ the gradient is 4 (Σⱼ pᵢⱼ wᵢⱼ (yᵢ−yⱼ) − Σⱼ wᵢⱼ² (yᵢ−yⱼ) / Z).
/// One run over a row gives both sums and the row's part of Z.
pub(super) fn gradient(p: &Array2<f32>, y: &[f32], exaggeration: f32) -> Vec<f32> {
    let n = p.nrows();
    let (xs, ys) = y.split_at(n);
    let sums: Vec<[f32; 5]> = (0..n)
        .into_par_iter()
        .with_min_len(16)
        .map(|i| {
            forces(
                p.index_axis(Axis(0), i).to_slice().unwrap_or(&[]),
                xs,
                ys,
                xs[i],
                ys[i],
            )
        })
        .collect();
    // A point's own w is 1 and is counted in its row; its differences are 0.
    let z: f64 = sums.iter().map(|s| f64::from(s[4]) - 1.0).sum();
    let z = z.max(f64::MIN_POSITIVE) as f32;
    let slope = |axis: usize| {
        sums.iter()
            .map(move |s| 4.0 * (exaggeration * s[axis] - s[axis + 2] / z))
    };
    slope(0).chain(slope(1)).collect()
}

/// Σⱼ p w (x−xⱼ), Σⱼ p w (y−yⱼ), Σⱼ w² (x−xⱼ), Σⱼ w² (y−yⱼ), Σⱼ w.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn forces(p: &[f32], xs: &[f32], ys: &[f32], x: f32, y: f32) -> [f32; 5] {
    let mut sums = [[0.0_f32; LANES]; 5];
    let (p_lanes, p_rest) = p.as_chunks::<LANES>();
    let (x_lanes, x_rest) = xs.as_chunks::<LANES>();
    let (y_lanes, y_rest) = ys.as_chunks::<LANES>();
    for ((p, xs), ys) in p_lanes.iter().zip(x_lanes).zip(y_lanes) {
        for lane in 0..LANES {
            let (dx, dy) = (x - xs[lane], y - ys[lane]);
            let w = 1.0 / (1.0 + dx * dx + dy * dy);
            let (near, far) = (p[lane] * w, w * w);
            sums[0][lane] += near * dx;
            sums[1][lane] += near * dy;
            sums[2][lane] += far * dx;
            sums[3][lane] += far * dy;
            sums[4][lane] += w;
        }
    }
    let mut total = sums.map(|lanes| lanes.iter().sum::<f32>());
    for ((p, xj), yj) in p_rest.iter().zip(x_rest).zip(y_rest) {
        let (dx, dy) = (x - xj, y - yj);
        let w = 1.0 / (1.0 + dx * dx + dy * dy);
        for (sum, term) in total
            .iter_mut()
            .zip([p * w * dx, p * w * dy, w * w * dx, w * w * dy, w])
        {
            *sum += term;
        }
    }
    total
}

/// C = Σ p log(p/q) in nats.
pub(super) fn divergence(p: &Array2<f32>, y: &[f32]) -> f64 {
    let n = p.nrows();
    let w = |i: usize, j: usize| {
        let (dx, dy) = (f64::from(y[i] - y[j]), f64::from(y[n + i] - y[n + j]));
        1.0 / (1.0 + dx * dx + dy * dy)
    };
    // C = Σ p (log p − log w) + log Z Σ p
    let rows: Vec<[f64; 3]> = (0..n)
        .into_par_iter()
        .map(|i| {
            let mut sums = [0.0; 3];
            for j in (0..n).filter(|&j| j != i) {
                let (p, w) = (f64::from(p[[i, j]]), w(i, j));
                sums[0] += p * (p / w).ln();
                sums[1] += p;
                sums[2] += w;
            }
            sums
        })
        .collect();
    let sum = |k: usize| rows.iter().map(|row| row[k]).sum::<f64>();
    sum(0) + sum(1) * sum(2).ln()
}
