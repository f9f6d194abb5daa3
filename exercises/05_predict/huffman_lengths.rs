//! title: Short codes for frequent words
//! concept: hierarchical softmax
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Hierarchical softmax predicts a word by a few decisions, left or right, on the way from the root of a tree
//! to the word. Huffman's tree makes the mean number of decisions smallest: put the two nodes with the
//! smallest weights together to a new node, whose weight is their sum, until one is left. At first each word
//! is a node with its count as the weight. Of equal weights take a word before a node that was made; of words
//! the later one in the list; of nodes that were made the one that was made first.
//!
//! `counts` begins with the largest and never rises. Return for each word how many decisions lead to it; a
//! single word needs none.

/// The length of each word's code.
#[allow(unused_variables, reason = "not written yet")]
pub fn huffman_lengths(counts: &[u32]) -> Vec<usize> {
    todo!()
}
