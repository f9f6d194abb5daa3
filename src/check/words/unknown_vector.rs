//! The vector of a word that was not in the training text.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{get, nearly};
use crate::check::value::{Crosses, Value};
use crate::check::words::{are_vectors, vectors};
use crate::embeddings;
use crate::rng::Rng;

type Known = Vec<(String, Vec<f32>)>;

exercise! {
    /// The mean of the known pieces' vectors.
    "06_words/unknown_vector": unknown_vector(
        pieces: &[String] as &Vec<String>, known: &[(String, Vec<f32>)] as &Vec<(String, Vec<f32>)>
    ) -> Vec<f32>,
    nearly, allowed, random,
    public: [
        ("two known pieces", [list(&["<ca", "cat"]), known()]),
        ("an unknown piece does not count", [list(&["<ca", "cax"]), known()]),
        ("a piece that comes twice counts twice", [list(&["cat", "at>", "cat"]), known()]),
        ("nothing known", [list(&["xyz"]), known()]),
        ("no pieces", [list(&[]), known()]),
    ],
    mistakes: [
        ("sum", "This is the sum: divide by the number of known pieces.", sum),
        ("unknown counted", "Unknown pieces are counted below the line: divide by the known ones only.", by_all),
        ("each piece once", "A piece that comes twice counts once: count it twice.", once),
        ("all known", "This is the mean of everything in `known`: take only the word's pieces.", everything),
    ],
}

fn list(pieces: &[&str]) -> Vec<String> {
    pieces.iter().map(|p| (*p).to_owned()).collect()
}

fn known() -> Known {
    vec![
        ("<ca".to_owned(), vec![1.0, 2.0]),
        ("cat".to_owned(), vec![3.0, -2.0]),
        ("at>".to_owned(), vec![0.0, 6.0]),
    ]
}

fn allowed(values: &[Value]) -> bool {
    let Some(known) = get::<Known>(values, 1) else {
        return false;
    };
    let vectors: Vec<Vec<f32>> = known.iter().map(|(_, v)| v.clone()).collect();
    let once = |i: usize| known[..i].iter().all(|(piece, _)| *piece != known[i].0);
    are_vectors(&vectors, None) && (0..known.len()).all(once)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let name = |i: usize| format!("p{i}");
    let n_known = 1 + whole(rng, 0..=n.min(4));
    let known: Known = (0..).map(name).zip(vectors(rng, n_known, 2)).collect();
    let pieces: Vec<String> = (0..n).map(|_| name(whole(rng, 0..=n_known + 1))).collect();
    vec![pieces.to_value(), known.to_value()]
}

/// The vectors of the known ones among `pieces`.
fn found<'a>(pieces: &[String], known: &'a [(String, Vec<f32>)]) -> Vec<&'a [f32]> {
    pieces
        .iter()
        .filter_map(|p| known.iter().find(|(other, _)| other == p))
        .map(|(_, v)| v.as_slice())
        .collect()
}

/// fastText's own mean is one over rows of hashed n-grams; this is that of the vectors themselves.
fn truth(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    embeddings::mean(found(pieces, known), known[0].1.len()).to_vec()
}

/// The sum of the known vectors, divided by `n`.
fn over(pieces: &[String], known: &[(String, Vec<f32>)], n: usize) -> Vec<f32> {
    let found = found(pieces, known);
    (0..known[0].1.len())
        .map(|k| found.iter().map(|v| v[k]).sum::<f32>() / n.max(1) as f32)
        .collect()
}

fn sum(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    over(pieces, known, 1)
}

fn by_all(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    over(pieces, known, pieces.len())
}

fn once(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    let mut pieces = pieces.to_vec();
    pieces.sort();
    pieces.dedup();
    truth(&pieces, known)
}

fn everything(_: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    let all: Vec<String> = known.iter().map(|(piece, _)| piece.clone()).collect();
    truth(&all, known)
}
