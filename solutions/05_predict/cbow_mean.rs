//! title: The mean of a window
//! concept: continuous bag of words
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: The window runs from `at − window`, or 0 if that is negative, to `at + window`, or the last place.
//! hint: Near the ends there are fewer neighbours: divide by how many there are.
//!
//! CBOW guesses the word at place `at` of a text from the mean of its neighbours' vectors. The text is a list
//! of words' numbers, and `vectors[w]` is the vector of word w. The neighbours are the words at most `window`
//! places before or after `at`, without the word at `at` itself; a word that stands there twice counts twice.
//! Without a neighbour the mean is all zeros. All vectors have one length.

/// The mean of the vectors of the words around place `at`.
pub fn cbow_mean(text: &[usize], at: usize, window: usize, vectors: &[Vec<f32>]) -> Vec<f32> {
    // solution
    let mut mean = vec![0.0; vectors[text[at]].len()];
    let mut n = 0.0;
    for place in at.saturating_sub(window)..=(at + window).min(text.len() - 1) {
        if place != at {
            n += 1.0;
            for (sum, x) in mean.iter_mut().zip(&vectors[text[place]]) {
                *sum += x;
            }
        }
    }
    if n > 0.0 {
        for x in &mut mean {
            *x /= n;
        }
    }
    mean
    // end
}
