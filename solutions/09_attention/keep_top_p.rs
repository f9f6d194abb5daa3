//! title: The nucleus
//! concept: top-p sampling
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Sort the numbers of the tokens by their probability, largest first, and add the probabilities up.
//! hint: Stop as soon as the sum is `mass` or more: the token that crosses the border is kept.
//!
//! Keep the fewest most probable tokens whose probabilities sum to `mass` or more, and give the others the
//! probability 0. What is left is scaled to sum to 1. Of equally probable tokens those that come first are
//! kept. `p` sums to 1, and `mass` is above 0 and at most 1.

/// The probabilities of the fewest most probable tokens that reach `mass`, and 0 for the others.
pub fn keep_top_p(p: &[f32], mass: f32) -> Vec<f32> {
    // solution
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut kept = vec![0.0; p.len()];
    let mut sum = 0.0;
    for i in order {
        if sum >= mass {
            break;
        }
        kept[i] = p[i];
        sum += p[i];
    }
    kept.iter().map(|p| p / sum).collect()
    // end
}
