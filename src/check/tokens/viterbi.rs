//! The most likely cut of a text by a unigram model.

use super::{different_texts, word};
use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::unigram::plain_encode::best_cut;
use crate::tokenize::unigram_encode_plain;

exercise! {
    /// The cut of a text into pieces whose scores have the largest sum; nothing if it cannot be cut.
    "07_tokens/viterbi": viterbi(
        text: &str as &String, pieces: &[String] as &Vec<String>, scores: &[f32] as &Vec<f32>
    ) -> Vec<String>,
    as_good, allowed, random,
    public: [
        ("one likely piece", ["ab".to_owned(), texts(&["a", "b", "ab"]), vec![-2.0_f32, -2.0, -3.0]]),
        ("two likely pieces", ["ab".to_owned(), texts(&["a", "b", "ab"]), vec![-1.0_f32, -1.0, -3.0]]),
        ("the longest piece is a trap", ["abc".to_owned(), texts(&["ab", "c", "a", "bc"]), vec![-1.0_f32, -9.0, -2.0, -2.0]]),
        ("a place that no piece has", ["abx".to_owned(), texts(&["a", "b"]), vec![-1.0_f32, -1.0]]),
        ("no text", [String::new(), texts(&["a"]), vec![-1.0_f32]]),
    ],
    mistakes: [
        ("longest piece first", "This takes the longest piece at each place: compare the sums of whole cuts.", longest),
        ("likeliest piece first", "This takes the likeliest piece at each place: compare the sums of whole cuts.", likeliest),
        ("fewest pieces", "The cut with the fewest pieces is not the likeliest: add up the scores.", fewest),
        ("from the end", "The pieces come in the opposite order: going back finds the last one first.", backwards),
        ("the last piece lost", "The last piece is lost: the pieces must be the whole text.", without_last),
        ("least likely", "This is the least likely cut: scores are logarithms, so the largest sum is the likeliest.", least),
    ],
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn allowed(values: &[Value]) -> bool {
    let below_zero = |score: &Value| matches!(score, Value::Real(x) if *x < 0.0);
    let scores = matches!(&values[2], Value::List(scores) if scores.iter().all(below_zero));
    length(&values[1]) == length(&values[2]) && different_texts(&values[1]) && scores
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut pieces = vec!["a".to_owned(), "b".to_owned()];
    for _ in 0..n.min(8) {
        let m = whole(rng, 2..=4);
        pieces.push(word(rng, m, 2));
    }
    pieces.sort();
    pieces.dedup();
    let scores: Vec<f32> = pieces
        .iter()
        .map(|_| -(whole(rng, 1..=24) as f32) / 4.0)
        .collect();
    vec![word(rng, n, 2).to_value(), pieces.to_value(), scores.to_value()]
}

/// Two cuts can be equally likely, so any cut with the sum of the truth is right.
fn as_good(got: &Value, expected: &Value, arguments: &[Value]) -> Result<(), String> {
    if got == expected {
        return Ok(());
    }
    let known = || {
        let (pieces, scores) = (
            <Vec<String>>::from_value(&arguments[1])?,
            <Vec<f32>>::from_value(&arguments[2])?,
        );
        let sum = |cut: &Value| -> Option<(String, f64)> {
            let cut = <Vec<String>>::from_value(cut)?;
            let score = |piece: &String| Some(f64::from(scores[pieces.iter().position(|p| p == piece)?]));
            Some((cut.concat(), cut.iter().map(score).sum::<Option<f64>>()?))
        };
        Some((sum(got), sum(expected)?))
    };
    match known() {
        Some((Some((text, score)), (whole, best))) if text == whole && !whole.is_empty() => {
            nearly(&Value::Real(score), &Value::Real(best), &[])
                .map_err(|_| format!("the sum of the scores: expected {best:.2}, got {score:.2}"))
        }
        Some((Some((text, _)), (whole, _))) if text != whole => {
            Err(format!("the pieces together: expected {whole:?}, got {text:?}"))
        }
        Some((None, _)) => Err("a piece that is not in the list".to_owned()),
        _ => Err("another cut".to_owned()),
    }
}

fn scored(pieces: &[String], scores: &[f32]) -> Vec<(String, f64)> {
    pieces
        .iter()
        .cloned()
        .zip(scores.iter().map(|&score| f64::from(score)))
        .collect()
}

fn truth(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    unigram_encode_plain(text, &scored(pieces, scores))
}

fn fewest(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    best_cut(text, &scored(pieces, scores), |new, old| new.1 < old.1)
}

fn least(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    best_cut(text, &scored(pieces, scores), |new, old| new.0 < old.0)
}

/// From the left, always the piece for which `key` is largest.
fn greedy(text: &str, pieces: &[String], key: impl Fn(usize) -> f32) -> Vec<String> {
    let (mut rest, mut cut) = (text, Vec::new());
    while !rest.is_empty() {
        let fitting = (0..pieces.len()).filter(|&i| rest.starts_with(&pieces[i]));
        let Some(i) = fitting.max_by(|&i, &j| key(i).total_cmp(&key(j))) else {
            return Vec::new();
        };
        rest = &rest[pieces[i].len()..];
        cut.push(pieces[i].clone());
    }
    cut
}

fn backwards(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    truth(text, pieces, scores).into_iter().rev().collect()
}

fn without_last(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    let mut cut = truth(text, pieces, scores);
    cut.pop();
    cut
}

fn longest(text: &str, pieces: &[String], _: &[f32]) -> Vec<String> {
    greedy(text, pieces, |i| pieces[i].len() as f32)
}

fn likeliest(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    greedy(text, pieces, |i| scores[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best sum is the largest over all cuts, which are tried one by one.
    #[test]
    fn no_cut_is_better() {
        fn most(text: &str, pieces: &[String], scores: &[f32]) -> Option<f64> {
            if text.is_empty() {
                return Some(0.0);
            }
            let after =
                |i: usize| Some(f64::from(scores[i]) + most(text.strip_prefix(&pieces[i])?, pieces, scores)?);
            (0..pieces.len()).filter_map(after).max_by(f64::total_cmp)
        }
        for i in 0..100 {
            let values = random(&mut crate::rng::stream(5, i), 1 + i as usize % 10);
            let text = String::from_value(&values[0]).unwrap();
            let (pieces, scores) = (
                <Vec<String>>::from_value(&values[1]).unwrap(),
                <Vec<f32>>::from_value(&values[2]).unwrap(),
            );
            let cut = truth(&text, &pieces, &scores);
            let sum: f64 = cut
                .iter()
                .map(|p| f64::from(scores[pieces.iter().position(|q| q == p).unwrap()]))
                .sum();
            assert_eq!(cut.concat(), text);
            assert!((sum - most(&text, &pieces, &scores).unwrap()).abs() < 1e-9);
        }
    }
}
