//! title: The mean of a window
//! concept: continuous bag of words
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! CBOW guesses the word at place `at` of a text from the mean of its neighbours' vectors. The text is a list
//! of words' numbers, and `vectors[w]` is the vector of word w. The neighbours are the words at most `window`
//! places before or after `at`, without the word at `at` itself; a word that stands there twice counts twice.
//! Without a neighbour the mean is all zeros. All vectors have one length.

/// The mean of the vectors of the words around place `at`.
#[allow(unused_variables, reason = "not written yet")]
pub fn cbow_mean(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    todo!()
}
