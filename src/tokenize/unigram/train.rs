//! Learning a unigram model: begin with too many tokens, estimate their probabilities by expectation and
//! maximisation, and remove the tokens that are missed least, until only as many are left as were asked for.
//!
//! 1. The seed: all characters, and the parts of words with the highest count times length.
//! 2. E: how often each token is in a random cut of the words, by forward and backward sums over each word's
//!    lattice. M: its new log-probability, ψ(expected) - ψ(all expected). ψ is the digamma function. It gives
//!    the mean under a Dirichlet prior, which takes more from rare tokens than the plain logarithm does (the
//!    Bayesian form that SentencePiece uses). Both steps are done twice in each round.
//! 3. Each token's loss: how much the likelihood of the words falls when the token is removed and its
//!    occurrences are cut in the next best way. The quarter with the smallest loss is removed; characters
//!    stay. Back to 2.
//!
//! What SentencePiece does differently: its seed comes from a suffix array, so it lacks parts that only ever
//! occur in one longer part. Here such parts lose all their expected counts in the first rounds.
//!
//! Source: Kudo (2018), *Subword Regularization*, section 3.2, and SentencePiece's
//! `unigram_model_trainer.cc`.

use std::collections::HashMap;

use rayon::prelude::*;

use super::lattice::{Model, Sums, expect, n_best, viterbi};
use super::trie::Trie;
use super::{UNKNOWN_PENALTY, Unigram, Workspace};
use crate::corpus::Texts;
use crate::math::digamma;
use crate::tokenize::bpe::table::{Key, ShortMap};
use crate::tokenize::count::count_pieces;
use crate::{Error, Result};

/// The longest part of a word that becomes a token, in characters, as in SentencePiece.
const LONGEST: usize = 16;
/// Longer words are read in pieces of this many characters, so that a product of probabilities does not
/// vanish.
const LONGEST_WORD: usize = 48;
/// A token that is expected fewer times than this is dropped in the M step, as in SentencePiece.
const LEAST_EXPECTED: f64 = 0.5;
/// The share of the tokens that stays in each round; and how many tokens are left when the rounds end, as a
/// multiple of those asked for.
const KEPT: f64 = 0.75;
const MARGIN: f64 = 1.1;

/// What [`Unigram::train`] is to learn.
#[derive(Clone, Debug)]
pub struct UnigramTraining {
    /// How many tokens in all, including `<unk>`.
    pub vocab_size: usize,
    /// The share of the characters of the running text that get a token. The rarest do not; they become
    /// `<unk>`.
    pub coverage: f64,
    /// How many tokens there are at first, as a multiple of `vocab_size`.
    pub seed_factor: usize,
}

crate::plot::shown_as_record!(UnigramTraining);

impl Default for UnigramTraining {
    /// 8,000 tokens, 99.95 % of all characters, ten times as many tokens at first.
    fn default() -> Self {
        Self {
            vocab_size: 8_000,
            coverage: 0.999_5,
            seed_factor: 10,
        }
    }
}

/// The different words, and how often each occurs.
type Words = Vec<(String, u64)>;
/// Tokens and their log-probabilities.
type Pieces = Vec<(String, f64)>;

