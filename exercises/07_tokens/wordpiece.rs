//! title: WordPiece's longest match
//! concept: WordPiece
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Cut a word from left to right: at each position take the longest piece of the vocabulary that fits. At
//! the beginning of the word, pieces without `##` fit; further on, only pieces that are written with `##`
//! in front. Once taken, a piece stays. If no piece fits, the whole word is the one token `[UNK]`. The
//! words are of the letters a to z, and not empty.

/// The pieces of `word`.
#[allow(unused_variables, reason = "not written yet")]
pub fn wordpiece(word: &str, vocabulary: &[String]) -> Vec<String> {
    todo!()
}
