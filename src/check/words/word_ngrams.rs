//! The n-grams of a word.

use crate::check::cases::{exercise, whole};
use crate::check::exercise::{exactly, get};
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::words::ngrams;

exercise! {
    /// The n-grams of a word, including its boundary marks.
    "06_words/word_ngrams": word_ngrams(word: &str as &String, least: usize as *usize, most: usize as *usize) -> Vec<String>,
    exactly, allowed, random,
    public: [
        ("three and four letters", [String::from("the"), 3_usize, 4_usize]),
        ("a word that is shorter than its pieces may be", [String::from("a"), 3_usize, 6_usize]),
        ("letters, not bytes", [String::from("né"), 3_usize, 3_usize]),
        ("single letters, without the marks", [String::from("cat"), 1_usize, 2_usize]),
        ("too short for any", [String::from("a"), 4_usize, 5_usize]),
    ],
    mistakes: [
        ("no marks", "The marks are missing: put < before the word and > after it, so that a beginning is told from a middle.", no_marks),
        ("marks alone", "A mark by itself is a piece here: leave `<` and `>` out.", marks_alone),
        ("by length", "The order is by length: begin at the left, and give the shorter ones first at each place.", by_length),
        ("only the shortest", "All pieces have the least length: those up to the most are missing.", only_least),
        ("the longest left out", "Pieces of the most length are missing: it is included.", without_most),
        ("the last piece lost", "The last piece is lost: a start counts if the least number of letters follows from it, the last start included.", without_last),
        ("the word itself", "The whole word has been left out: it is a piece if it is not too long.", without_whole),
    ],
}

fn allowed(values: &[Value]) -> bool {
    let (least, most): (Option<usize>, Option<usize>) = (get(values, 1), get(values, 2));
    matches!((least, most), (Some(least), Some(most)) if least >= 1 && least <= most && most < 100)
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let word: String = (0..n).map(|_| ['a', 'b', 'é', 'z'][whole(rng, 0..=3)]).collect();
    let least = whole(rng, 1..=3);
    vec![
        word.to_value(),
        least.to_value(),
        (least + whole(rng, 0..=3)).to_value(),
    ]
}

fn truth(word: &str, least: usize, most: usize) -> Vec<String> {
    ngrams(word, least, most)
}

/// All runs of consecutive letters with `least` to `most` letters.
fn pieces(letters: &[char], least: usize, most: usize) -> Vec<String> {
    let at = |start: usize| (least..=most.min(letters.len() - start)).map(move |n| (start, n));
    (0..letters.len())
        .flat_map(at)
        .map(|(start, n)| letters[start..start + n].iter().collect())
        .collect()
}

fn no_marks(word: &str, least: usize, most: usize) -> Vec<String> {
    pieces(&word.chars().collect::<Vec<char>>(), least, most)
}

fn marks_alone(word: &str, least: usize, most: usize) -> Vec<String> {
    pieces(&format!("<{word}>").chars().collect::<Vec<char>>(), least, most)
}

fn by_length(word: &str, least: usize, most: usize) -> Vec<String> {
    let mut all = truth(word, least, most);
    all.sort_by_key(|piece| piece.chars().count());
    all
}

fn only_least(word: &str, least: usize, _: usize) -> Vec<String> {
    truth(word, least, least)
}

fn without_most(word: &str, least: usize, most: usize) -> Vec<String> {
    let short = |piece: &String| piece.chars().count() < most;
    truth(word, least, most).into_iter().filter(short).collect()
}

fn without_last(word: &str, least: usize, most: usize) -> Vec<String> {
    let mut all = truth(word, least, most);
    all.pop();
    all
}

fn without_whole(word: &str, least: usize, most: usize) -> Vec<String> {
    let whole = format!("<{word}>");
    truth(word, least, most)
        .into_iter()
        .filter(|piece| *piece != whole)
        .collect()
}
