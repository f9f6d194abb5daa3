//! Learning the pieces of WordPiece.
//!
//! It is byte-pair encoding except for the choice of the next pair. As published, the next pair is the one
//! whose merge makes the text most likely under a model of single tokens. Google's program was never
//! published, and other programs use different scores:
//!
//! | score | next is | who |
//! |---|---|---|
//! | [`Score::Likelihood`] | what raises the likelihood most, about n(ab) · (PMI(a, b) - 1) | Schuster and Nakajima |
//! | [`Score::Quotient`] | the highest n(ab) / (n(a) · n(b)), which is the highest PMI | a well-known course's guess |
//! | [`Score::Frequency`] | the highest n(ab), as in BPE | the `tokenizers` library, which only writes `##` |
//!
//! The gain, derived: N tokens of which n(t) are t have the log-likelihood L = Σ n(t) ln (n(t) / N), which
//! with f(x) = x ln x is Σ f(n(t)) - f(N). If a and b are side by side k times, their merge takes k from
//! n(a), n(b) and N and makes a token with n = k, so
//!
//! ```text
//! gain = f(n(a) - k) - f(n(a)) + f(n(b) - k) - f(n(b)) + f(k) - f(N - k) + f(N)
//!      ≈ k ln (k N / (n(a) n(b))) - k = k (PMI - 1)      where k is small, since f'(x) = ln x + 1
//! ```
//!
//! The quotient is exp(PMI) / N: it has lost the factor k. A pair of two rare tokens that always occur
//! together wins over a frequent pair of frequent tokens, and with `min_count` 1 the first winners are pairs
//! that occur once. The gain weighs how surprising a pair is by how often it occurs, and lies between the
//! quotient and the frequency.
//!
//! In that library, the id of a continuing character depends on the order of a hash table that is new in
//! every run, so its ties do too. Here the characters are in Unicode's order.
//!
//! Source: Schuster and Nakajima (2012), *Japanese and Korean Voice Search*, section 3.

use rayon::prelude::*;
use std::collections::HashMap;

use super::{Normalization, WordPiece};
use crate::corpus::Texts;
use crate::tokenize::bpe::learn::{Words, learn, merge_word};
use crate::tokenize::bpe::table::{PairMap, pair, unpair};
use crate::tokenize::count::count_pieces;
use crate::{Error, Result};

/// What [`WordPiece::train`] is to learn.
#[derive(Clone, Debug)]
pub struct WordPieceTraining {
    /// How many pieces in all, including special ones and the alphabet.
    pub vocab_size: usize,
    /// A pair that occurs fewer times is not merged.
    pub min_count: u64,
    /// Which pair is merged next.
    pub score: Score,
    /// Special pieces. They get the first ids. `[UNK]` must be one of them.
    pub special: Vec<String>,
    /// The steps before the cut into pieces.
    pub normalization: Normalization,
}

crate::plot::shown_as_record!(WordPieceTraining);

/// Which pair is merged next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// The one with the highest n(ab) / (n(a) n(b)).
    Quotient,
    /// The one whose merge raises the likelihood of the text most, as published. Every pair's gain is
    /// computed anew at every merge, with six logarithms. This takes some ten times as long as the quotient.
    Likelihood,
    /// The most frequent one, as in the `tokenizers` library.
    Frequency,
}

