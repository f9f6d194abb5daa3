//! title: The likeliest cut
//! concept: unigram model
//! points: 4
//! difficulty: 3
//! minutes: 30
//!
//! Each piece has a score, the logarithm of its probability, below 0. The score of a cut is the sum of
//! its pieces' scores. Find the cut of the text with the largest sum. If two cuts have the same sum,
//! either is right; if there is no cut, the result is empty. The texts are of the letters a to z.

/// The cut of `text` with the largest sum of scores.
#[allow(unused_variables, reason = "not written yet")]
pub fn viterbi(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    todo!()
}
