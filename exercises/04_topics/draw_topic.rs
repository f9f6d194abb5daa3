//! title: Drawing a topic
//! concept: sampling from weights
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Lay the weights end to end on a line, and mark the place u · total on it, where `u` is from 0 to below 1.
//! The answer is the number of the weight in which the mark lies: the first k with weights[0] + … +
//! weights[k] > u · total. At a border the next topic begins, and a topic of weight 0 is never drawn. At
//! least one weight is positive.

/// The topic at which the cumulative sum passes `u` times the total.
#[allow(unused_variables, reason = "not written yet")]
pub fn draw_topic(weights: &[f32], u: f32) -> usize {
    todo!()
}
