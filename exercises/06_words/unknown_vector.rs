//! title: A vector for a word never seen
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! A word that the training never saw still has pieces that it did see. Its vector is the mean of the vectors
//! of its known pieces. `pieces` are the word's n-grams; one that comes twice counts twice. `known` has
//! pieces with their vectors, each piece once, all vectors of one length, at least one entry. A piece that is
//! not in `known` does not count at all. If none is known, the vector is all zeros.

/// The mean of the known pieces' vectors.
#[allow(unused_variables, reason = "not written yet")]
pub fn unknown_vector(pieces: &[String], known: &[(String, Vec<f32>)]) -> Vec<f32> {
    todo!()
}
