//! title: A tokenizer of your own
//! concept: byte-pair encoding
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! Put the pieces together. `words` are the words of a corpus, and word i occurs `counts[i]` times in it.
//! Learn `n_merges` merges from them, as in `bpe_train`. Then cut `text` into words at its spaces, and encode
//! each word with these merges, as in `bpe_encode`. Return the tokens of each word, in the order of the text.
//! An empty text has no words; there are no two spaces side by side.

/// The tokens of each word of `text`, by merges that were learned from `words`.
#[allow(unused_variables, reason = "not written yet")]
pub fn own_tokenizer(words: &[String], counts: &[u64], n_merges: usize, text: &str) -> Vec<Vec<String>> {
    todo!()
}
