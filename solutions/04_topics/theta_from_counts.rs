//! title: The topics of a document
//! concept: P(topic | document)
//! points: 2
//! difficulty: 1
//! minutes: 8
//! hint: A count for each topic: `vec![0.0; n_topics]`.
//! hint: Every topic gets α, so the counts sum to N + K·α.
//!
//! `topics` has the topic of each of the document's N places, a number below K = `n_topics`. The share of
//! topic k is (n_k + α) / (N + K·α), where n_k places have topic k. A document without places has 1/K of each
//! topic.

/// How much of each topic a document has.
pub fn theta_from_counts(topics: &[usize], n_topics: usize, alpha: f32) -> Vec<f32> {
    // solution
    let mut counts = vec![alpha; n_topics];
    for &topic in topics {
        counts[topic] += 1.0;
    }
    let sum = topics.len() as f32 + n_topics as f32 * alpha;
    counts.iter().map(|n| n / sum).collect()
    // end
}
