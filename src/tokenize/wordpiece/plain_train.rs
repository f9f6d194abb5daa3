//! Training of WordPiece, to be read: byte-pair encoding with another choice of the next pair.
//!
//! 1. Write each word as its characters, all except the first with `##` in front.
//! 2. Count every token, and every pair of neighbours.
//! 3. The pair with the highest score becomes a new token, wherever it occurs.
//! 4. Go on from step 2 until there are enough tokens.
//!
//! Each round reads every word, so k merges of n characters cost k·n.
//! [`WordPiece::train`](super::WordPiece::train) keeps the counts. Both learn the same tokens, which a test
//! checks.
//!
//! Source: Schuster and Nakajima (2012), *Japanese and Korean Voice Search*, section 3.

use std::collections::{BTreeMap, BTreeSet};

use super::Score;

/// Learns up to `n_tokens` tokens from words and their counts: the characters, and what is merged from pairs
/// that occur at least `min_count` times. Of pairs with equal scores, the more frequent one wins, then the
/// one whose tokens were there first.
///
/// ```
/// use course::tokenize::{Score, wordpiece_train_plain};
/// let words = [("hug", 10), ("pug", 5), ("hugs", 5)];
/// let tokens = wordpiece_train_plain(&words, 10, 1, Score::Frequency);
/// assert_eq!(tokens[..8], ["g", "h", "p", "s", "u", "##g", "##s", "##u"]);
/// assert_eq!(tokens[8..], ["##ug", "hug"]);
/// ```
pub fn wordpiece_train_plain<S: AsRef<str>>(
    words: &[(S, u64)],
    n_tokens: usize,
    min_count: u64,
    score: Score,
) -> Vec<String> {
    // 1. The characters, with those that begin words first; and words as lists of token ids.
    let letters = |from: usize| {
        words
            .iter()
            .flat_map(move |(word, _)| word.as_ref().chars().skip(from))
    };
    let first: BTreeSet<char> = letters(0).collect();
    let inside: BTreeSet<char> = letters(1).collect();
    let mut tokens: Vec<String> = first.iter().map(char::to_string).collect();
    tokens.extend(inside.iter().map(|c| format!("##{c}")));
    let number = |tokens: &[String], token: &str| tokens.iter().position(|t| t == token).unwrap_or(0);
    let written = |i: usize, c: char| if i == 0 { c.to_string() } else { format!("##{c}") };
    let mut words: Vec<(Vec<usize>, u64)> = (words.iter())
        .map(|(word, n)| {
            let letters = word.as_ref().chars().enumerate();
            (
                letters.map(|(i, c)| number(&tokens, &written(i, c))).collect(),
                *n,
            )
        })
        .collect();
    while tokens.len() < n_tokens {
        // 2. How often each token and each pair occurs.
        let (mut singles, mut pairs) = (vec![0; tokens.len()], BTreeMap::<(usize, usize), u64>::new());
        for (word, n) in &words {
            word.iter().for_each(|&a| singles[a] += n);
            word.windows(2)
                .for_each(|w| *pairs.entry((w[0], w[1])).or_default() += n);
        }
        let all: u64 = singles.iter().sum();
        // 3. The best pair. The map is in the order of the tokens, and the first of equal ones is taken.
        let best = (pairs.into_iter())
            .filter(|(_, n)| *n >= min_count.max(1))
            .map(|((a, b), n)| (score.of(n, singles[a], singles[b], all, a == b), n, (a, b)))
            .reduce(|best, next| {
                if (next.0, next.1) > (best.0, best.1) {
                    next
                } else {
                    best
                }
            });
        let Some((_, _, (a, b))) = best else { break };
        let joined = tokens[a].clone() + tokens[b].strip_prefix("##").unwrap_or(&tokens[b]);
        let new = tokens.iter().position(|t| *t == joined).unwrap_or(tokens.len());
        if new == tokens.len() {
            tokens.push(joined);
        }
        for (word, _) in &mut words {
            while let Some(i) = word.windows(2).position(|w| w == [a, b]) {
                word.splice(i..i + 2, [new]);
            }
        }
        // 4. And again.
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sotu;
    use crate::rng;
    use crate::tokenize::{Normalization, Tokenizer as _, WordPiece, WordPieceTraining};
    use rand::Rng as _;
    use std::collections::HashMap;

    fn fast(words: &[(String, u64)], n: usize, min_count: u64, score: Score) -> Vec<String> {
        let text: Vec<String> = words
            .iter()
            .map(|(word, n)| format!("{word} ").repeat(*n as usize))
            .collect();
        let training = WordPieceTraining {
            vocab_size: n + 1,
            min_count,
            score,
            special: vec!["[UNK]".to_owned()],
            normalization: Normalization::cased(),
        };
        let t = WordPiece::train(&text, &training).unwrap();
        (1..t.vocab_size() as u32)
            .map(|id| t.token_text(id).unwrap())
            .collect()
    }

    /// On words of real text and on random letters, by each score.
    #[test]
    fn it_learns_what_the_fast_form_learns() {
        let mut counts: HashMap<String, u64> = HashMap::new();
        let corpus = sotu::speeches();
        for word in corpus[30].text.split_whitespace().take(500) {
            if word.chars().all(char::is_alphabetic) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        let mut real: Vec<(String, u64)> = counts.into_iter().collect();
        real.sort();
        let mut rng = rng::seeded(5);
        let mut random: Vec<(String, u64)> = (0..60)
            .map(|_| {
                let n = rng.random_range(1..8);
                let word = (0..n)
                    .map(|_| ['a', 'b', 'c', 'd'][rng.random_range(0..4)])
                    .collect();
                (word, rng.random_range(1..5))
            })
            .collect();
        random.sort();
        random.dedup_by(|x, y| x.0 == y.0);
        for score in [Score::Quotient, Score::Likelihood, Score::Frequency] {
            for (words, n) in [(&real, 120), (&random, 40)] {
                for min_count in [1, 3] {
                    let plain = wordpiece_train_plain(words, n, min_count, score);
                    assert_eq!(plain, fast(words, n, min_count, score), "{score:?} {min_count}");
                }
            }
        }
    }
}
