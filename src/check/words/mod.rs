//! The exercises of lecture 06, one per file: the truth, the cases, and the mistakes that people make.

mod align_plane;
mod collocation_score;
mod cos_mul;
mod nearest_sense;
mod ngram_hash;
mod unknown_vector;
mod word_ngrams;

use super::cases::{lecture, whole};
use super::value::Value;
use crate::math::{cosine_of, inner, norm};
use crate::rng::Rng;

lecture! {
    word_ngrams,
    ngram_hash,
    unknown_vector,
    collocation_score,
    nearest_sense,
    align_plane,
    cos_mul,
}

/// `n` vectors of `d` whole numbers from −4 to 4, none all zeros.
fn vectors(rng: &mut Rng, n: usize, d: usize) -> Vec<Vec<f32>> {
    (0..n)
        .map(|_| {
            let mut vector: Vec<f32> = (0..d).map(|_| whole(rng, 0..=8) as f32 - 4.0).collect();
            if vector.iter().all(|x| *x == 0.0) {
                vector[0] = 1.0;
            }
            vector
        })
        .collect()
}

/// At least one vector, all of length `d` (or of the first one's length if `d` is `None`), none all zeros.
fn are_vectors(vectors: &[Vec<f32>], d: Option<usize>) -> bool {
    let Some(first) = vectors.first() else {
        return false;
    };
    let d = d.unwrap_or(first.len());
    d > 0
        && vectors
            .iter()
            .all(|v| v.len() == d && v.iter().any(|x| *x != 0.0) && v.iter().all(|x| x.is_finite()))
}

fn cosine(u: &[f32], v: &[f32]) -> f64 {
    cosine_of(inner(u, v), norm(u), norm(v))
}

/// The index of the largest score; of scores that are equal up to rounding, the first.
fn first_largest(scores: impl Iterator<Item = f64>) -> usize {
    let scores: Vec<f64> = scores.collect();
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores
        .iter()
        .position(|x| *x >= most - 1e-9 * most.abs().max(1.0))
        .unwrap_or(0)
}

/// Whether no other score is nearly as large as the largest, so that rounding does not decide.
fn is_clear(scores: impl Iterator<Item = f64>) -> bool {
    let mut scores: Vec<f64> = scores.collect();
    scores.sort_by(|x, y| y.total_cmp(x));
    match scores[..] {
        [first, second, ..] => first - second > 1e-3 * first.abs().max(1e-3),
        _ => true,
    }
}

/// Argument `i` as vectors.
fn vectors_of(values: &[Value], i: usize) -> Option<Vec<Vec<f32>>> {
    super::exercise::get(values, i)
}
