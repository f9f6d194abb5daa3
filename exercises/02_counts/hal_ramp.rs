//! title: HAL's ramp
//! concept: directed windows
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. In cell (w, c) of the result, every occurrence of c that is d
//! positions before an occurrence of w counts size − d + 1, for d from 1 to `size`; all these are added
//! up. What comes after a word does not count in its row. `size` is at least 1.

/// What precedes each word, weighted by HAL's ramp.
#[allow(unused_variables, reason = "not written yet")]
pub fn hal_ramp(words: &[usize], n_words: usize, size: usize) -> Vec<Vec<f32>> {
    todo!()
}
