//! Byte-pair encoding as in the lecture, in four steps, to be read and to be computed on paper.
//!
//! 1. Write each word as its characters, with how often it occurs.
//! 2. Count every pair of neighbours, in all words.
//! 3. The most frequent pair becomes a new token, wherever it occurs.
//! 4. Go on from step 2 until there are enough tokens.
//!
//! Each round reads every word, so k merges of n characters cost k·n. [`Bpe::train`](super::Bpe::train) keeps
//! the counts and looks only at the words that change. Both learn the same merges, which a test checks.
//!
//! Source: Sennrich, Haddow and Birch (2016), *Neural Machine Translation of Rare Words with Subword Units*,
//! after Gage (1994), *A New Algorithm for Data Compression*.

use std::collections::BTreeMap;

/// Two tokens that stand side by side.
type Pair = (String, String);

/// Learns up to `n_merges` merges from words and their counts. Each merge is the pair of tokens that it
/// joins. The merges are in the order in which they were learned. Of equally frequent pairs, the first in
/// alphabetical order wins.
///
/// ```
/// use course::tokenize::bpe_plain;
/// let words = [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)];
/// let merges = bpe_plain(&words, 3);
/// assert_eq!(merges, [("e", "s"), ("es", "t"), ("l", "o")].map(|(a, b)| (a.to_owned(), b.to_owned())));
/// ```
pub fn bpe_plain<S: AsRef<str>>(words: &[(S, u64)], n_merges: usize) -> Vec<Pair> {
    // The counts are in alphabetical order, and the first of equal ones is taken.
    merges_by(words, n_merges, |counts| {
        let best = counts
            .iter()
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(pair, _)| pair.clone())
    })
}

/// The same, with another way to choose the next pair.
pub(crate) fn merges_by<S: AsRef<str>>(
    words: &[(S, u64)],
    n_merges: usize,
    choose: impl Fn(&BTreeMap<Pair, u64>) -> Option<Pair>,
) -> Vec<Pair> {
    // 1. Words as lists of tokens, at first of one character each.
    let mut words: Vec<(Vec<String>, u64)> = (words.iter())
        .map(|(word, n)| (word.as_ref().chars().map(String::from).collect(), *n))
        .collect();
    let mut merges = Vec::new();
    while merges.len() < n_merges {
        // 2. Count the pairs, and 3. replace the chosen one, wherever it occurs.
        let Some(pair) = choose(&pair_counts(&words)) else {
            break;
        };
        let joined = format!("{}{}", pair.0, pair.1);
        for (tokens, _) in &mut words {
            *tokens = merged(tokens, &pair, &joined);
        }
        // 4. And again.
        merges.push(pair);
    }
    merges
}

/// How often each pair of neighbours occurs in words with these counts.
pub(crate) fn pair_counts<T: Clone + Ord>(words: &[(Vec<T>, u64)]) -> BTreeMap<(T, T), u64> {
    let mut counts = BTreeMap::new();
    for (tokens, n) in words {
        for pair in tokens.windows(2) {
            *counts.entry((pair[0].clone(), pair[1].clone())).or_default() += n;
        }
    }
    counts
}

/// The tokens with `new` in place of `pair`, wherever it occurs, from left to right.
pub(crate) fn merged<T: Clone + PartialEq>(tokens: &[T], pair: &(T, T), new: &T) -> Vec<T> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let is_pair = tokens[i] == pair.0 && tokens.get(i + 1) == Some(&pair.1);
        out.push(if is_pair { new.clone() } else { tokens[i].clone() });
        i += if is_pair { 2 } else { 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(words: &[(&str, u64)], n: usize) -> Vec<String> {
        bpe_plain(words, n)
            .iter()
            .map(|(a, b)| format!("{a} {b}"))
            .collect()
    }

    #[test]
    fn the_example_of_the_paper() {
        let words = [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)];
        assert_eq!(learn(&words, 5), ["e s", "es t", "l o", "lo w", "e w"]);
    }

    #[test]
    fn a_run_of_three_is_one_pair_and_one_left() {
        // "aaa" has two overlapping pairs to count, and one merge: then "aa" "a".
        assert_eq!(learn(&[("aaa", 1)], 9), ["a a", "aa a"]);
    }

    #[test]
    fn it_stops_when_every_word_is_one_token() {
        assert_eq!(learn(&[("ab", 1), ("c", 4)], 9), ["a b"]);
        assert_eq!(learn(&[], 9), [""; 0]);
    }
}
