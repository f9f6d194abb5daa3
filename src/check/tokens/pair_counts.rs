//! How often two tokens occur side by side.

use std::collections::BTreeMap;

use crate::check::cases::{exercise, length, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe::plain;

exercise! {
    /// How often each pair of tokens occurs side by side in words with these counts.
    "07_tokens/pair_counts": pair_counts(
        words: &[Vec<u32>] as &Vec<Vec<u32>>, counts: &[u64] as &Vec<u64>
    ) -> Vec<(u32, u32, u64)>,
    exactly, allowed, random,
    public: [
        ("one word", [vec![vec![1_u32, 2, 1]], vec![1_u64]]),
        ("a word that occurs three times", [vec![vec![1_u32, 2]], vec![3_u64]]),
        ("pairs overlap", [vec![vec![7_u32, 7, 7]], vec![1_u64]]),
        ("not across words", [vec![vec![1_u32, 2], vec![3_u32, 4]], vec![1_u64, 1]]),
        ("no pair in a single token", [vec![vec![5_u32]], vec![9_u64]]),
    ],
    mistakes: [
        ("without overlaps", "In 7 7 7 the pair (7, 7) stands twice: the two pairs share the token in the middle.", apart),
        ("words counted once", "A word that occurs n times has each of its pairs n times.", once),
        ("across words", "The last token of a word and the first of the next are no pair.", across),
        ("either order", "(1, 2) and (2, 1) are two different pairs.", unordered),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let at_least_once =
        |value: &Value| matches!(value, Value::List(all) if all.iter().all(|n| *n != Value::Whole(0)));
    length(&values[0]) == length(&values[1]) && at_least_once(&values[1])
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let words = whole(rng, 1..=3);
    let token = |rng: &mut Rng| whole(rng, 1..=3) as u32;
    let all: Vec<Vec<u32>> = (0..words)
        .map(|_| (0..whole(rng, 1..=n.min(6) + 1)).map(|_| token(rng)).collect())
        .collect();
    let counts: Vec<u64> = (0..words).map(|_| whole(rng, 1..=4) as u64).collect();
    vec![all.to_value(), counts.to_value()]
}

fn listed(counts: BTreeMap<(u32, u32), u64>) -> Vec<(u32, u32, u64)> {
    counts.into_iter().map(|((a, b), n)| (a, b, n)).collect()
}

fn truth(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    let words: Vec<(Vec<u32>, u64)> = words.iter().cloned().zip(counts.iter().copied()).collect();
    listed(plain::pair_counts(&words))
}

fn apart(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    let mut all = BTreeMap::new();
    for (word, n) in words.iter().zip(counts) {
        let mut last = None;
        for (i, pair) in word.windows(2).enumerate() {
            if last == Some((i.wrapping_sub(1), pair[0], pair[1])) {
                continue;
            }
            last = Some((i, pair[0], pair[1]));
            *all.entry((pair[0], pair[1])).or_default() += n;
        }
    }
    listed(all)
}

fn once(words: &[Vec<u32>], _: &[u64]) -> Vec<(u32, u32, u64)> {
    truth(words, &vec![1; words.len()])
}

fn across(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    let mut all: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let running: Vec<(u32, u64)> = (words.iter().zip(counts))
        .flat_map(|(word, n)| word.iter().map(|token| (*token, *n)))
        .collect();
    for pair in running.windows(2) {
        *all.entry((pair[0].0, pair[1].0)).or_default() += pair[0].1;
    }
    listed(all)
}

fn unordered(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    let mut all: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for (a, b, n) in truth(words, counts) {
        *all.entry((a.min(b), a.max(b))).or_default() += n;
    }
    listed(all)
}
