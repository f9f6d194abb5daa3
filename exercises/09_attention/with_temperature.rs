//! title: Bold or careful
//! concept: temperature
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Return the probabilities of the tokens at the temperature T: the softmax of y/T, where the y are the
//! logits. T = 0 means that the token with the largest logit has probability 1 and all others 0; of equal
//! logits the first one takes all. The answer must be right also where e^(y/T) is too large for an `f32`.
//! There is at least one token, and T is not negative.

/// The probabilities of the tokens.
#[allow(unused_variables, reason = "not written yet")]
pub fn with_temperature(logits: &[f32], temperature: f32) -> Vec<f32> {
    todo!()
}