impl Score {
    /// The score of a pair that occurs `n` times and whose tokens occur `a` and `b` times among `all` tokens;
    /// `twice` if both are the same token.
    ///
    /// ```
    /// use course::tokenize::Score;
    /// assert_eq!(Score::Quotient.of(20, 40, 50, 1000, false), 0.01);
    /// assert_eq!(Score::Frequency.of(20, 40, 50, 1000, false), 20.0);
    /// // About 20 (ln (20 · 1000 / (40 · 50)) - 1) = 26; that half of all a are meant adds to it.
    /// assert!((Score::Likelihood.of(20, 40, 50, 1000, false) - 36.66).abs() < 0.01);
    /// ```
    pub fn of(self, n: u64, a: u64, b: u64, all: u64, twice: bool) -> f64 {
        let [k, a, b, all] = [n, a, b, all].map(|x| x as f64);
        let f = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        match self {
            Self::Frequency => k,
            Self::Quotient => k / (a * b),
            // A run of three has two pairs, but room for only one merge.
            Self::Likelihood if twice => {
                let k = k.min((a / 2.0).floor());
                f(a - 2.0 * k) - f(a) + f(k) - f(all - k) + f(all)
            }
            Self::Likelihood => f(a - k) - f(a) + f(b - k) - f(b) + f(k) - f(all - k) + f(all),
        }
    }
}

impl Default for WordPieceTraining {
    /// 8,000 pieces by the quotient, of pairs that occur at least ten times.
    fn default() -> Self {
        Self {
            vocab_size: 8_000,
            min_count: 10,
            score: Score::Quotient,
            special: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
                .map(String::from)
                .into(),
            normalization: Normalization::default(),
        }
    }
}

impl WordPiece {
    /// Learns the pieces of `texts`. All threads do the counting; the result does not depend on their number.
    ///
    /// ```
    /// use course::tokenize::{Tokenizer, WordPiece, WordPieceTraining};
    /// let training = WordPieceTraining { vocab_size: 30, min_count: 1, ..Default::default() };
    /// let t = WordPiece::train(&["hug pug pun bun hugs"], &training)?;
    /// assert_eq!(t.encode("hugs").written(), ["hugs"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// What reading the texts returns; texts without a word; a `vocab_size` too small for the special pieces
    /// and the alphabet; special pieces without `[UNK]`, or one of them given twice.
    pub fn train(texts: &dyn Texts, training: &WordPieceTraining) -> Result<Self> {
        let normalization = training.normalization;
        let words = count_pieces(texts, &|text, f| {
            normalization.words(text, false, |word, _| f(word, 0..word.len()));
        })?;
        if words.is_empty() {
            return Err(Error::value("the texts", "at least one word", "none"));
        }
        let mut tokens = training.special.clone();
        let words = alphabet(&words, &mut tokens);
        if training.vocab_size < tokens.len() {
            let expected = format!("at least {} for the alphabet and special tokens", tokens.len());
            return Err(Error::value("vocab_size", expected, training.vocab_size));
        }
        let mut known: HashMap<String, u32> = tokens.iter().cloned().zip(0..).collect();
        let join = |a: u32, b: u32| {
            if tokens.len() >= training.vocab_size {
                return None;
            }
            let rest = &tokens[b as usize];
            let joined = format!(
                "{}{}",
                tokens[a as usize],
                rest.strip_prefix("##").unwrap_or(rest)
            );
            Some(*known.entry(joined).or_insert_with_key(|joined| {
                tokens.push(joined.clone());
                tokens.len() as u32 - 1
            }))
        };
        match training.score {
            Score::Frequency => learn(words, training.min_count, join),
            score => learn_by_score(words, training.min_count, score, join),
        }
        WordPiece::new(tokens, normalization)
    }
}

/// Appends the characters to `tokens`, first those that begin words and then those that continue one, and
/// writes the words with them.
fn alphabet(pieces: &[(Vec<u8>, u64)], tokens: &mut Vec<String>) -> Words {
    let mut ids: HashMap<(bool, char), u32> = HashMap::new();
    let text = |piece: &[u8]| String::from_utf8_lossy(piece).into_owned();
    for (piece, _) in pieces {
        for (i, c) in text(piece).char_indices() {
            ids.insert((i > 0, c), 0);
            ids.insert((false, c), 0);
        }
    }
    let mut order: Vec<(bool, char)> = ids.keys().copied().collect();
    order.sort_unstable();
    for (inside, c) in order {
        let token = format!("{}{c}", if inside { "##" } else { "" });
        // A special piece may be a character.
        let id = tokens.iter().position(|t| *t == token).unwrap_or(tokens.len());
        if id == tokens.len() {
            tokens.push(token);
        }
        ids.insert((inside, c), id as u32);
    }
    let mut words = Words::with_capacity(pieces.len());
    for (piece, n) in pieces {
        let symbols = text(piece);
        words.push(symbols.char_indices().map(|(i, c)| ids[&(i > 0, c)]), *n);
    }
    words
}

