//! title: Weights of what may be seen
//! concept: masks
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: A masked score counts as −∞: its exponential is 0, so it adds nothing to the sum.
//! hint: Subtract the largest allowed score from all before taking exponentials.
//! hint: Where nothing is allowed the sum is 0: return zeros and do not divide.
//!
//! Return the softmax of the scores that are allowed,
//!
//!     p_i = e^(s_i) / Σ_j e^(s_j),        j over the allowed scores alone,
//!
//! and 0 for the others. Where nothing is allowed all weights are 0. The answer must be right also where
//! e^s is too large for an `f32`, or where all allowed ones are so small that they become 0. `allowed` has
//! a `true` for each score that counts.

/// The weights of the scores that are allowed.
pub fn masked_softmax(scores: &[f32], allowed: &[bool]) -> Vec<f32> {
    // solution
    let mut top = f32::NEG_INFINITY;
    for (s, may) in scores.iter().zip(allowed) {
        if *may {
            top = top.max(*s);
        }
    }
    let gate = |may: bool, s: f32| if may { (s - top).exp() } else { 0.0 };
    let weights: Vec<f32> = scores.iter().zip(allowed).map(|(s, may)| gate(*may, *s)).collect();
    let sum: f32 = weights.iter().sum();
    if sum == 0.0 {
        return weights;
    }
    weights.iter().map(|w| w / sum).collect()
    // end
}
