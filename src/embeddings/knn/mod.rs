//! Exact nearest neighbours of many queries at once.
//!
//! Naive: for each of `q` queries, score each of `n` vectors of `d` numbers, then sort. That reads every
//! vector again for every query. Fast: the scores of a block of vectors for a block of queries are one matrix
//! product, `S = Q · Bᵀ`, which stays in the cache and is as fast as the machine multiplies. Then each row of
//! `S` is compared with its query's `k`-th best score so far, many numbers at once, and only the scores that
//! are not below it are looked at.
//!
//! The product is in `f32` and rounds. A score that is not below (by more than the product's largest possible
//! error) is computed again in `f64`, and that score decides. So the result is that of the naive search in
//! `f64`, with ties broken by the lower number, whatever the blocks, the threads and the machine.
//!
//! Time: `2·q·n·d` operations, and about `k·(1 + ln(n/k))` exact scores per query when the vectors are in no
//! special order. Memory: half a megabyte per thread. Left out: anything approximate.

mod best;

use multiversion::multiversion;
use ndarray::{Array2, ArrayView2, Axis, s};
use rayon::prelude::*;

use self::best::{Best, Bounds, Found};
use crate::math::{cosine_of, inner, matmul_into, norm, squared_distance};
use crate::plot::Table;
use crate::{Error, Result};

/// What "near" means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Metric {
    /// A large inner product, Σ xᵢyᵢ.
    Dot,
    /// A large cosine of the angle, x·y / (‖x‖‖y‖); 0 if either vector is zero.
    #[default]
    Cosine,
    /// A small distance, √Σ(xᵢ−yᵢ)².
    Euclidean,
}

/// The `k` nearest vectors of each query, the nearest first.
#[derive(Clone, PartialEq)]
pub struct Nearest {
    /// Numbers of the vectors, shape `(n_queries, k)`.
    pub ids: Array2<u32>,
    /// Their inner products, cosines or distances, shape `(n_queries, k)`.
    pub scores: Array2<f32>,
}

/// Vectors in a block. With [`QUERIES`] the scores take 512 KiB, which leaves room in a core's second-level
/// cache for both blocks. Half and twice as many were equally fast, fewer or more were slower.
const BASE: usize = 512;

/// Queries in a block; see [`BASE`].
const QUERIES: usize = 256;

/// If there are fewer queries per thread than this, all threads search for all queries, each in its own part
/// of the base. A product with a handful of queries spends its time on reading the base.
const FEW: usize = 16;

/// The `k` rows of `base`, shape `(n, d)`, nearest to each row of `queries`, shape `(n_queries, d)`, on all
/// threads of the current rayon pool.
///
/// # Errors
/// `k` is 0 or more than `n`, the queries and the base differ in the number of columns, or a number is not
/// finite.
///
/// ```
/// use course::embeddings::{Metric, nearest};
/// use ndarray::array;
/// let base = array![[0.0, 0.0], [1.0, 0.0], [5.0, 5.0]];
/// let found = nearest(base.view(), array![[0.9, 0.1]].view(), 2, Metric::Euclidean)?;
/// assert_eq!(found.ids, array![[1, 0]]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn nearest(base: ArrayView2<f32>, queries: ArrayView2<f32>, k: usize, metric: Metric) -> Result<Nearest> {
    let ((n, d), (n_queries, columns)) = (base.dim(), queries.dim());
    if columns != d {
        let expected = format!("{d} numbers each, as the vectors have");
        return Err(Error::shape("the queries", expected, columns));
    }
    if k == 0 || k > n || u32::try_from(n).is_err() {
        let expected = format!("1 to {n}, as many as there are vectors");
        return Err(Error::value("the number of neighbours", expected, k));
    }
    let (base, queries) = (base.as_standard_layout(), queries.as_standard_layout());
    let base_norms = finite_norms("vector", base.view())?;
    finite_norms("query", queries.view())?;
    let search = Search {
        base: base.view(),
        norms: &base_norms,
        metric,
        k,
    };

    // A part is a block of queries against a part of the base. When there are enough queries, that part is
    // the whole base.
    let threads = rayon::current_num_threads();
    let few = n_queries < threads * FEW;
    let n_blocks = n_queries
        .div_ceil(QUERIES)
        .next_multiple_of(if few { 1 } else { threads });
    let per_block = n_queries.div_ceil(n_blocks.max(1)).max(1);
    let blocks: Vec<ArrayView2<f32>> = queries.axis_chunks_iter(Axis(0), per_block).collect();
    let slices = if blocks.len() < threads { threads } else { 1 };
    let per_slice = n.div_ceil(slices).next_multiple_of(BASE);
    let found: Vec<Vec<Found>> = (blocks.into_par_iter())
        .flat_map(|queries| {
            let parts: Vec<Vec<Best>> = (0..n.div_ceil(per_slice))
                .into_par_iter()
                .map(|i| search.part(queries, i * per_slice, ((i + 1) * per_slice).min(n)))
                .collect();
            Best::merged(parts, k)
        })
        .collect();

    let score = |f: &Found| match metric {
        Metric::Euclidean => (-f.key).sqrt() as f32,
        Metric::Dot | Metric::Cosine => f.key as f32,
    };
    let place = |i, j| found.get(i).and_then(|f: &Vec<Found>| f.get(j));
    Ok(Nearest {
        ids: Array2::from_shape_fn((n_queries, k), |(i, j)| place(i, j).map_or(0, |f| f.id)),
        scores: Array2::from_shape_fn((n_queries, k), |(i, j)| place(i, j).map_or(0.0, score)),
    })
}

