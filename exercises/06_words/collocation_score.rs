//! title: One word or two?
//! concept: phrases
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `new york` is an expression: york comes directly after new far more often than chance would have it.
//! word2vec's score is
//!
//!     score(a, b) = (n(ab) − delta) · N / (n(a) · n(b))
//!
//! with n(a) and n(b) how often each word is in the text, n(ab) how often b comes directly after a, and N the
//! number of words of the text. Give the score of words `a` and `b` in `text`, whose words are numbers. If
//! one of them does not occur, the score is 0.

/// How much more often b follows a than by chance.
#[allow(unused_variables, reason = "not written yet")]
pub fn collocation_score(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    todo!()
}
