//! title: Training by byte-pair encoding
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 3
//! minutes: 30
//!
//! Words are lists of tokens, at first one for each character; word i occurs counts[i] times. Again and
//! again: count how often each pair of tokens stands side by side, merge the most frequent pair everywhere,
//! from left to right, into one token, and note it. Of pairs that are equally frequent the first by the
//! alphabet is merged (compare the first tokens, then the second ones). Up to n_merges merges, fewer when no
//! pair is left.

/// The merges that are learnt, in order.
#[allow(unused_variables, reason = "not written yet")]
pub fn bpe_train(words: &[String], counts: &[u64], n_merges: usize) -> Vec<(String, String)> {
    todo!()
}
