//! title: Order by rotation
//! concept: permutation
//! points: 1
//! difficulty: 1
//! minutes: 6
//! hint: The number at position i goes to position i + by, counted round and round.
//! hint: `(i as i64 + by).rem_euclid(n as i64)` is never negative, unlike `%`.
//!
//! To tell *before* from *after*, random indexing permutes index vectors. The simplest permutation is a
//! rotation: the number at position i goes to position i + `by`, and what leaves at one end comes in at
//! the other. A negative `by` rotates to the left. `by` may be larger than the length. An empty vector
//! stays empty.

/// `vector`, rotated to the right by `by` places.
pub fn rotated(vector: &[f32], by: i64) -> Vec<f32> {
    // solution
    let n = vector.len() as i64;
    let mut out = vec![0.0; vector.len()];
    for (i, x) in vector.iter().enumerate() {
        out[(i as i64 + by).rem_euclid(n) as usize] = *x;
    }
    out
    // end
}
