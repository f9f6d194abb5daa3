//! title: HAL's ramp
//! concept: directed windows
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! The text is a list of words' numbers. Cell (w, c) of the result is the sum of size − d + 1 over all places
//! where c stands d places before w, for d from 1 to `size`. What stands after a word does not count in its
//! row. `size` is at least 1.

/// What precedes each word, weighted by HAL's ramp.
#[allow(unused_variables, reason = "not written yet")]
pub fn hal_ramp(words: &[usize], n_words: usize, size: usize) -> Vec<Vec<f32>> {
    todo!()
}
