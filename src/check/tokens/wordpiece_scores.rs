//! WordPiece's score of a pair.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::Score;

exercise! {
    /// The scores by which WordPiece chooses a pair to merge.
    "07_tokens/wordpiece_scores": wordpiece_scores(
        pairs: &[(u64, u64, u64)] as &Vec<(u64, u64, u64)>
    ) -> Vec<f64>,
    nearly, allowed, random,
    public: [
        ("frequent parts and rare ones", [vec![(4_u64, 8_u64, 8_u64), (2_u64, 2_u64, 4_u64)]]),
        ("always together", [vec![(5_u64, 5_u64, 5_u64)]]),
        ("no pairs", [Vec::<(u64, u64, u64)>::new()]),
    ],
    mistakes: [
        ("count of the pair", "This is how often the pair occurs, as BPE counts: divide by how often each part does.", count),
        ("sum", "Divide by the product of both counts, not by their sum.", by_sum),
        ("one part", "Divide by the counts of both parts: this divides by the first one's.", by_first),
        ("logarithm", "No logarithm is taken: it would put the pairs in the same order, but it is another number.", logarithm),
    ],
}

/// A pair occurs at least once, and its parts at least as often.
fn allowed(values: &[Value]) -> bool {
    let Some(pairs) = <Vec<(u64, u64, u64)>>::from_value(&values[0]) else {
        return false;
    };
    pairs
        .iter()
        .all(|&(pair, a, b)| pair > 0 && pair <= a && pair <= b)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut pair = || {
        let both = whole(rng, 1..=6) as u64;
        (
            both,
            both + whole(rng, 0..=6) as u64,
            both + whole(rng, 0..=6) as u64,
        )
    };
    vec![(0..n).map(|_| pair()).collect::<Vec<_>>().to_value()]
}

fn each(pairs: &[(u64, u64, u64)], score: impl Fn(f64, f64, f64) -> f64) -> Vec<f64> {
    pairs
        .iter()
        .map(|&(pair, a, b)| score(pair as f64, a as f64, b as f64))
        .collect()
}

fn truth(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    pairs
        .iter()
        .map(|&(pair, a, b)| Score::Quotient.of(pair, a, b, a + b, false))
        .collect()
}

fn count(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    each(pairs, |pair, _, _| pair)
}

fn by_sum(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    each(pairs, |pair, a, b| pair / (a + b))
}

fn by_first(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    each(pairs, |pair, a, _| pair / a)
}

fn logarithm(pairs: &[(u64, u64, u64)]) -> Vec<f64> {
    each(pairs, |pair, a, b| (pair / (a * b)).ln())
}
