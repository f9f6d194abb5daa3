//! title: A word by the company it keeps
//! concept: distributional hypothesis
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: A table of zeros: `vec![vec![0.0; n_words]; n_words]`.
//! hint: For each position i, look at the positions from i − window to i + window that exist, but not at i itself.
//! hint: `i.saturating_sub(window)` is 0 where i − window would be negative.
//!
//! The text is a list of words' numbers. Cell (a, b) of the result counts how often word b occurs at most
//! `window` positions before or after word a. A word is no neighbour of itself at its own position, but
//! it is one of another occurrence of the same word.

/// How often each word stands within `window` places of each other.
pub fn cooccurrence(words: &[usize], n_words: usize, window: usize) -> Vec<Vec<f32>> {
    // solution
    let mut counts = vec![vec![0.0; n_words]; n_words];
    for (i, &word) in words.iter().enumerate() {
        let first = i.saturating_sub(window);
        for (j, &other) in words.iter().enumerate().skip(first).take(i + window + 1 - first) {
            if i != j {
                counts[word][other] += 1.0;
            }
        }
    }
    counts
    // end
}
