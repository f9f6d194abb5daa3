//! title: One-hot vectors
//! concept: representation
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! The one-hot vector of a word has a 1 at the word's position in the vocabulary and 0 everywhere else.
//! Positions are counted from 0. A word that is not in the vocabulary has no vector.

/// The one-hot vector of `word`, or nothing.
#[allow(unused_variables, reason = "not written yet")]
pub fn one_hot(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    todo!()
}
