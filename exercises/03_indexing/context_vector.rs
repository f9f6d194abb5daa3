//! title: The context vector of one occurrence
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! The text is a list of words' numbers, and `index[w]` is the index vector of word w. Add up the index
//! vectors of all words at most `window` positions before or after position `at`, but not that of
//! position `at` itself. A word that occurs there twice counts twice. The text does not go round: there
//! is nothing before its first position or after its last. There is at least one word, `at` is a position
//! of the text, and all index vectors have the same length.

/// What the window around place `at` adds to the context vector of the word there.
#[allow(unused_variables, reason = "not written yet")]
pub fn context_vector(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
