//! title: Bold or careful
//! concept: temperature
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: T = 0 is a case of its own: find the first of the largest logits.
//! hint: Otherwise subtract the largest logit, divide by T, and take the softmax.
//!
//! Return the probabilities of the tokens at the temperature T: the softmax of y/T, where the y are the
//! logits. T = 0 means that the token with the largest logit has probability 1 and all others 0; of equal
//! logits the first one takes all. The answer must be right also where e^(y/T) is too large for an `f32`.
//! There is at least one token, and T is not negative.

/// The probabilities of the tokens.
pub fn with_temperature(logits: &[f32], temperature: f32) -> Vec<f32> {
    // solution
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if temperature == 0.0 {
        let mut p = vec![0.0; logits.len()];
        if let Some(best) = logits.iter().position(|y| *y == top) {
            p[best] = 1.0;
        }
        return p;
    }
    let weights: Vec<f32> = logits.iter().map(|y| ((y - top) / temperature).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|w| w / sum).collect()
    // end
}
