//! title: Which words are kept
//! concept: subsampling
//! points: 1
//! difficulty: 1
//! minutes: 6
//!
//! Frequent words say little about their neighbours. With f = count / total and a threshold t, word2vec's
//! program keeps each occurrence of a word with probability √(t/f) + t/f, or 1 if that is larger than 1.
//! `count` and `total` are at least 1.

/// The probability that an occurrence of the word is kept.
#[allow(unused_variables, reason = "not written yet")]
pub fn subsample_keep(count: u32, total: u32, threshold: f32) -> f32 {
    todo!()
}
