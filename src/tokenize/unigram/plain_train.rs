//! Training of a unigram model, to be read.
//!
//! 1. Begin with too many pieces: all characters, and the parts of words with the highest count times length.
//! 2. Expectation: how often is each piece in a random cut of the words? Maximisation: its log-probability is
//!    ψ(expected) - ψ(all expected). Do both twice.
//! 3. Remove the quarter of the pieces that are missed least. A removed piece is cut into others; its loss is
//!    what the words' likelihood loses by that. Characters stay. Go on from step 2 until few enough are left.
//!
//! Each round tries every piece at every position; [`Unigram::train`](super::Unigram::train) has a tree of
//! the pieces instead. A test compares the two.
//!
//! Source: Kudo (2018), *Subword Regularization*, section 3.2.

use std::collections::{BTreeMap, BTreeSet};

use super::plain_encode::unigram_encode_plain;
use crate::math::digamma;

type Pieces = Vec<(String, f64)>;

/// Learns about `n_pieces` pieces, with their log-probabilities, from words and their counts. It starts from
/// `n_seeds` parts of words.
///
/// ```
/// use course::tokenize::unigram_train_plain;
/// let words = [("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5)];
/// let pieces = unigram_train_plain(&words, 10, 100);
/// // The most likely pieces, and all characters; what occurs a few times has lost more than its share.
/// assert_eq!(pieces[..3].iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["hug", "pun", "s"]);
/// assert!((pieces[0].1 - -1.0984).abs() < 1e-4);
/// ```
pub fn unigram_train_plain<S: AsRef<str>>(words: &[(S, u64)], n_pieces: usize, n_seeds: usize) -> Pieces {
    let words: Vec<(&str, f64)> = words.iter().map(|(word, n)| (word.as_ref(), *n as f64)).collect();
    let letters: BTreeSet<char> = words.iter().flat_map(|(word, _)| word.chars()).collect();
    let is_letter = |piece: &str| piece.chars().count() == 1;
    let mut pieces = seeds(&words, n_seeds);
    let goal = n_pieces as f64 * 1.1;
    loop {
        for _ in 0..2 {
            pieces = expect_and_maximise(&pieces, &words);
        }
        let before = pieces.len();
        if before as f64 <= goal {
            break;
        }
        pieces = prune(pieces, &words, (before as f64 * 0.75).max(goal) as usize);
        if pieces.len() == before {
            break;
        }
    }
    // The most likely ones, and all characters.
    pieces.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    let mut left = n_pieces.saturating_sub(letters.len());
    pieces.retain(|(piece, _)| {
        let keep = is_letter(piece) || left > 0;
        left = left.saturating_sub(usize::from(!is_letter(piece)));
        keep
    });
    pieces
}

/// 1. The parts of words with the highest count times length.
fn seeds(words: &[(&str, f64)], most: usize) -> Pieces {
    let (mut singles, mut parts) = (BTreeMap::new(), BTreeMap::new());
    for (word, n) in words {
        let ends: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
        for i in 0..ends.len() - 1 {
            *singles
                .entry(word[ends[i]..ends[i + 1]].to_owned())
                .or_insert(0.0) += n;
            for &end in ends.iter().skip(i + 2).take(15) {
                *parts.entry(word[ends[i]..end].to_owned()).or_insert(0.0) += n;
            }
        }
    }
    let mut parts: Pieces = parts.into_iter().filter(|p| p.1 > 1.0).collect();
    parts
        .iter_mut()
        .for_each(|(part, n)| *n *= part.chars().count() as f64);
    parts.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    parts.truncate(most);
    let all: Pieces = singles.into_iter().chain(parts).collect();
    let sum: f64 = all.iter().map(|p| p.1).sum();
    all.into_iter().map(|(part, n)| (part, (n / sum).ln())).collect()
}