impl Unigram {
    /// Learns the tokens of `texts`, using all threads; the result does not depend on their number.
    ///
    /// ```
    /// use course::tokenize::{Tokenizer, Unigram, UnigramTraining};
    /// let texts = ["low lower lowest new newer newest wide wider widest"; 3];
    /// let t = Unigram::train(&texts, &UnigramTraining { vocab_size: 24, coverage: 1.0, ..Default::default() })?;
    /// assert_eq!(t.decode(&t.ids("slower"))?, "slower");
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// What reading the texts returns; texts without a character; a coverage that is not a share; a
    /// `vocab_size` smaller than the alphabet.
    pub fn train(texts: &dyn Texts, training: &UnigramTraining) -> Result<Self> {
        if !(training.coverage > 0.0 && training.coverage <= 1.0) {
            let got = training.coverage.to_string();
            return Err(Error::value(
                "the coverage of characters",
                "a share from 0 to 1",
                got,
            ));
        }
        let words = words(texts)?;
        let alphabet = alphabet(&words, training.coverage);
        if alphabet.is_empty() {
            return Err(Error::value("the texts", "at least one character", "none"));
        }
        if training.vocab_size < alphabet.len() + 1 {
            let expected = format!("at least {} for the alphabet and <unk>", alphabet.len() + 1);
            return Err(Error::value("vocab_size", expected, training.vocab_size));
        }
        // Words are learned from only up to characters that have no token.
        let words: Words = (words.into_iter())
            .flat_map(|(word, n)| known_runs(&word, &alphabet).into_iter().map(move |run| (run, n)))
            .collect();
        let wanted = training.vocab_size - 1;
        let most = training.seed_factor.max(1) * training.vocab_size;
        let written = |(piece, score): (String, f64)| (piece.replace(' ', "▁"), score as f32);
        let pieces = learn(&words, &alphabet, wanted, most).into_iter().map(written);
        Self::new(
            std::iter::once(("<unk>".to_owned(), 0.0)).chain(pieces).collect(),
            0,
        )
    }
}

/// The characters, and as many other tokens as are wanted, with the most likely first. It starts from `most`
/// parts of words.
pub(super) fn learn(words: &Words, alphabet: &[char], wanted: usize, most: usize) -> Pieces {
    let mut pieces = seed(words, alphabet, most);
    loop {
        for _ in 0..2 {
            pieces = round(&pieces, words, alphabet);
        }
        if pieces.len() as f64 <= wanted as f64 * MARGIN {
            break;
        }
        let before = pieces.len();
        let keep = ((before as f64 * KEPT) as usize).max((wanted as f64 * MARGIN) as usize);
        pieces = prune(pieces, words, alphabet, keep);
        if pieces.len() >= before {
            break;
        }
    }
    finish(pieces, alphabet, wanted)
}

/// The words of the texts, each with the space before it, in alphabetical order, because floating-point sums
/// depend on the order.
fn words(texts: &dyn Texts) -> Result<Words> {
    let counted = count_pieces(texts, &|text, f| {
        let text: String = format!(" {}", text.replace(super::SPACE, " "));
        let mut start = 0;
        for (i, _) in text.match_indices(' ') {
            if i > start + 1 {
                f(&text, start..i);
            }
            start = i;
        }
        if text.len() > start + 1 {
            f(&text, start..text.len());
        }
    })?;
    let mut words: Words = (counted.into_iter())
        .map(|(word, n)| (String::from_utf8_lossy(&word).into_owned(), n))
        .collect();
    words.sort_unstable();
    Ok(words)
}

/// The most frequent characters that together are `coverage` of the text, in Unicode's order.
fn alphabet(words: &Words, coverage: f64) -> Vec<char> {
    let mut counts: HashMap<char, u64> = HashMap::new();
    for (word, n) in words {
        word.chars().for_each(|c| *counts.entry(c).or_default() += n);
    }
    let all: u64 = counts.values().sum();
    let mut counts: Vec<(char, u64)> = counts.into_iter().collect();
    counts.sort_unstable_by_key(|&(c, n)| (std::cmp::Reverse(n), c));
    let mut covered = 0;
    let mut kept = Vec::new();
    for (c, n) in counts {
        if coverage < 1.0 && covered as f64 >= coverage * all as f64 {
            break;
        }
        covered += n;
        kept.push(c);
    }
    kept.sort_unstable();
    kept
}

