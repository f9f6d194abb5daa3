//! title: A soft gate
//! concept: GELU
//! points: 1
//! difficulty: 1
//! minutes: 5
//! hint: √(2/π) is `(2.0 / std::f32::consts::PI).sqrt()`.
//!
//! Return x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), GELU as GPT-2 computes it.

/// GELU of a number, approximated with tanh.
pub fn gelu(x: f32) -> f32 {
    // solution
    let root = (2.0 / std::f32::consts::PI).sqrt();
    let inner = root * (x + 0.044715 * x * x * x);
    0.5 * x * (1.0 + inner.tanh())
    // end
}
