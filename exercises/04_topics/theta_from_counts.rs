//! title: The topics of a document
//! concept: P(topic | document)
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! `topics` has the topic of each of the document's N places, a number below K = `n_topics`. The share of
//! topic k is (n_k + α) / (N + K·α), where n_k places have topic k. A document without places has 1/K of each
//! topic.

/// How much of each topic a document has.
#[allow(unused_variables, reason = "not written yet")]
pub fn theta_from_counts(topics: &[usize], n_topics: usize, alpha: f32) -> Vec<f32> {
    todo!()
}
