//! title: A word by the company it keeps
//! concept: distributional hypothesis
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. Cell (a, b) of the result counts how often word b stands at most
//! `window` places before or after word a. A word does not keep itself company at its own place, but does at
//! another.

/// How often each word stands within `window` places of each other.
#[allow(unused_variables, reason = "not written yet")]
pub fn cooccurrence(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    todo!()
}
