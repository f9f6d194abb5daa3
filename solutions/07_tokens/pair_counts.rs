//! title: Counting pairs
//! concept: byte-pair encoding
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: `word.windows(2)` gives every two neighbours, overlaps included.
//! hint: A `BTreeMap` from the pair to its count keeps the pairs in order.
//! hint: Add the word's count, not 1.
//!
//! Count how often each pair of tokens occurs side by side. Word i occurs counts[i] times. Pairs overlap:
//! 7 7 7 has the pair (7, 7) twice. The result has (first token, second token, count) for each pair that
//! occurs, in ascending order of the pairs.

/// The pairs of neighbours in `words`, each with how often it occurs.
pub fn pair_counts(words: &[Vec<u32>], counts: &[u64]) -> Vec<(u32, u32, u64)> {
    // solution
    let mut all = std::collections::BTreeMap::new();
    for (word, n) in words.iter().zip(counts) {
        for pair in word.windows(2) {
            *all.entry((pair[0], pair[1])).or_insert(0) += n;
        }
    }
    all.into_iter().map(|((a, b), n)| (a, b, n)).collect()
    // end
}
