//! `AᵀA · P` without storing `AᵀA`, `Aᵀ` or `A·P`: a few columns of `P` at a time.
//!
//! Row `a` of `A` adds `a (a · P)` to the result. The rows of `P` for which `a` has entries are gathered into
//! one vector of `l` numbers, and that vector is scattered to the same rows of the result. If this is done
//! for all `l` columns at once, each of these rows is 440 bytes in matrices of ten megabytes, and every
//! access misses the cache. If it is done for a strip of [`STRIP`] columns, a row is one cache line, the
//! strip of a vocabulary's frequent words fits into a core's own cache, and the sums stay in one register.
//! The strips are shared out to threads. Each thread writes its own columns, row after row of `A`, so the
//! result is the same with any number of threads, and nothing has to be merged.
//!
//! `A` is read twice for each strip. That is cheap, because it is read sequentially.
//!
//! So there is no transposed copy and no matrix of documents by dimensions, and only the short side, the
//! words, is made orthonormal. The price is one more power iteration than scikit-learn needs for the same
//! energy, and that there can be no more threads than strips.

use multiversion::multiversion;
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use crate::count::Sparse;

/// How many columns are computed at a time: a cache line.
const STRIP: usize = 16;

/// `STRIP` columns of a matrix; if there are fewer, the rest of the strip is zero.
type Strip = Vec<[f32; STRIP]>;

/// `AᵀA · P` for `p` of shape `(n, l)`.
pub(super) fn times_normal(a: &Sparse, p: ArrayView2<f32>) -> Array2<f32> {
    by_strips(p, p.nrows(), |strip| {
        let mut out = vec![[0.0; STRIP]; strip.len()];
        gather_and_scatter(&a.starts, &a.columns, &a.values, &strip, &mut out);
        out
    })
}

/// `A · P` for `p` of shape `(n, l)`.
pub(super) fn times_by_columns(a: &Sparse, p: ArrayView2<f32>) -> Array2<f32> {
    by_strips(p, a.n_rows(), |strip| {
        let mut out = vec![[0.0; STRIP]; a.n_rows()];
        gather_rows(&a.starts, &a.columns, &a.values, &strip, &mut out);
        out
    })
}

/// Applies `f` to each strip of `p` and puts the strips side by side: shape `(n_rows, l)`.
fn by_strips(p: ArrayView2<f32>, n_rows: usize, f: impl Fn(Strip) -> Strip + Sync) -> Array2<f32> {
    let strips: Vec<ArrayView2<f32>> = p.axis_chunks_iter(Axis(1), STRIP).collect();
    let mut out = Array2::zeros((n_rows, p.ncols()));
    let outs: Vec<_> = out.axis_chunks_iter_mut(Axis(1), STRIP).collect();
    strips.into_par_iter().zip(outs).for_each(|(columns, mut out)| {
        let mut strip = vec![[0.0; STRIP]; columns.nrows()];
        for (to, row) in strip.iter_mut().zip(columns.rows()) {
            to.iter_mut().zip(row).for_each(|(to, &x)| *to = x);
        }
        for (mut row, made) in out.rows_mut().into_iter().zip(f(strip)) {
            row.iter_mut().zip(made).for_each(|(to, x)| *to = x);
        }
    });
    out
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2+fma"))]
fn gather_and_scatter(
    starts: &[usize],
    columns: &[u32],
    values: &[f32],
    p: &[[f32; STRIP]],
    out: &mut [[f32; STRIP]],
) {
    for ends in starts.windows(2) {
        let (columns, values) = (&columns[ends[0]..ends[1]], &values[ends[0]..ends[1]]);
        let mut sum = [0.0; STRIP];
        for (&column, &value) in columns.iter().zip(values) {
            let row = &p[column as usize];
            for i in 0..STRIP {
                sum[i] += value * row[i];
            }
        }
        for (&column, &value) in columns.iter().zip(values) {
            let row = &mut out[column as usize];
            for i in 0..STRIP {
                row[i] += value * sum[i];
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f", "x86_64+avx2+fma"))]
fn gather_rows(
    starts: &[usize],
    columns: &[u32],
    values: &[f32],
    p: &[[f32; STRIP]],
    out: &mut [[f32; STRIP]],
) {
    for (ends, sum) in starts.windows(2).zip(out) {
        let (columns, values) = (&columns[ends[0]..ends[1]], &values[ends[0]..ends[1]]);
        for (&column, &value) in columns.iter().zip(values) {
            let row = &p[column as usize];
            for i in 0..STRIP {
                sum[i] += value * row[i];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    /// Strips give what the transpose gives.
    #[test]
    fn strips_are_the_plain_products() {
        let mut rng = crate::rng::seeded(3);
        let triplets: Vec<(u32, u32, f32)> = (0..3000)
            .map(|_| {
                (
                    rng.random_range(0..200),
                    rng.random_range(0..90),
                    rng.random_range(-1.0..1.0),
                )
            })
            .collect();
        let a = Sparse::from_triplets(200, 90, triplets).unwrap();
        for l in [1, 16, 37] {
            let p = Array2::from_shape_fn((90, l), |_| rng.random_range(-1.0_f32..1.0));
            let product = a.times(&p).unwrap();
            let normal = a.transposed().times(&product).unwrap();
            let close = |x: &Array2<f32>, y: &Array2<f32>| (x - y).iter().all(|d| d.abs() < 1e-4);
            assert!(close(&times_by_columns(&a, p.view()), &product));
            assert!(close(&times_normal(&a, p.view()), &normal));
        }
    }
}
