//! title: Which bank?
//! concept: senses
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! A word has several senses, each with a vector. The words around it tell which one is meant: take the
//! mean of their vectors, and return the number of the sense whose vector has the largest cosine with the
//! mean. If several have the same, take the first. There is at least one context word and one sense, all
//! vectors have the same length, and neither they nor the mean are all zeros.

/// The number of the sense that fits the context best.
#[allow(unused_variables, reason = "not written yet")]
pub fn nearest_sense(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    todo!()
}
