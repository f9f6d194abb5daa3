//! title: Order by rotation
//! concept: permutation
//! points: 1
//! difficulty: 1
//! minutes: 6
//!
//! To tell *before* from *after*, random indexing permutes index vectors. The simplest permutation is a
//! rotation: the number at position i goes to position i + `by`, and what leaves at one end comes in at
//! the other. A negative `by` rotates to the left. `by` may be larger than the length. An empty vector
//! stays empty.

/// `vector`, rotated to the right by `by` places.
#[allow(unused_variables, reason = "not written yet")]
pub fn rotated(vector: &[f32], by: i64) -> Vec<f32> {
    todo!()
}