/// 2. How often each piece is expected, and its score after that. A piece that is expected less than half a
///    time is dropped.
fn expect_and_maximise(pieces: &Pieces, words: &[(&str, f64)]) -> Pieces {
    let mut expected = vec![0.0; pieces.len()];
    for (word, n) in words {
        // How likely each prefix and each suffix of the word is, over all its cuts.
        let (mut begin, mut end) = (vec![0.0; word.len() + 1], vec![0.0; word.len() + 1]);
        (begin[0], end[word.len()]) = (1.0, 1.0);
        let fits = |at: usize, piece: &str| word.as_bytes()[at..].starts_with(piece.as_bytes());
        for at in 0..word.len() {
            for (piece, score) in pieces.iter().filter(|p| fits(at, &p.0)) {
                begin[at + piece.len()] += begin[at] * score.exp();
            }
        }
        for at in (0..word.len()).rev() {
            for (piece, score) in pieces.iter().filter(|p| fits(at, &p.0)) {
                end[at] += score.exp() * end[at + piece.len()];
            }
        }
        for at in 0..word.len() {
            for (i, (piece, score)) in pieces.iter().enumerate().filter(|(_, p)| fits(at, &p.0)) {
                expected[i] += n * begin[at] * score.exp() * end[at + piece.len()] / begin[word.len()];
            }
        }
    }
    let kept = pieces
        .iter()
        .zip(expected)
        .filter(|((p, _), n)| *n >= 0.5 || p.chars().count() == 1);
    let kept: Vec<(&str, f64)> = kept.map(|((piece, _), n)| (piece.as_str(), n.max(0.5))).collect();
    let sum: f64 = kept.iter().map(|k| k.1).sum();
    kept.iter()
        .map(|&(piece, n)| (piece.to_owned(), digamma(n) - digamma(sum)))
        .collect()
}

/// 3. The `keep` pieces that are missed most, in their order.
fn prune(pieces: Pieces, words: &[(&str, f64)], keep: usize) -> Pieces {
    // How often each piece is in the best cut of a word.
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for (word, n) in words {
        for piece in unigram_encode_plain(word, &pieces) {
            *counts.entry(piece).or_default() += n;
        }
    }
    let sum: f64 = counts.values().sum();
    let count = |piece: &str| counts.get(piece).copied().unwrap_or(0.0);
    let loss = |i: usize| {
        let (piece, n) = (&pieces[i].0, count(&pieces[i].0));
        let others: Pieces = pieces.iter().filter(|p| p.0 != *piece).cloned().collect();
        if n == 0.0 || piece.chars().count() == 1 {
            return if n == 0.0 && piece.chars().count() > 1 {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            };
        }
        // Its occurrences are cut into the pieces of its own best cut.
        let cut = unigram_encode_plain(piece, &others);
        let all = sum + n * (cut.len() as f64 - 1.0);
        let without: f64 = cut.iter().map(|other| ((count(other) + n) / all).ln()).sum();
        n * ((n / sum).ln() - without)
    };
    let losses: Vec<f64> = (0..pieces.len()).map(loss).collect();
    let mut order: Vec<usize> = (0..pieces.len())
        .filter(|&i| losses[i] > f64::NEG_INFINITY)
        .collect();
    order.sort_by(|&i, &j| losses[j].total_cmp(&losses[i]).then(i.cmp(&j)));
    order.truncate(keep);
    order.sort_unstable();
    order.into_iter().map(|i| pieces[i].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::train::learn;
    use super::*;
    use crate::data::sotu;
    use crate::rng;
    use rand::Rng as _;

    /// On words of real text and on random letters, both learn the same pieces. The scores agree up to single
    /// precision, in which the fast form keeps them.
    #[test]
    fn it_learns_what_the_fast_form_learns() {
        let corpus = sotu::speeches();
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for word in corpus[30].text.split_whitespace().take(500) {
            *counts.entry(format!(" {word}")).or_default() += 1;
        }
        let mut rng = rng::seeded(7);
        let mut random: BTreeMap<String, u64> = BTreeMap::new();
        for _ in 0..80 {
            let n = rng.random_range(1..9);
            let word = (0..n)
                .map(|_| ['a', 'b', 'c', 'é'][rng.random_range(0..4)])
                .collect();
            *random.entry(word).or_default() += rng.random_range(1..6);
        }
        for (words, n) in [(counts, 120), (random, 40)] {
            let words: Vec<(String, u64)> = words.into_iter().collect();
            let letters: BTreeSet<char> = words.iter().flat_map(|w| w.0.chars()).collect();
            let letters: Vec<char> = letters.into_iter().collect();
            let plain = unigram_train_plain(&words, n, 10 * n);
            let fast = learn(&words, &letters, n, 10 * n);
            let names =
                |pieces: &[(String, f64)]| pieces.iter().map(|p| p.0.clone()).collect::<BTreeSet<_>>();
            assert_eq!(names(&plain), names(&fast));
            let fast: BTreeMap<String, f64> = fast.into_iter().collect();
            for (piece, score) in plain {
                assert!(
                    (score - fast[&piece]).abs() < 1e-4,
                    "{piece:?}: {score} {}",
                    fast[&piece]
                );
            }
        }
    }
}
