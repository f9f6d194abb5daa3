//! title: Fertility and split words
//! concept: measures
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! The list has the number of tokens of each word, 1 or more. The result is the fertility (tokens a word) and
//! the share of words that are split into two tokens or more, from 0 to 1. Without words both are 0.

/// Tokens a word, and the share of split words.
#[allow(unused_variables, reason = "not written yet")]
pub fn split_words(tokens: &[usize]) -> (f64, f64) {
    todo!()
}
