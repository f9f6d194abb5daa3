//! title: Drawing a topic
//! concept: sampling from weights
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: The weights need not sum to 1: where is u times their total?
//! hint: Add the weights up one after the other and stop at the first sum that is larger than u times the total.
//!
//! Lay the weights end to end on a line, and mark the place u · total on it, where `u` is from 0 to below 1.
//! The answer is the number of the weight in which the mark lies: the first k with weights[0] + … +
//! weights[k] > u · total. At a border the next topic begins, and a topic of weight 0 is never drawn. At
//! least one weight is positive.

/// The topic at which the cumulative sum passes `u` times the total.
pub fn draw_topic(weights: &[f32], u: f32) -> usize {
    // solution
    let goal = u * weights.iter().sum::<f32>();
    let mut sum = 0.0;
    for (k, weight) in weights.iter().enumerate() {
        sum += weight;
        if sum > goal {
            return k;
        }
    }
    weights.len() - 1
    // end
}
