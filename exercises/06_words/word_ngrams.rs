//! title: The pieces of a word
//! concept: fastText
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! fastText sees a word as its n-grams. Put `<` before the word and `>` after it, and return all pieces
//! of `least` to `most` characters: from left to right by where they begin, and the shorter first if they
//! begin at the same position. A mark alone is not a piece. `least` is at least 1 and not above `most`.

/// The n-grams of a word with its marks.
#[allow(unused_variables, reason = "not written yet")]
pub fn word_ngrams(word: &str, least: usize, most: usize) -> Vec<String> {
    todo!()
}
