//! Training by byte-pair encoding.

use super::word;
use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe::plain::{merges_by, pair_counts};
use crate::tokenize::bpe_plain;

type Merges = Vec<(String, String)>;

exercise! {
    /// The merges that byte-pair encoding learns from words and their counts.
    "07_tokens/bpe_train": bpe_train(
        words: &[String] as &Vec<String>, counts: &[u64] as &Vec<u64>, n_merges: usize as *usize
    ) -> Vec<(String, String)>,
    exactly, allowed, random,
    public: [
        ("the example of the lecture", [texts(&["low", "lower", "newest", "widest"]), vec![5_u64, 2, 6, 3], 3_usize]),
        ("a tie: the first by the alphabet", [texts(&["ba", "ab"]), vec![1_u64, 1], 1_usize]),
        ("as many as there are", [texts(&["ab"]), vec![1_u64], 5_usize]),
    ],
    mistakes: [
        ("ties the other way", "Of pairs that are equally frequent the first by the alphabet is merged.", last_of_ties),
        ("words counted once", "A word that occurs n times has each of its pairs n times.", once),
        ("counted only once", "After a merge the words are other words: count the pairs anew.", from_first_counts),
        ("rarest pair", "This merges the rarest pair: merge the most frequent one.", rarest),
    ],
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

pub(super) fn allowed(values: &[Value]) -> bool {
    let at_least_once =
        |value: &Value| matches!(value, Value::List(all) if all.iter().all(|n| *n != Value::Whole(0)));
    length(&values[0]) == length(&values[1])
        && at_least_once(&values[1])
        && super::different_texts(&values[0])
}

pub(super) fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut words: Vec<String> = (0..n.min(5))
        .map(|_| {
            let m = whole(rng, 1..=5);
            word(rng, m, 3)
        })
        .collect();
    words.sort();
    words.dedup();
    let counts: Vec<u64> = words.iter().map(|_| whole(rng, 1..=4) as u64).collect();
    vec![words.to_value(), counts.to_value(), whole(rng, 1..=4).to_value()]
}

fn pairs(words: &[String], counts: &[u64]) -> Vec<(String, u64)> {
    words.iter().cloned().zip(counts.iter().copied()).collect()
}

pub(super) fn truth(words: &[String], counts: &[u64], n_merges: usize) -> Merges {
    bpe_plain(&pairs(words, counts), n_merges)
}

fn last_of_ties(words: &[String], counts: &[u64], n_merges: usize) -> Merges {
    merges_by(&pairs(words, counts), n_merges, |counts| {
        counts
            .iter()
            .max_by_key(|(_, n)| **n)
            .map(|(pair, _)| pair.clone())
    })
}

fn once(words: &[String], _: &[u64], n_merges: usize) -> Merges {
    truth(words, &vec![1; words.len()], n_merges)
}

fn from_first_counts(words: &[String], counts: &[u64], n_merges: usize) -> Merges {
    let letters = |word: &String| word.chars().map(String::from).collect();
    let words: Vec<(Vec<String>, u64)> = words.iter().map(letters).zip(counts.iter().copied()).collect();
    let mut all: Vec<((String, String), u64)> = pair_counts(&words).into_iter().collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all.into_iter().map(|(pair, _)| pair).take(n_merges).collect()
}

fn rarest(words: &[String], counts: &[u64], n_merges: usize) -> Merges {
    merges_by(&pairs(words, counts), n_merges, |counts| {
        counts
            .iter()
            .rev()
            .min_by_key(|(_, n)| **n)
            .map(|(pair, _)| pair.clone())
    })
}
