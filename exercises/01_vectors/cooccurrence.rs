//! title: A word by the company it keeps
//! concept: distributional hypothesis
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. Cell (a, b) of the result counts how often word b occurs at most
//! `window` positions before or after word a. A word is no neighbour of itself at its own position, but
//! it is one of another occurrence of the same word.

/// How often each word stands within `window` places of each other.
#[allow(unused_variables, reason = "not written yet")]
pub fn cooccurrence(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    todo!()
}
