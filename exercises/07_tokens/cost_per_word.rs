//! title: What a word costs
//! concept: cost
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A transformer of l layers, h wide, that reads s tokens at once from a vocabulary of V takes
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) floating-point operations to train on one word, if a word is F
//! tokens.

/// Floating-point operations of training on a word.
#[allow(unused_variables, reason = "not written yet")]
pub fn cost_per_word(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    todo!()
}
