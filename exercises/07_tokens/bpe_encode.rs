//! title: Encoding by rank
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Cut a word into tokens with merges that are listed in the order in which they were learned. At first
//! each character is a token. Of all merges whose pair occurs among the tokens, apply the one that was
//! learned first, everywhere, from left to right. Repeat until no pair of neighbours is in the list.

/// The tokens of `word`.
#[allow(unused_variables, reason = "not written yet")]
pub fn bpe_encode(word: &str, merges: &[(String, String)]) -> Vec<String> {
    todo!()
}
