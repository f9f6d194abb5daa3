//! title: Analogies by multiplying
//! concept: analogies
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! a is to b as c is to …? Levy and Goldberg's 3CosMul gives a candidate d the score
//!
//!     s(d, b) · s(d, c) / (s(d, a) + 0.001),        s(u, v) = (cos(u, v) + 1) / 2.
//!
//! `question` has the vectors of a, b and c, in this order. Return the number of the candidate with the
//! largest score, and the first of them if several have it. No vector is all zeros, all have the same
//! length, and there is at least one candidate.

/// The number of the candidate that completes the analogy.
#[allow(unused_variables, reason = "not written yet")]
pub fn cos_mul(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    todo!()
}
