//! title: Only the best k
//! concept: top-k sampling
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: Sort the numbers of the tokens by their probability, largest first; `sort_by` keeps the order of equal ones.
//! hint: Set all but the first k to 0, and divide by what is left in sum.
//!
//! Keep the `k` most probable tokens and give the others the probability 0. What is left is scaled to sum
//! to 1. Exactly k tokens are kept: of equally probable ones those that come first. If there are fewer than
//! k tokens, all are kept. `p` sums to 1, and `k` is above 0.

/// The probabilities of the k most probable tokens, and 0 for the others.
pub fn keep_top_k(p: &[f32], k: usize) -> Vec<f32> {
    // solution
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut kept = vec![0.0; p.len()];
    for i in order.into_iter().take(k) {
        kept[i] = p[i];
    }
    let sum: f32 = kept.iter().sum();
    kept.iter().map(|p| p / sum).collect()
    // end
}
