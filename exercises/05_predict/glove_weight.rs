//! title: How much a pair counts
//! concept: GloVe
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! GloVe weighs the pairs of words: f(x) = (x / x_max)^(3/4) for a pair that met x times, but at most 1. A
//! pair that never met (x = 0) has weight 0. `x` is not negative, `x_max` is positive.

/// The weight of a pair that met `x` times.
#[allow(unused_variables, reason = "not written yet")]
pub fn glove_weight(x: f32, x_max: f32) -> f32 {
    todo!()
}
