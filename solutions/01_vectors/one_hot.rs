//! title: One-hot vectors
//! concept: representation
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: `vocabulary.iter().position(…)` finds the position of a word, or nothing.
//! hint: `?` ends a function that returns an `Option` where there is nothing.
//! hint: Start from `vec![0.0; vocabulary.len()]`.
//!
//! The one-hot vector of a word has a 1 at the word's position in the vocabulary and 0 everywhere else.
//! Positions are counted from 0. A word that is not in the vocabulary has no vector.

/// The one-hot vector of `word`, or nothing.
pub fn one_hot(word: &str, vocabulary: &[String]) -> Option<Vec<f32>> {
    // solution
    let place = vocabulary.iter().position(|other| other == word)?;
    let mut vector = vec![0.0; vocabulary.len()];
    vector[place] = 1.0;
    Some(vector)
    // end
}
