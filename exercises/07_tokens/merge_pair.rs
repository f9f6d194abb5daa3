//! title: One merge
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Replace each occurrence of the pair by the new token, from left to right: a token that has been merged is
//! used up, so 5 5 5 with the pair (5, 5) becomes the new token and a 5.

/// `tokens` with `pair` merged into `new`.
#[allow(unused_variables, reason = "not written yet")]
pub fn merge_pair(tokens: &[u32], pair: (u32, u32), new: u32) -> Vec<u32> {
    todo!()
}
