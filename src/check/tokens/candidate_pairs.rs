//! Finding near duplicates by the bands of their signatures.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The pairs of documents that agree in every row of at least one band.
    "07_tokens/candidate_pairs": candidate_pairs(
        signatures: &[Vec<u64>] as &Vec<Vec<u64>>, rows: usize as *usize
    ) -> Vec<(usize, usize)>,
    exactly, allowed, random,
    public: [
        ("the second band agrees", [vec![vec![1_u64, 2, 3, 4], vec![9_u64, 2, 3, 4]], 2_usize]),
        ("half of each band is not enough", [vec![vec![1_u64, 2, 3, 4], vec![1_u64, 9, 3, 9]], 2_usize]),
        ("three documents", [vec![vec![1_u64, 1], vec![2_u64, 2], vec![1_u64, 1]], 2_usize]),
        ("one row a band", [vec![vec![1_u64, 2], vec![3_u64, 2]], 1_usize]),
    ],
    mistakes: [
        ("any row", "A band agrees only if all of its rows do: one equal row is not enough.", any_row),
        ("every band", "One band that agrees is enough: this asks for all of them.", every_band),
        ("across bands", "A band is compared with the same band of the other document, not with all of its bands.", across),
        ("both orders", "Each pair is listed once, the smaller number first.", both_orders),
    ],
}

/// Signatures of the same length, which is a multiple of the rows of a band.
fn allowed(values: &[Value]) -> bool {
    let (Some(all), Some(rows)) = (
        <Vec<Vec<u64>>>::from_value(&values[0]),
        usize::from_value(&values[1]),
    ) else {
        return false;
    };
    let n = all.first().map_or(0, Vec::len);
    rows > 0 && n > 0 && n.is_multiple_of(rows) && all.iter().all(|signature| signature.len() == n)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let rows = whole(rng, 1..=3);
    let bands = whole(rng, 1..=3);
    let mut signature = || {
        (0..rows * bands)
            .map(|_| whole(rng, 1..=2) as u64)
            .collect::<Vec<_>>()
    };
    let all: Vec<Vec<u64>> = (0..n.min(6) + 1).map(|_| signature()).collect();
    vec![all.to_value(), rows.to_value()]
}

fn pairs(signatures: &[Vec<u64>], alike: impl Fn(&[u64], &[u64]) -> bool) -> Vec<(usize, usize)> {
    let n = signatures.len();
    let all = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    all.filter(|&(i, j)| alike(&signatures[i], &signatures[j]))
        .collect()
}

/// The library lists a copy with the first document of the same signature alone, and the exercise all pairs.
fn truth(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    pairs(signatures, |a, b| {
        a.chunks(rows).zip(b.chunks(rows)).any(|(a, b)| a == b)
    })
}

fn any_row(signatures: &[Vec<u64>], _: usize) -> Vec<(usize, usize)> {
    truth(signatures, 1)
}

fn every_band(signatures: &[Vec<u64>], _: usize) -> Vec<(usize, usize)> {
    pairs(signatures, |a, b| a == b)
}

fn across(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    pairs(signatures, |a, b| {
        a.chunks(rows)
            .any(|band| b.chunks(rows).any(|other| band == other))
    })
}

fn both_orders(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = truth(signatures, rows)
        .into_iter()
        .flat_map(|(i, j)| [(i, j), (j, i)])
        .collect();
    all.sort_unstable();
    all
}
