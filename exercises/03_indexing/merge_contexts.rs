//! title: Two models become one
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Two models were made with the same index vectors, from different texts. Each is a list of words with their
//! context vectors, each word once. The model of both texts has every word of either. A word that is in both
//! has the sum of its two vectors. First come the words of the first model, in its order; then those that
//! only the second has, in its order. All vectors have the same length.

/// The model of both texts.
#[allow(unused_variables, reason = "not written yet")]
pub fn merge_contexts(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Vec<(String, Vec<f32>)> {
    todo!()
}
