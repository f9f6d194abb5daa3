//! title: Order by rotation
//! concept: permutation
//! points: 1
//! difficulty: 1
//! minutes: 6
//! hint: The number of place i goes to place i + by, counted round and round.
//! hint: `(i as i64 + by).rem_euclid(n as i64)` is never negative, unlike `%`.
//!
//! To tell *before* from *after*, random indexing permutes index vectors. The simplest permutation is a
//! rotation: the number in place i goes to place i + `by`; what leaves at one end comes in at the other. A
//! negative `by` rotates to the left. It may be larger than the vector is long. An empty vector stays empty.

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
