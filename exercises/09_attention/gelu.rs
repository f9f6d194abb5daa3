//! title: A soft gate
//! concept: GELU
//! points: 1
//! difficulty: 1
//! minutes: 5
//!
//! Return x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), GELU as GPT-2 computes it.

/// GELU of a number, approximated with tanh.
#[allow(unused_variables, reason = "not written yet")]
pub fn gelu(x: f32) -> f32 {
    todo!()
}
