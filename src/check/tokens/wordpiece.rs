//! WordPiece: the longest match from the left.

use super::{different_texts, word};
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::wordpiece_encode_plain;

const UNKNOWN: &str = "[UNK]";

exercise! {
    /// The pieces of a word by longest match; `[UNK]` if it cannot be cut.
    "07_tokens/wordpiece": wordpiece(
        word: &str as &String, vocabulary: &[String] as &Vec<String>
    ) -> Vec<String>,
    exactly, allowed, random,
    public: [
        ("the longest piece", ["abc".to_owned(), texts(&["a", "ab", "##c", "##bc"])]),
        ("pieces inside a word", ["aba".to_owned(), texts(&["a", "b", "##b", "##a"])]),
        ("one place without a piece", ["abc".to_owned(), texts(&["ab", "a", "##b"])]),
        ("greed can lose", ["abc".to_owned(), texts(&["ab", "a", "##bc"])]),
        ("the whole word", ["abc".to_owned(), texts(&["abc", "a", "##bc"])]),
    ],
    mistakes: [
        ("shortest match", "Take the longest piece that fits, not the shortest.", shortest),
        ("unknown rest", "Where no piece fits the whole word is [UNK]: the pieces before are lost, too.", unknown_rest),
        ("no ##", "Within a word only pieces with ## in front fit.", without_marks),
        ("the last piece lost", "The last piece is lost: go on until nothing is left of the word.", without_last),
        ("looks ahead", "WordPiece does not go back: once the longest piece is taken it stays, even if the rest has none.", backtracking),
    ],
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn allowed(values: &[Value]) -> bool {
    let Value::List(pieces) = &values[1] else {
        return false;
    };
    let some = |piece: &Value| matches!(piece, Value::Text(text) if text != "##");
    values[0] != Value::Text(String::new()) && different_texts(&values[1]) && pieces.iter().all(some)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let mut pieces = Vec::new();
    for _ in 0..4 + n {
        let m = whole(rng, 1..=3);
        let marks = if whole(rng, 0..=2) > 0 { "##" } else { "" };
        pieces.push(format!("{marks}{}", word(rng, m, 2)));
    }
    pieces.sort();
    pieces.dedup();
    vec![word(rng, n.min(6), 2).to_value(), pieces.to_value()]
}

fn truth(word: &str, vocabulary: &[String]) -> Vec<String> {
    wordpiece_encode_plain(word, vocabulary)
}

/// The pieces that fit at the beginning of `rest`, with the longest last.
fn fitting<'a>(rest: &str, vocabulary: &'a [String], marks: &str) -> Vec<&'a String> {
    let fits = |piece: &&String| {
        piece
            .strip_prefix(marks)
            .is_some_and(|text| !text.is_empty() && rest.starts_with(text))
    };
    let mut pieces: Vec<&String> = vocabulary.iter().filter(fits).collect();
    pieces.retain(|piece| !marks.is_empty() || !piece.starts_with("##"));
    pieces.sort_by_key(|piece| piece.len());
    pieces
}

fn greedy(word: &str, vocabulary: &[String], longest: bool, inside: &str, keep: bool) -> Vec<String> {
    let (mut rest, mut out) = (word, Vec::new());
    while !rest.is_empty() {
        let marks = if out.is_empty() { "" } else { inside };
        let pieces = fitting(rest, vocabulary, marks);
        let Some(piece) = (if longest { pieces.last() } else { pieces.first() }) else {
            if !keep {
                out.clear();
            }
            out.push(UNKNOWN.to_owned());
            break;
        };
        rest = &rest[piece.len() - marks.len()..];
        out.push((*piece).clone());
    }
    out
}

fn shortest(word: &str, vocabulary: &[String]) -> Vec<String> {
    greedy(word, vocabulary, false, "##", false)
}

fn unknown_rest(word: &str, vocabulary: &[String]) -> Vec<String> {
    greedy(word, vocabulary, true, "##", true)
}

fn without_last(word: &str, vocabulary: &[String]) -> Vec<String> {
    let mut all = truth(word, vocabulary);
    if all != [UNKNOWN] {
        all.pop();
    }
    all
}

fn without_marks(word: &str, vocabulary: &[String]) -> Vec<String> {
    greedy(word, vocabulary, true, "", false)
}

fn backtracking(word: &str, vocabulary: &[String]) -> Vec<String> {
    fn cut(rest: &str, marks: &str, vocabulary: &[String]) -> Option<Vec<String>> {
        if rest.is_empty() {
            return Some(Vec::new());
        }
        fitting(rest, vocabulary, marks)
            .into_iter()
            .rev()
            .find_map(|piece| {
                let mut out = vec![piece.clone()];
                out.extend(cut(&rest[piece.len() - marks.len()..], "##", vocabulary)?);
                Some(out)
            })
    }
    cut(word, "", vocabulary).unwrap_or_else(|| vec![UNKNOWN.to_owned()])
}
