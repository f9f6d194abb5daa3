//! title: Short codes for frequent words
//! concept: hierarchical softmax
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: Keep a list of nodes that are still without a parent: each with its weight and the words below it.
//! hint: When two nodes are put together, every word below them gets one decision more.
//! hint: Words before nodes, later words before earlier ones, older nodes before newer ones: give each a number for this, and compare (weight, number).
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
pub fn huffman_lengths(counts: &[u32]) -> Vec<usize> {
    // solution
    let n = counts.len();
    let mut lengths = vec![0; n];
    // Weight, rank among equals, the words below.
    let mut nodes: Vec<(u32, usize, Vec<usize>)> = (0..n).map(|w| (counts[w], n - 1 - w, vec![w])).collect();
    let mut made = n;
    while nodes.len() > 1 {
        nodes.sort_by_key(|(weight, rank, _)| (*weight, *rank));
        let (first, second) = (nodes.remove(0), nodes.remove(0));
        let below: Vec<usize> = first.2.into_iter().chain(second.2).collect();
        for &word in &below {
            lengths[word] += 1;
        }
        nodes.push((first.0 + second.0, made, below));
        made += 1;
    }
    lengths
    // end
}