/// A pair that may be merged, as one number; how often it occurs; and in which words.
struct Candidate {
    pair: u64,
    count: i64,
    places: Vec<u32>,
}

/// As [`learn`], with another score. One merge changes the score of every pair that has one of its two
/// tokens, so there is no heap; all threads search the candidates anew each time.
fn learn_by_score(
    mut words: Words,
    min_count: u64,
    by: Score,
    mut join: impl FnMut(u32, u32) -> Option<u32>,
) {
    let mut number = PairMap::with_capacity(1 << 14);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut singles: Vec<i64> = Vec::new();
    let add = |candidates: &mut Vec<Candidate>, number: &mut PairMap, p: u64, n: i64, word: u32| {
        let place = number.entry(p);
        if *place == 0 {
            candidates.push(Candidate {
                pair: p,
                count: 0,
                places: Vec::new(),
            });
            *place = candidates.len() as u64;
        }
        let candidate = &mut candidates[*place as usize - 1];
        candidate.count += n;
        if n > 0 && candidate.places.last() != Some(&word) {
            candidate.places.push(word);
        }
    };
    let count_single = |singles: &mut Vec<i64>, id: u32, n: i64| {
        if singles.len() <= id as usize {
            singles.resize(id as usize + 1, 0);
        }
        singles[id as usize] += n;
    };
    for (word, (&(start, len), &n)) in (0_u32..).zip(words.places.iter().zip(&words.counts)) {
        let symbols = &words.symbols[start as usize..(start + len) as usize];
        symbols
            .iter()
            .for_each(|&id| count_single(&mut singles, id, n as i64));
        for w in symbols.windows(2) {
            add(&mut candidates, &mut number, pair(w[0], w[1]), n as i64, word);
        }
    }
    // Those that can win: frequent enough, and not merged yet. The others are left out of the search.
    let least = min_count.max(1) as i64;
    let mut live: Vec<u32> = (0..candidates.len() as u32).collect();
    live.retain(|&i| candidates[i as usize].count >= least);
    let mut changes = Vec::new();
    let mut all: i64 = singles.iter().sum();
    loop {
        let score = |&i: &u32| {
            let c = &candidates[i as usize];
            let (a, b) = unpair(c.pair);
            let [n, all_a, all_b, all] =
                [c.count, singles[a as usize], singles[b as usize], all].map(|n| n as u64);
            let score = by.of(n, all_a, all_b, all, a == b);
            (score, c.count, std::cmp::Reverse(c.pair), i)
        };
        let better = |x: (f64, i64, std::cmp::Reverse<u64>, u32),
                      y: (f64, i64, std::cmp::Reverse<u64>, u32)| {
            let order = x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2));
            if order.is_lt() { y } else { x }
        };
        let best = live
            .par_iter()
            .with_min_len(1 << 13)
            .map(score)
            .reduce_with(better);
        let Some((_, _, _, best)) = best else { break };
        let (a, b) = unpair(candidates[best as usize].pair);
        let Some(new) = join(a, b) else { break };
        let mut touched: Vec<u32> = Vec::new();
        for word in std::mem::take(&mut candidates[best as usize].places) {
            let (start, len) = words.places[word as usize];
            let n = words.counts[word as usize] as i64;
            changes.clear();
            let symbols = &mut words.symbols[start as usize..(start + len) as usize];
            let left = merge_word(symbols, a, b, new, &mut changes);
            words.places[word as usize].1 = left as u32;
            let merged = (i64::from(len) - left as i64) * n;
            count_single(&mut singles, a, -merged);
            count_single(&mut singles, b, -merged);
            count_single(&mut singles, new, merged);
            all -= merged;
            for &(p, sign) in &changes {
                add(&mut candidates, &mut number, p, sign * n, word);
                if sign > 0 {
                    touched.push(*number.entry(p) as u32 - 1);
                }
            }
        }
        candidates[best as usize].count = 0;
        // New candidates, and old ones that come up again through a piece that two merges make.
        touched.sort_unstable();
        touched.dedup();
        live.retain(|&i| candidates[i as usize].count >= least && touched.binary_search(&i).is_err());
        let again = |&i: &u32| candidates[i as usize].count >= least;
        live.extend(touched.into_iter().filter(again));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::Tokenizer as _;

    /// Small enough for paper: ab and ac occur 12 times each, and xy once; nothing else occurs.
    ///
    /// n(a) = 24, n(b) = n(c) = 12, n(x) = n(y) = 1, N = 50. Quotients: ab 12 / (24 · 12) = 1/24, xy 1.
    /// Gains: ab 12 ln 12 - 24 ln 24 + 12 ln 12 - 12 ln 12 + 50 ln 50 - 38 ln 38 = 10.9, xy 50 ln 50 - 49 ln
    /// 49 = 4.9.
    #[test]
    fn each_score_merges_another_pair_first() {
        let text = format!("{}{}xy", "ab ".repeat(12), "ac ".repeat(12));
        assert!((Score::Likelihood.of(12, 24, 12, 50, false) - 10.92).abs() < 0.01);
        assert!((Score::Likelihood.of(1, 1, 1, 50, false) - 4.90).abs() < 0.01);
        let first = |score| {
            // [UNK], a, b, c, x, y, ##b, ##c and ##y are there before any merge.
            let training = WordPieceTraining {
                vocab_size: 10,
                min_count: 1,
                score,
                special: vec!["[UNK]".to_owned()],
                normalization: Normalization::cased(),
            };
            let t = WordPiece::train(&[text.as_str()], &training).unwrap();
            t.token_text(9).unwrap()
        };
        assert_eq!(first(Score::Quotient), "xy");
        assert_eq!(first(Score::Likelihood), "ab");
        assert_eq!(first(Score::Frequency), "ab");
    }

    /// The gain is the log-likelihood of the merged text minus that of the text before.
    #[test]
    fn the_gain_is_the_difference_of_likelihoods() {
        let likelihood = |counts: &[u64]| {
            let all: u64 = counts.iter().sum();
            counts
                .iter()
                .filter(|&&n| n > 0)
                .map(|&n| n as f64 * (n as f64 / all as f64).ln())
                .sum::<f64>()
        };
        for (k, a, b, rest) in [(3, 5, 9, 40), (1, 1, 1, 7), (10, 10, 30, 1)] {
            let gain = likelihood(&[a - k, b - k, k, rest]) - likelihood(&[a, b, rest]);
            let of = Score::Likelihood.of(k, a, b, a + b + rest, false);
            assert!((of - gain).abs() < 1e-9, "{of} {gain}");
        }
        let (k, a, rest) = (4, 9, 12);
        let gain = likelihood(&[a - 2 * k, k, rest]) - likelihood(&[a, rest]);
        assert!((Score::Likelihood.of(k, a, a, a + rest, true) - gain).abs() < 1e-9);
        // Rare tokens in a large text: n(ab) (PMI - 1).
        let (k, a, b, all) = (50, 10_000, 20_000, 1_000_000_000);
        let pmi = (k as f64 * all as f64 / (a as f64 * b as f64)).ln();
        let of = Score::Likelihood.of(k, a, b, all, false);
        assert!((of - k as f64 * (pmi - 1.0)).abs() < 0.01 * of.abs(), "{of}");
    }
}
