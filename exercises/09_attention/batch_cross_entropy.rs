//! title: The loss of a language model
//! concept: cross entropy
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! `logits[i]` has a number for each token of the vocabulary at position i, and `targets[i]` is the token
//! that came. With p the softmax of a row, the loss is the mean of −ln p[target] over all positions. Return
//! the loss and its derivatives by the logits. Both must be right also where e^y is too large for an `f32`,
//! and where the target's probability is so small that it becomes 0. There is at least one position.

/// The mean loss, and its derivatives by the logits.
#[allow(unused_variables, reason = "not written yet")]
pub fn batch_cross_entropy(logits: &[Vec<f32>], targets: &[usize]) -> (f32, Vec<Vec<f32>>) {
    todo!()
}
