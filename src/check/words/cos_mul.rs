//! Analogies by 3CosMul.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::check::words::{are_vectors, cosine, first_largest, is_clear, vectors, vectors_of};
use crate::embeddings;
use crate::math::inner;
use crate::rng::Rng;

exercise! {
    /// The index of the candidate that completes the analogy.
    "06_words/cos_mul": cos_mul(question: &[Vec<f32>] as &Vec<Vec<f32>>, candidates: &[Vec<f32>] as &Vec<Vec<f32>>) -> usize,
    exactly, allowed, random,
    public: [
        ("like b and like c", [
            vec![vec![1.0_f32, 0.0, 0.0], vec![1.0_f32, 1.0, 0.0], vec![0.0_f32, 0.0, 1.0]],
            vec![vec![1.0_f32, 0.0, 0.0], vec![0.0_f32, 1.0, 1.0], vec![1.0_f32, 0.0, 1.0]]
        ]),
        ("a candidate that is the opposite of a", [
            vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]], vec![vec![0.0_f32, 1.0], vec![-1.0_f32, 0.0]]
        ]),
        ("the length of a candidate does not matter", [
            vec![vec![1.0_f32, 0.0], vec![1.0_f32, 1.0], vec![0.0_f32, 1.0]], vec![vec![5.0_f32, 1.0], vec![0.0_f32, 0.5]]
        ]),
        ("two equal candidates: the first", [
            vec![vec![1.0_f32, 0.0], vec![0.0_f32, 1.0], vec![0.0_f32, 1.0]],
            vec![vec![1.0_f32, 0.0], vec![0.0_f32, 2.0], vec![0.0_f32, 2.0]]
        ]),
        ("one candidate", [vec![vec![1.0_f32], vec![1.0_f32], vec![1.0_f32]], vec![vec![-1.0_f32]]]),
    ],
    mistakes: [
        ("the last of equals", "Of candidates with the same score this takes the last, as `max_by` does: take the first.", last),
        ("3CosAdd", "This adds and subtracts cosines, which is 3CosAdd: multiply and divide.", by_adding),
        ("not shifted", "The cosines are negative now and then, and two of them give a positive product: use (cos + 1) / 2.", not_shifted),
        ("a and b exchanged", "a and b are exchanged: the answer is unlike a, and like b and c.", exchanged),
        ("without a", "The word a has no say: divide by its similarity.", without_a),
        ("no lengths", "These are products of vectors, not cosines: divide by the lengths.", products),
    ],
}

fn score(question: &[Vec<f32>], d: &[f32]) -> f64 {
    embeddings::cos_mul([0, 1, 2].map(|i| cosine(d, &question[i])))
}

fn allowed(values: &[Value]) -> bool {
    let (Some(question), Some(candidates)) = (vectors_of(values, 0), vectors_of(values, 1)) else {
        return false;
    };
    let d = question.first().map(Vec::len);
    question.len() == 3
        && are_vectors(&question, None)
        && are_vectors(&candidates, d)
        && is_clear(different(&candidates).map(|d| score(&question, d)))
}

/// The candidates without those that equal an earlier one, whose score ties exactly.
fn different(candidates: &[Vec<f32>]) -> impl Iterator<Item = &Vec<f32>> {
    let is_first = move |i: &usize| !candidates[..*i].contains(&candidates[*i]);
    (0..candidates.len()).filter(is_first).map(|i| &candidates[i])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let d = 2 + whole(rng, 0..=2);
    let n = 1 + whole(rng, 0..=n.min(6));
    loop {
        let mut candidates = vectors(rng, n, d);
        // Of equal candidates the first is the answer: now and then there are some.
        if whole(rng, 0..=2) == 0 {
            let twice = candidates[whole(rng, 0..=n - 1)].clone();
            candidates.push(twice);
        }
        let case = vec![vectors(rng, 3, d).to_value(), candidates.to_value()];
        if allowed(&case) {
            return case;
        }
    }
}

fn truth(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    first_largest(candidates.iter().map(|d| score(question, d)))
}

fn last(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let scores: Vec<f64> = candidates.iter().map(|d| score(question, d)).collect();
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter().rposition(|&s| s == largest).unwrap_or_default()
}

fn by_adding(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let of = |d: &Vec<f32>| cosine(d, &question[1]) + cosine(d, &question[2]) - cosine(d, &question[0]);
    first_largest(candidates.iter().map(of))
}

fn not_shifted(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let of =
        |d: &Vec<f32>| cosine(d, &question[1]) * cosine(d, &question[2]) / (cosine(d, &question[0]) + 0.001);
    first_largest(candidates.iter().map(of))
}

fn exchanged(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let other = [question[1].clone(), question[0].clone(), question[2].clone()];
    truth(&other, candidates)
}

fn without_a(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let of = |d: &Vec<f32>| (cosine(d, &question[1]) + 1.0) * (cosine(d, &question[2]) + 1.0);
    first_largest(candidates.iter().map(of))
}

fn products(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    let s = |d: &[f32], v: &[f32]| (inner(d, v) + 1.0) / 2.0;
    first_largest(
        candidates
            .iter()
            .map(|d| s(d, &question[1]) * s(d, &question[2]) / (s(d, &question[0]) + 0.001)),
    )
}
