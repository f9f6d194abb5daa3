//! title: The context vector of a place
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! The text is a list of words' numbers; `index[w]` is the index vector of word w. Add up the index vectors
//! of all words that stand at most `window` places before or after place `at`, but not that of place `at`
//! itself. A word that stands there twice counts twice. The text does not go round: before its first place
//! and after its last there is nothing. There is at least one word, `at` is a place of the text, and all
//! index vectors have the same length.

/// What the window around place `at` adds to the context vector of the word there.
#[allow(unused_variables, reason = "not written yet")]
pub fn context_vector(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
