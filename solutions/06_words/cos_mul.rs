//! title: Analogies by multiplying
//! concept: analogies
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Write a function for (cos + 1) / 2 first.
//! hint: The candidate should be like b and like c, and unlike a.
//!
//! a is to b as c is to …? Levy and Goldberg's 3CosMul gives a candidate d the score
//!
//!     s(d, b) · s(d, c) / (s(d, a) + 0.001),        s(u, v) = (cos(u, v) + 1) / 2.
//!
//! `question` has the vectors of a, b and c, in this order. Return the number of the candidate with the
//! largest score, and the first of them if several have it. No vector is all zeros, all have the same
//! length, and there is at least one candidate.

/// The number of the candidate that completes the analogy.
pub fn cos_mul(question: &[Vec<f32>], candidates: &[Vec<f32>]) -> usize {
    // solution
    let dot = |u: &[f32], v: &[f32]| u.iter().zip(v).map(|(x, y)| x * y).sum::<f32>();
    let s = |u: &[f32], v: &[f32]| (dot(u, v) / (dot(u, u) * dot(v, v)).sqrt() + 1.0) / 2.0;
    let mut best = (0, f32::NEG_INFINITY);
    for (i, d) in candidates.iter().enumerate() {
        let score = s(d, &question[1]) * s(d, &question[2]) / (s(d, &question[0]) + 0.001);
        if score > best.1 * (1.0 + 1e-5) || i == 0 {
            best = (i, score);
        }
    }
    best.0
    // end
}
