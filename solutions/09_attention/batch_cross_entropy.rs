//! title: The loss of a language model
//! concept: cross entropy
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: −ln p of the target is ln Σ e^y − y of the target; with m the largest logit, ln Σ e^y = m + ln Σ e^(y − m).
//! hint: The derivative of a row's loss by its logits is p − y, where y is 1 at the target and 0 elsewhere.
//! hint: The loss is a mean, so each derivative is divided by the number of positions.
//!
//! `logits[i]` has a number for each token of the vocabulary at position i, and `targets[i]` is the token
//! that came. With p the softmax of a row, the loss is the mean of −ln p[target] over all positions. Return
//! the loss and its derivatives by the logits. Both must be right also where e^y is too large for an `f32`,
//! and where the target's probability is so small that it becomes 0. There is at least one position.

/// The mean loss, and its derivatives by the logits.
pub fn batch_cross_entropy(logits: &[Vec<f32>], targets: &[usize]) -> (f32, Vec<Vec<f32>>) {
    // solution
    let n = targets.len() as f32;
    let mut loss = 0.0;
    let mut gradient = Vec::new();
    for (row, &target) in logits.iter().zip(targets) {
        let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = row.iter().map(|y| (y - top).exp()).sum();
        loss += (top + sum.ln() - row[target]) / n;
        let mut by: Vec<f32> = row.iter().map(|y| (y - top).exp() / sum / n).collect();
        by[target] -= 1.0 / n;
        gradient.push(by);
    }
    (loss, gradient)
    // end
}
