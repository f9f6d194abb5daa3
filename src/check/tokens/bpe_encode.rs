//! Encoding with merges, by their rank.

use super::word;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::bpe::plain::merged;
use crate::tokenize::{bpe_encode_plain, bpe_plain};

type Merges = [(String, String)];

exercise! {
    /// The tokens of a word, given the merges in the order in which they were learned.
    "07_tokens/bpe_encode": bpe_encode(
        word: &str as &String, merges: &[(String, String)] as &Vec<(String, String)>
    ) -> Vec<String>,
    exactly, allowed, random,
    public: [
        ("the merge of the lower rank first", ["abc".to_owned(), pairs(&[("b", "c"), ("a", "b")])]),
        ("a merge of merged tokens", ["abc".to_owned(), pairs(&[("a", "b"), ("ab", "c")])]),
        ("a merge that must wait for another", ["abc".to_owned(), pairs(&[("b", "c"), ("a", "bc"), ("a", "b")])]),
        ("everywhere it stands", ["abab".to_owned(), pairs(&[("a", "b")])]),
        ("no merge fits", ["cab".to_owned(), pairs(&[("b", "a")])]),
        ("no letters", [String::new(), pairs(&[("a", "b")])]),
    ],
    mistakes: [
        ("left to right", "This takes the first pair from the left that any merge has: take the merge that was learnt first.", left_to_right),
        ("longest match", "This looks for the longest token that fits, as WordPiece does: apply the merges by rank.", longest),
        ("last learnt first", "This applies the merges from the last one: begin with the one that was learnt first.", last_first),
        ("one place only", "A merge is applied everywhere the pair stands, not only where it stands first.", one_place),
    ],
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

/// Merges as training makes them: each token of a pair is a letter or was made by an earlier merge.
fn allowed(values: &[Value]) -> bool {
    let Some(merges) = <Vec<(String, String)>>::from_value(&values[1]) else {
        return false;
    };
    let known = |token: &str, before: &Merges| {
        token.chars().count() == 1 || before.iter().any(|(a, b)| format!("{a}{b}") == token)
    };
    let fits = |i: usize| {
        let ((a, b), before) = (&merges[i], &merges[..i]);
        known(a, before) && known(b, before) && !before.contains(&merges[i])
    };
    (0..merges.len()).all(fits)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let words: Vec<(String, u64)> = (0..4)
        .map(|_| {
            let m = whole(rng, 2..=6);
            (word(rng, m, 3), whole(rng, 1..=3) as u64)
        })
        .collect();
    let merges = bpe_plain(&words, 1 + n / 2);
    vec![word(rng, n + 1, 3).to_value(), merges.to_value()]
}

fn letters(word: &str) -> Vec<String> {
    word.chars().map(String::from).collect()
}

fn merge_all(tokens: &mut Vec<String>, pair: &(String, String)) {
    *tokens = merged(tokens, pair, &format!("{}{}", pair.0, pair.1));
}

fn truth(word: &str, merges: &Merges) -> Vec<String> {
    bpe_encode_plain(word, merges)
}

fn left_to_right(word: &str, merges: &Merges) -> Vec<String> {
    let mut tokens = letters(word);
    while let Some(at) = tokens
        .windows(2)
        .position(|two| merges.iter().any(|(a, b)| two[0] == *a && two[1] == *b))
    {
        let next = tokens.remove(at + 1);
        tokens[at] += &next;
    }
    tokens
}

fn longest(word: &str, merges: &Merges) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let fits = |end: &usize| {
            let text: String = letters[at..*end].iter().collect();
            *end == at + 1 || merges.iter().any(|(a, b)| format!("{a}{b}") == text)
        };
        let end = (at + 1..=letters.len()).rev().find(fits).unwrap_or(at + 1);
        tokens.push(letters[at..end].iter().collect());
        at = end;
    }
    tokens
}

fn last_first(word: &str, merges: &Merges) -> Vec<String> {
    let mut tokens = letters(word);
    loop {
        let stands = |(a, b): &(String, String)| tokens.windows(2).any(|two| two[0] == *a && two[1] == *b);
        let Some(last) = merges.iter().rev().find(|pair| stands(pair)) else {
            return tokens;
        };
        merge_all(&mut tokens, last);
    }
}

fn one_place(word: &str, merges: &Merges) -> Vec<String> {
    let mut tokens = letters(word);
    for (a, b) in merges {
        if let Some(at) = tokens.windows(2).position(|two| two[0] == *a && two[1] == *b) {
            tokens[at] += b;
            tokens.remove(at + 1);
        }
    }
    tokens
}
