//! Exact nearest neighbours: 1,000 queries among 100,000 vectors of 100 numbers, `k` = 10, by inner product.
//!
//! The quality is measured as for the peer: the share of the vectors found whose score is at least the `k`-th
//! best, less 1e-5.

use course::embeddings::knn::{Metric, Nearest, nearest};
use ndarray::{ArrayView2, s};
use serde_json::json;

use crate::frame::{Options, Outcome, timed, write_npy};

const D: usize = 100;
const N: usize = 100_000;
const QUERIES: usize = 1_000;
const K: usize = 10;

pub(crate) fn run(options: &Options) -> Outcome {
    let bytes = std::fs::read(&options.input)?;
    let numbers: Vec<f32> = bytes
        .as_chunks()
        .0
        .iter()
        .map(|&b| f32::from_le_bytes(b))
        .collect();
    let all = ArrayView2::from_shape((numbers.len() / D, D), &numbers)?;
    if all.nrows() < N + QUERIES {
        return Err(format!(
            "expected at least {} rows of {D}, got {}",
            N + QUERIES,
            all.nrows()
        )
        .into());
    }
    let (base, queries) = (all.slice(s![..N, ..]), all.slice(s![N..N + QUERIES, ..]));
    let metric = match options.get::<String>("metric")?.as_deref() {
        None | Some("dot") => Metric::Dot,
        Some("cosine") => Metric::Cosine,
        Some("euclidean") => Metric::Euclidean,
        Some(other) => return Err(format!("--metric {other}: dot, cosine or euclidean").into()),
    };
    for _ in 0..options.runs {
        let (found, took) = timed(|| nearest(base, queries, K, metric));
        let found = found?;
        let params = json!({"n": N, "d": D, "k": K, "nq": QUERIES, "metric": format!("{metric:?}")});
        let quality = json!({"recall": recall(base, queries, &found)?});
        options.emit(params, &took, QUERIES as f64, "queries/s", quality);
        if let Some(path) = options.keep("ids.npy")? {
            let ids: Vec<u8> = found.ids.iter().flat_map(|id| id.to_le_bytes()).collect();
            write_npy(&path, "<u4", QUERIES, K, &ids)?;
        }
    }
    Ok(())
}

fn recall(
    base: ArrayView2<f32>,
    queries: ArrayView2<f32>,
    found: &Nearest,
) -> Result<f64, Box<dyn std::error::Error>> {
    let scores = course::math::matmul(queries, base.t())?;
    let mut hits = 0;
    for (row, ids) in scores.outer_iter().zip(found.ids.outer_iter()) {
        let mut sorted = row.to_vec();
        let (_, &mut kth, _) = sorted.select_nth_unstable_by(K - 1, |a, b| b.total_cmp(a));
        hits += ids.iter().filter(|&&id| row[id as usize] >= kth - 1e-5).count();
    }
    Ok(hits as f64 / (QUERIES * K) as f64)
}
