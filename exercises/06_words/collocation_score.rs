//! title: One word or two?
//! concept: phrases
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `new york` is an expression: york comes directly after new far more often than by chance. word2vec's
//! score is
//!
//!     score(a, b) = (n(ab) − delta) · N / (n(a) · n(b)),
//!
//! where n(a) and n(b) say how often each word is in the text, n(ab) how often b comes directly after a,
//! and N is the number of words of the text. Return the score of words `a` and `b` in `text`, whose words
//! are numbers. If one of the two does not occur, the score is 0.

/// How much more often b follows a than by chance.
#[allow(unused_variables, reason = "not written yet")]
pub fn collocation_score(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    todo!()
}