/// The parts of a word between characters that have no token, none of them too long.
fn known_runs(word: &str, alphabet: &[char]) -> Vec<String> {
    let mut runs = vec![String::new()];
    let mut n = 0;
    for c in word.chars() {
        let known = alphabet.binary_search(&c).is_ok();
        if !known || n == LONGEST_WORD {
            runs.push(String::new());
            n = 0;
        }
        if known && let Some(run) = runs.last_mut() {
            run.push(c);
            n += 1;
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The characters, and the parts of words with the highest count times length.
fn seed(words: &Words, alphabet: &[char], most: usize) -> Pieces {
    let (mut short, mut long): (ShortMap, HashMap<&str, u64>) =
        (ShortMap::with_capacity(1 << 16), HashMap::new());
    let mut ends: Vec<usize> = Vec::new();
    for (word, n) in words {
        ends.clear();
        ends.extend(word.char_indices().map(|(i, _)| i));
        ends.push(word.len());
        for (i, &start) in ends.iter().enumerate() {
            for &end in ends.iter().skip(i + 2).take(LONGEST - 1) {
                match Key::of(word.as_bytes(), start, end) {
                    Some(key) => *short.entry(key) += n,
                    None => *long.entry(&word[start..end]).or_default() += n,
                }
            }
        }
    }
    let long = long.into_iter().map(|(part, n)| (part.to_owned(), n));
    let short = short
        .iter()
        .map(|(key, n)| (String::from_utf8_lossy(&key.bytes()).into_owned(), n));
    let mut parts: Vec<(u64, String)> = (short.chain(long))
        .filter(|&(_, n)| n > 1)
        .map(|(part, n)| (n * part.chars().count() as u64, part))
        .collect();
    let order = |x: &(u64, String), y: &(u64, String)| y.0.cmp(&x.0).then_with(|| x.1.cmp(&y.1));
    if parts.len() > most {
        parts.select_nth_unstable_by(most, order);
        parts.truncate(most);
    }
    parts.sort_unstable_by(order);
    let mut counts: HashMap<char, u64> = HashMap::new();
    for (word, n) in words {
        word.chars().for_each(|c| *counts.entry(c).or_default() += n);
    }
    let singles = alphabet
        .iter()
        .map(|c| (counts.get(c).copied().unwrap_or(1), c.to_string()));
    let all: Vec<(u64, String)> = singles.chain(parts).collect();
    let sum = all.iter().map(|p| p.0).sum::<u64>() as f64;
    all.into_iter()
        .map(|(n, part)| (part, (n as f64 / sum).ln()))
        .collect()
}

fn model(pieces: &Pieces) -> Model {
    // Single precision: in double precision it is a matter of chance which of two nearly equal sums is
    // larger.
    let score = |p: &(String, f64)| f64::from(p.1 as f32);
    let least = pieces.iter().map(score).fold(0.0, f64::min);
    Model {
        trie: Trie::new(pieces.iter().zip(0..).map(|(p, id)| (p.0.as_bytes(), id))),
        scores: pieces.iter().map(score).collect(),
        // Every character has a token, so no edge is the unknown token; but it still needs an id.
        unknown: pieces.len() as u32,
        unknown_score: least - UNKNOWN_PENALTY,
        sums: Sums::Single,
    }
}

/// How many words one thread handles at a time. This is fixed, so that sums do not depend on the number of
/// threads.
const CHUNK: usize = 4096;

/// For each token, the sum of a number over all words.
fn sum_over_words(
    words: &Words,
    n_pieces: usize,
    add: impl Fn(&str, f64, &mut [f64], &mut Workspace) + Sync,
) -> Vec<f64> {
    // A chunk for each thread at a time, added up in order.
    let mut sums = vec![0.0; n_pieces + 1];
    let group = CHUNK * rayon::current_num_threads().max(1);
    for words in words.chunks(group) {
        let parts: Vec<Vec<f64>> = (words.par_chunks(CHUNK))
            .map(|words| {
                let (mut sums, mut room) = (vec![0.0; n_pieces + 1], Workspace::default());
                for (word, n) in words {
                    add(word, *n as f64, &mut sums, &mut room);
                }
                sums
            })
            .collect();
        for part in parts {
            sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += x);
        }
    }
    sums
}

/// One E and one M step.
fn round(pieces: &Pieces, words: &Words, alphabet: &[char]) -> Pieces {
    let model = model(pieces);
    let expected = sum_over_words(words, pieces.len(), |word, n, sums, room| {
        model.edges(word, &mut room.edges);
        expect(&room.edges, word.len(), n, sums, &mut room.sums);
    });
    let kept: Vec<(&String, f64)> = (pieces.iter().zip(expected))
        .map(|((piece, _), n)| (piece, n))
        .filter(|(piece, n)| *n >= LEAST_EXPECTED || is_single(piece, alphabet))
        .map(|(piece, n)| (piece, n.max(LEAST_EXPECTED)))
        .collect();
    let sum: f64 = kept.iter().map(|p| p.1).sum();
    let all = digamma(sum);
    (kept.into_iter())
        .map(|(piece, n)| (piece.clone(), digamma(n) - all))
        .collect()
}

fn is_single(piece: &str, alphabet: &[char]) -> bool {
    let mut chars = piece.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if alphabet.binary_search(&c).is_ok())
}

/// The `keep` tokens that are missed most.
fn prune(pieces: Pieces, words: &Words, alphabet: &[char], keep: usize) -> Pieces {
    let model = model(&pieces);
    // How often each token is in the best cuts of the words.
    let counts = sum_over_words(words, pieces.len(), |word, n, sums, room| {
        model.edges(word, &mut room.edges);
        viterbi(
            &room.edges,
            word.len(),
            Sums::Single,
            &mut room.best,
            &mut room.path,
        );
        room.path.iter().for_each(|e| sums[e.id as usize] += n);
    });
    let sum: f64 = counts.iter().sum();
    let losses: Vec<f64> = (pieces.par_iter().enumerate())
        .map(|(i, (piece, _))| {
            if is_single(piece, alphabet) {
                return f64::INFINITY;
            }
            if counts[i] == 0.0 {
                return f64::NEG_INFINITY;
            }
            let mut edges = Vec::new();
            model.edges(piece, &mut edges);
            let paths = n_best(&edges, piece.len(), 2);
            let alone = |path: &[super::Edge]| matches!(path, [e] if e.id as usize == i);
            // Its best cut without itself.
            let Some((_, other)) = paths.iter().find(|(_, path)| !alone(path)) else {
                return f64::INFINITY;
            };
            // If another cut of the token's own text is better, the token is in no best cut.
            let with = (counts[i] / sum).ln();
            let all = (sum + counts[i] * (other.len() as f64 - 1.0)).ln();
            let without: f64 = (other.iter())
                .map(|e| (counts[e.id as usize] + counts[i]).ln() - all)
                .sum();
            counts[i] * (with - without)
        })
        .collect();
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|&a, &b| losses[b].total_cmp(&losses[a]).then(a.cmp(&b)));
    order.truncate(keep.max(alphabet.len()));
    order.retain(|&i| losses[i] > f64::NEG_INFINITY);
    order.sort_unstable();
    let mut pieces: Vec<Option<(String, f64)>> = pieces.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| pieces[i].take()).collect()
}

