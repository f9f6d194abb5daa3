//! title: The words of a topic
//! concept: P(word | topic)
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! `counts` has a row for each topic and a column for each of the V words: how often the word has the topic.
//! The result has the same shape, P(word | topic) = (n_kw + η) / (n_k + V·η), where n_k is the sum of row k.
//! Each row then sums to 1.

/// P(word | topic) from counts.
#[allow(unused_variables, reason = "not written yet")]
pub fn phi_from_counts(counts: &[Vec<u32>], eta: f32) -> Vec<Vec<f32>> {
    todo!()
}