/// The length of each row.
fn finite_norms(what: &str, rows: ArrayView2<f32>) -> Result<Vec<f64>> {
    let norms: Vec<f64> = (0..rows.nrows())
        .into_par_iter()
        .with_min_len(1024)
        .map(|i| norm(row(rows, i)))
        .collect();
    // The square of a finite f32 is finite in f64.
    match norms.iter().position(|norm| !norm.is_finite()) {
        None => Ok(norms),
        Some(i) => Err(Error::value(format!("{what} {i}"), "finite numbers", "others")),
    }
}

fn row<'a>(rows: ArrayView2<'a, f32>, i: usize) -> &'a [f32] {
    rows.index_axis_move(Axis(0), i).to_slice().unwrap_or(&[])
}

struct Search<'a> {
    base: ArrayView2<'a, f32>,
    norms: &'a [f64],
    metric: Metric,
    k: usize,
}

impl Search<'_> {
    /// The `k` best of the vectors `from..to` for each of these queries.
    fn part(&self, queries: ArrayView2<f32>, from: usize, to: usize) -> Vec<Best> {
        let mut best: Vec<Best> = (0..queries.nrows())
            .map(|i| Best::new(self.k, norm(row(queries, i))))
            .collect();
        let mut scores = Array2::zeros((queries.nrows(), BASE)); // (n_queries, BASE)
        for start in (from..to).step_by(BASE) {
            let end = (start + BASE).min(to);
            let block = self.base.slice(s![start..end, ..]); // (end - start, d)
            let mut scores = scores.slice_mut(s![.., ..end - start]);
            // The shapes fit, so this cannot fail.
            let _ = matmul_into(queries, block.t(), scores.view_mut());
            let bounds = Bounds::of(self.metric, &self.norms[start..end], queries.ncols());
            for (i, best) in best.iter_mut().enumerate() {
                let query = row(queries, i);
                let Some(scores) = scores.row_mut(i).into_slice() else {
                    continue;
                };
                bounds.adjust(scores);
                let (mut least, mut at) = (best.least(&bounds), 0);
                while let Some(hit) = not_below(scores, at, least) {
                    let id = start + hit;
                    let key = self.key(query, best.norm, id);
                    if best.offer(Found { key, id: id as u32 }) {
                        least = best.least(&bounds);
                    }
                    at = hit + 1;
                }
            }
        }
        best
    }

    /// The exact score of vector `id`: the larger, the nearer.
    fn key(&self, query: &[f32], query_norm: f64, id: usize) -> f64 {
        let vector = row(self.base, id);
        match self.metric {
            Metric::Dot => inner(query, vector),
            Metric::Cosine => cosine_of(inner(query, vector), query_norm, self.norms[id]),
            Metric::Euclidean => -squared_distance(query, vector),
        }
    }
}

/// How many scores are compared at once.
const CHUNK: usize = 64;

/// The index of the first score, from `from` on, that is not below `least`. NaN, which an overflow leaves, is
/// not below.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
#[allow(clippy::neg_cmp_op_on_partial_ord, reason = "NaN must pass")]
fn not_below(scores: &[f32], from: usize, least: f32) -> Option<usize> {
    let passes = |x: f32| !(x < least);
    let (chunks, rest) = scores.get(from..)?.as_chunks::<CHUNK>();
    for (i, chunk) in chunks.iter().enumerate() {
        // Without an early exit, so that it compiles to a few vector instructions.
        if chunk.iter().fold(false, |any, &x| any | passes(x)) {
            return chunk
                .iter()
                .position(|&x| passes(x))
                .map(|j| from + i * CHUNK + j);
        }
    }
    rest.iter()
        .position(|&x| passes(x))
        .map(|j| from + chunks.len() * CHUNK + j)
}

impl Nearest {
    /// As a table: one row for each query and neighbour.
    fn table(&self) -> Table {
        let rows = self
            .ids
            .indexed_iter()
            .map(|((i, j), &id)| (i, j + 1, id, self.scores[[i, j]]));
        Table::new(["query", "place", "vector", "score"]).rows(rows)
    }
}

crate::show::shown_as_table!(Nearest);

#[cfg(test)]
mod tests;
