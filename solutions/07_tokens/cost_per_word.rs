//! title: What a word costs
//! concept: cost
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: C = 96 F l h² (1 + s/(6h) + V/(16 l h)).
//! hint: Turn all whole numbers into f64 before you divide.
//!
//! A transformer of l layers, h wide, that reads s tokens at once from a vocabulary of V takes
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) floating-point operations to train on one word, if a word is F
//! tokens.

/// Floating-point operations of training on a word.
pub fn cost_per_word(fertility: f64, layers: usize, width: usize, context: usize, vocab_size: usize) -> f64 {
    // solution
    let [l, h, s, v] = [layers, width, context, vocab_size].map(|n| n as f64);
    96.0 * fertility * l * h * h * (1.0 + s / (6.0 * h) + v / (16.0 * l * h))
    // end
}
