//! The small matrix products of a step. A few rows are multiplied at a time, so that the sums stay in the
//! processor's registers. A row is `n` groups of [`LANES`] numbers.

use multiversion::multiversion;

use super::super::shared::LANES;

pub(super) type Lanes = [f32; LANES];

/// A product takes `A` inputs and `B` outputs at a time; missing rows are zeros.
pub(super) const A: usize = 2;
pub(super) const B: usize = 3;

/// From scores to gradients, times the learning rate: `α (positive − count · σ(score))`.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn gradients(g: &mut [f32], count: &[f32], positive: &[f32], learning_rate: f32) {
    sigmoids_of_all(g);
    for ((g, count), positive) in g.iter_mut().zip(count).zip(positive) {
        *g = learning_rate * (positive - count * *g);
    }
}

/// `X Yᵀ` into `out`, rows of `columns`; rows of `x` and `y` are `n` lanes long.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(super) fn scores(x: &[Lanes], y: &[Lanes], n: usize, columns: usize, out: &mut Vec<f32>) {
    out.clear();
    out.resize(x.len() / n * columns, 0.0);
    for (x, out) in x.chunks_exact(A * n).zip(out.chunks_exact_mut(A * columns)) {
        for (j, y) in y.chunks_exact(B * n).enumerate() {
            let sums = tile(x, y, n);
            for a in 0..A {
                for b in 0..B {
                    out[a * columns + j * B + b] = sums[a][b];
                }
            }
        }
    }
}

/// `σ` of each.
#[inline(always)]
pub(super) fn sigmoids_of_all(x: &mut [f32]) {
    let (lanes, rest) = x.as_chunks_mut::<LANES>();
    for lane in lanes {
        sigmoids(lane);
    }
    let mut last = [0.0; LANES];
    last[..rest.len()].copy_from_slice(rest);
    sigmoids(&mut last);
    rest.copy_from_slice(&last[..rest.len()]);
}

/// The products of `A` rows with `B` rows.
#[inline(always)]
fn tile(x: &[Lanes], y: &[Lanes], n: usize) -> [[f32; B]; A] {
    let mut sums = [[[0.0; LANES]; B]; A];
    let (x0, x1) = x.split_at(n);
    let (y0, rest) = y.split_at(n);
    let (y1, y2) = rest.split_at(n);
    for ((((x0, x1), y0), y1), y2) in x0.iter().zip(x1).zip(y0).zip(y1).zip(y2) {
        for l in 0..LANES {
            sums[0][0][l] += x0[l] * y0[l];
            sums[0][1][l] += x0[l] * y1[l];
            sums[0][2][l] += x0[l] * y2[l];
            sums[1][0][l] += x1[l] * y0[l];
            sums[1][1][l] += x1[l] * y1[l];
            sums[1][2][l] += x1[l] * y2[l];
        }
    }
    sums.map(|row| row.map(|lanes| total(&lanes)))
}

/// The sum of the lanes, half by half.
#[inline(always)]
pub(super) fn total(lanes: &Lanes) -> f32 {
    let mut eight = [0.0; 8];
    for l in 0..8 {
        eight[l] = lanes[l] + lanes[l + 8];
    }
    let four = [
        eight[0] + eight[4],
        eight[1] + eight[5],
        eight[2] + eight[6],
        eight[3] + eight[7],
    ];
    (four[0] + four[2]) + (four[1] + four[3])
}

/// Writes to `out` each row `i` of `base` plus the sum over `j < terms` of `g[i·gi + j·gj]` times row `j` of
/// `y`.
#[inline]
pub(super) fn add_products(
    base: &[Lanes],
    y: &[Lanes],
    n: usize,
    terms: usize,
    g: &[f32],
    strides: (usize, usize),
    out: &mut Vec<Lanes>,
) {
    out.clear();
    out.extend_from_slice(base);
    sum_products(y, n, terms, g, strides, out);
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn sum_products(y: &[Lanes], n: usize, terms: usize, g: &[f32], (gi, gj): (usize, usize), out: &mut [Lanes]) {
    let rows = out.len() / n;
    let mut i = 0;
    // Four rows at a time: a row of y is read once for all four, and their sums do not wait for each other.
    while i + 4 <= rows {
        four_rows(y, n, terms, &g[i * gi..], (gi, gj), &mut out[i * n..]);
        i += 4;
    }
    while i < rows {
        one_row(y, n, terms, &g[i * gi..], gj, &mut out[i * n..(i + 1) * n]);
        i += 1;
    }
}

/// [`sum_products`] for four rows.
#[inline(always)]
fn four_rows(y: &[Lanes], n: usize, terms: usize, g: &[f32], (gi, gj): (usize, usize), out: &mut [Lanes]) {
    for lane in 0..n {
        let mut sums = [out[lane], out[n + lane], out[2 * n + lane], out[3 * n + lane]];
        for (j, y) in y[lane..].iter().step_by(n).take(terms).enumerate() {
            let at = j * gj;
            let g = [g[at], g[at + gi], g[at + 2 * gi], g[at + 3 * gi]];
            for l in 0..LANES {
                sums[0][l] += g[0] * y[l];
                sums[1][l] += g[1] * y[l];
                sums[2][l] += g[2] * y[l];
                sums[3][l] += g[3] * y[l];
            }
        }
        [out[lane], out[n + lane], out[2 * n + lane], out[3 * n + lane]] = sums;
    }
}

/// [`sum_products`] for one row.
#[inline(always)]
fn one_row(y: &[Lanes], n: usize, terms: usize, g: &[f32], gj: usize, out: &mut [Lanes]) {
    for (lane, out) in out.iter_mut().enumerate() {
        let mut sum = *out;
        for (j, y) in y[lane..].iter().step_by(n).take(terms).enumerate() {
            let g = g[j * gj];
            for l in 0..LANES {
                sum[l] += g * y[l];
            }
        }
        *out = sum;
    }
}

/// `σ` of each, within 1e-6: a power of two, times the Taylor series of the exponential near 0.
#[inline(always)]
fn sigmoids(x: &mut Lanes) {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    const LN_2: f32 = std::f32::consts::LN_2;
    for x in x {
        // e⁻ˣ = 2ᵏ eʳ with |r| ≤ ln 2 / 2; beyond 80 the result is 0 or 1 in f32.
        let t = (-*x).clamp(-80.0, 80.0) * LOG2_E;
        // Adding 1.5 · 2²³ rounds to a whole number and leaves its bits as the lowest ones.
        let shifted = t + 12_582_912.0;
        let k = shifted - 12_582_912.0;
        let r = (t - k) * LN_2;
        let e = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
        let scale = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
        *x = 1.0 / (1.0 + e * scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sigmoid_is_the_sigmoid() {
        for i in -1000..=1000_i16 {
            let x = f32::from(i) / 25.0;
            let mut lanes = [x; LANES];
            sigmoids(&mut lanes);
            let exact = 1.0 / (1.0 + f64::from(-x).exp());
            assert!(
                (f64::from(lanes[3]) - exact).abs() < 1e-6,
                "{x}: {} {exact}",
                lanes[3]
            );
        }
        let mut far = [f32::MAX; LANES];
        far[1] = f32::MIN;
        sigmoids(&mut far);
        assert!(far[0] == 1.0 && far[1] < 1e-30);
    }
}
