//! title: One word or two?
//! concept: phrases
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Count three things: a, b, and a directly followed by b.
//! hint: A text of one word has no pair; a word that does not occur leaves a 0 below the line.
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
pub fn collocation_score(text: &[usize], a: usize, b: usize, delta: f32) -> f32 {
    // solution
    let times = |word: usize| text.iter().filter(|&&w| w == word).count() as f32;
    let (n_a, n_b) = (times(a), times(b));
    if n_a == 0.0 || n_b == 0.0 {
        return 0.0;
    }
    let n_ab = text.windows(2).filter(|pair| pair[0] == a && pair[1] == b).count() as f32;
    (n_ab - delta) * text.len() as f32 / (n_a * n_b)
    // end
}
