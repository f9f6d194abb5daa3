//! title: TF-IDF with smoothing
//! concept: tf-idf
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Row d of `counts` says how often each word occurs in document d. With N documents, n of which have the
//! word, the smooth IDF is ln((1 + N) / (1 + n)) + 1. It does not matter how often a document has the
//! word. Multiply each count by its word's IDF, then divide each row by its Euclidean length. A row of
//! zeros stays a row of zeros.

/// The counts weighted by smooth idf, each row of length 1.
#[allow(unused_variables, reason = "not written yet")]
pub fn tf_idf(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
