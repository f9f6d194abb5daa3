//! title: HAL's ramp
//! concept: directed windows
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: For each position i and each distance d from 1 to `size` that does not go below position 0.
//! hint: A neighbour at distance d counts size − d + 1.
//!
//! The text is a list of words' numbers. In cell (w, c) of the result, every occurrence of c that is d
//! positions before an occurrence of w counts size − d + 1, for d from 1 to `size`; all these are added
//! up. What comes after a word does not count in its row. `size` is at least 1.

/// What precedes each word, weighted by HAL's ramp.
pub fn hal_ramp(words: &[usize], n_words: usize, size: usize) -> Vec<Vec<f32>> {
    // solution
    let mut matrix = vec![vec![0.0; n_words]; n_words];
    for (i, &word) in words.iter().enumerate() {
        for d in 1..=size.min(i) {
            matrix[word][words[i - d]] += (size - d + 1) as f32;
        }
    }
    matrix
    // end
}
