//! title: The loss of a pair
//! concept: GloVe
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: Four steps: the weight, the prediction w·c + b_w + b_c, the error against ln x, the square.
//! hint: ln 0 is −∞, and 0 · ∞ is not a number: a pair that never met needs a case of its own.
//!
//! Two words met `x` times. With their vectors w and c and a number for each, b_w and b_c, GloVe's loss of
//! this pair is
//!
//!     f(x) · (w·c + b_w + b_c − ln x)²,        f(x) = min(1, (x / x_max)^(3/4)),
//!
//! where ln is the natural logarithm. A pair that never met (x = 0) has loss 0. Both vectors have the same
//! length, at least 1.

/// The weighted squared error of the prediction of ln x.
pub fn glove_loss(w: &[f32], c: &[f32], b_w: f32, b_c: f32, x: f32, x_max: f32) -> f32 {
    // solution
    if x == 0.0 {
        return 0.0;
    }
    let product: f32 = w.iter().zip(c).map(|(a, b)| a * b).sum();
    let error = product + b_w + b_c - x.ln();
    (x / x_max).powf(0.75).min(1.0) * error * error
    // end
}
