//! title: Training by byte-pair encoding
//! concept: byte-pair encoding
//! points: 4
//! difficulty: 3
//! minutes: 30
//!
//! Words are lists of tokens, at first one for each character; word i occurs counts[i] times. Repeat:
//! count how often each pair of tokens occurs side by side, merge the most frequent pair everywhere, from
//! left to right, into one token, and note it. If several pairs are equally frequent, merge the first by
//! the alphabet (compare the first tokens, then the second ones). Make n_merges merges, or fewer if no
//! pair is left.

/// The merges that are learnt, in order.
#[allow(unused_variables, reason = "not written yet")]
pub fn bpe_train(words: &[String], counts: &[u64], n_merges: usize) -> Vec<(String, String)> {
    todo!()
}
