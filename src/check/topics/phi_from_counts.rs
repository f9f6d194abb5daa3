//! φ from how often each word is assigned to each topic.

use super::{counts, is_positive, prior};
use crate::check::cases::{exercise, length};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::topic::phi;

exercise! {
    /// P(word | topic) from counts.
    "04_topics/phi_from_counts": phi_from_counts(
        counts: &[Vec<u32>] as &Vec<Vec<u32>>, eta: f32 as *f32
    ) -> Vec<Vec<f32>>,
    nearly, allowed,
    |rng: &mut Rng, n| {
        let rows: Vec<Vec<u32>> = (0..1 + n / 3).map(|_| counts(rng, 2 + n / 2)).collect();
        vec![rows.to_value(), prior(rng)]
    },
    public: [
        ("two topics, three words", [vec![vec![3_u32, 1, 0], vec![0_u32, 1, 4]], 0.5_f32]),
        ("a topic without words", [vec![vec![0_u32, 0], vec![2_u32, 0]], 1.0_f32]),
    ],
    mistakes: [
        ("no eta", "η is missing: it is added to every count, so that no word is impossible.", no_eta),
        ("eta once", "Every word gets η, so a row's sum grows by V·η and not by η: divide by n + V·η.", eta_once),
        ("columns", "This is divided by the sum of each word's column: a row, a topic, must sum to 1.", columns),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let Value::List(rows) = &values[0] else {
        return false;
    };
    let width = rows.first().and_then(length).unwrap_or(0);
    width > 0 && rows.iter().all(|row| length(row) == Some(width)) && is_positive(&values[1])
}

/// (n + η) / (sum of the row + `prior`).
fn rows(counts: &[Vec<u32>], eta: f32, prior: f32) -> Vec<Vec<f32>> {
    let of_one = |row: &Vec<u32>| {
        let sum = row.iter().sum::<u32>() as f32 + prior;
        row.iter().map(|&n| (n as f32 + eta) / sum).collect()
    };
    counts.iter().map(of_one).collect()
}

fn truth(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    // The library has a row for each word, and the exercise one for each topic.
    let (k, n_words) = (counts.len(), counts.first().map_or(0, Vec::len));
    let by_word: Vec<f32> = (0..n_words)
        .flat_map(|w| counts.iter().map(move |row| row[w] as f32))
        .collect();
    let totals: Vec<i64> = counts
        .iter()
        .map(|row| row.iter().copied().map(i64::from).sum())
        .collect();
    let phi = phi(&by_word, k, &totals, eta.into());
    (0..k)
        .map(|topic| phi.iter().copied().skip(topic).step_by(k).collect())
        .collect()
}

fn no_eta(counts: &[Vec<u32>], _: f32) -> Vec<Vec<f32>> {
    rows(counts, 0.0, 0.0)
}

fn eta_once(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    rows(counts, eta, eta)
}

fn columns(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    let sum = |w: usize| counts.iter().map(|row| row[w] as f32 + eta).sum::<f32>();
    let of_one = |row: &Vec<u32>| {
        row.iter()
            .enumerate()
            .map(|(w, &n)| (n as f32 + eta) / sum(w))
            .collect()
    };
    counts.iter().map(of_one).collect()
}
