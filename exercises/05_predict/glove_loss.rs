//! title: The loss of a pair
//! concept: GloVe
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! Two words met `x` times. With their vectors w and c and a number for each, b_w and b_c, GloVe's loss of
//! this pair is
//!
//!     f(x) · (w·c + b_w + b_c − ln x)²,        f(x) = min(1, (x / x_max)^(3/4)),
//!
//! where ln is the natural logarithm. A pair that never met (x = 0) has loss 0. Both vectors have the same
//! length, at least 1.

/// The weighted squared error of the prediction of ln x.
#[allow(unused_variables, reason = "not written yet")]
pub fn glove_loss(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    todo!()
}
