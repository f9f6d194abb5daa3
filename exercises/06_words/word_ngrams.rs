//! title: The pieces of a word
//! concept: fastText
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! fastText sees a word as its n-grams. Put `<` before the word and `>` after it, and give all pieces of
//! `least` to `most` characters: from left to right by where they begin, and of those that begin at one place
//! the shorter first. A mark by itself is no piece. `least` is at least 1 and not above `most`.

/// The n-grams of a word with its marks.
#[allow(unused_variables, reason = "not written yet")]
pub fn word_ngrams(word: &str, least: usize, most: usize) -> Vec<String> {
    todo!()
}
