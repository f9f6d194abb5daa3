//! title: The context vector of one occurrence
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Begin with zeros, as many as an index vector has.
//! hint: The positions run from `at − window`, or 0 if that is negative, to `at + window`, or the last position if that is beyond it.
//! hint: `at.saturating_sub(window)` is 0 where the difference would be negative.
//!
//! The text is a list of words' numbers, and `index[w]` is the index vector of word w. Add up the index
//! vectors of all words at most `window` positions before or after position `at`, but not that of
//! position `at` itself. A word that occurs there twice counts twice. The text does not go round: there
//! is nothing before its first position or after its last. There is at least one word, `at` is a position
//! of the text, and all index vectors have the same length.

/// What the window around place `at` adds to the context vector of the word there.
pub fn context_vector(words: &[usize], at: usize, window: usize, index: &[Vec<f32>]) -> Vec<f32> {
    // solution
    let mut context = vec![0.0; index[words[at]].len()];
    let first = at.saturating_sub(window);
    let last = (at + window).min(words.len() - 1);
    for place in first..=last {
        if place != at {
            for (sum, x) in context.iter_mut().zip(&index[words[place]]) {
                *sum += x;
            }
        }
    }
    context
    // end
}
