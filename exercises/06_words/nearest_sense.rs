//! title: Which bank?
//! concept: senses
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! A word has several senses, each with a vector. Which one is meant is told by the words around it: take the
//! mean of their vectors, and give the number of the sense whose vector has the largest cosine with it, the
//! first one if several have. There is at least one context word and one sense, all vectors have one length
//! and none is all zeros, nor is the mean.

/// The number of the sense that fits the context best.
#[allow(unused_variables, reason = "not written yet")]
pub fn nearest_sense(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    todo!()
}
