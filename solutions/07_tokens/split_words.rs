//! title: Fertility and split words
//! concept: measures
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: Fertility is all tokens over all words.
//! hint: A word is split if it has two tokens or more.
//! hint: Look at the case without words before you divide.
//!
//! The list has the number of tokens of each word, 1 or more. The result is the fertility (tokens a word) and
//! the share of words that are split into two tokens or more, from 0 to 1. Without words both are 0.

/// Tokens a word, and the share of split words.
pub fn split_words(tokens: &[usize]) -> (f64, f64) {
    // solution
    if tokens.is_empty() {
        return (0.0, 0.0);
    }
    let n_words = tokens.len() as f64;
    let split = tokens.iter().filter(|n| **n >= 2).count();
    (tokens.iter().sum::<usize>() as f64 / n_words, split as f64 / n_words)
    // end
}