/// The characters and the most likely others, by their probability.
fn finish(pieces: Pieces, alphabet: &[char], wanted: usize) -> Pieces {
    let mut order = pieces;
    order.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    let mut left = wanted.saturating_sub(alphabet.len());
    order.retain(|(piece, _)| {
        let single = is_single(piece, alphabet);
        let keep = single || left > 0;
        left = left.saturating_sub(usize::from(!single));
        keep
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectation_and_maximisation_raise_the_likelihood() {
        let words: Words = [("hug", 10), ("pug", 5), ("pun", 12), ("bun", 4), ("hugs", 5)]
            .map(|(w, n)| (w.to_owned(), n))
            .into();
        let alphabet: Vec<char> = "bghnpsu".chars().collect();
        let likelihood = |pieces: &Pieces| {
            let model = model(pieces);
            let (mut edges, mut sums) = (Vec::new(), vec![0.0; pieces.len() + 1]);
            words.iter().fold(0.0, |sum, (word, n)| {
                model.edges(word, &mut edges);
                sum + expect(&edges, word.len(), *n as f64, &mut sums, &mut Default::default())
            })
        };
        let first = seed(&words, &alphabet, 100);
        let second = round(&first, &words, &alphabet);
        assert!(likelihood(&second) > likelihood(&first));
    }
}
