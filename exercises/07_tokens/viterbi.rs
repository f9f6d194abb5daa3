//! title: The likeliest cut
//! concept: unigram model
//! points: 3
//! difficulty: 3
//! minutes: 30
//! hint: Let best[end] be the largest sum of a cut of the first `end` bytes. What can the last piece be?
//! hint: best[end] = the largest of best[end − length of the piece] + its score, over the pieces that end there. Remember which piece it was.
//! hint: Go back from the end of the text, piece by piece, and reverse.
//!
//! Each piece has a score, the logarithm of its probability, below 0. The score of a cut is the sum of its pieces' scores. Find the cut of the
//! text with the largest sum. Where two cuts have the same sum either is right; where there is no cut the result is empty. The texts are of
//! the letters a to z.

/// The cut of `text` with the largest sum of scores.
#[allow(unused_variables, reason = "not written yet")]
pub fn viterbi(text: &str, pieces: &[String], scores: &[f32]) -> Vec<String> {
    todo!()
}
