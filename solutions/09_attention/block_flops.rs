//! title: What a block costs
//! concept: counting operations
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: A matrix of a · b numbers, applied to one token, takes 2ab operations.
//! hint: There are n² pairs of a query and a key, and each takes d products; so does each pair in the sums of values.
//!
//! How many operations is the forward pass of a block over n tokens with vectors of d numbers? A product
//! that is added to a sum is 2 operations. Count the matrices: four of d · d in attention, and two of d ·
//! 4d in the feed-forward part, each applied to every token. And count the pairs: the products of each
//! query with each key, and the sums of the values, over all n² pairs, as if there were no mask. Biases,
//! norms, softmax and GELU are left out; they are few.

/// The operations of a block's forward pass over all tokens.
pub fn block_flops(n_tokens: usize, d: usize) -> usize {
    // solution
    let matrices = 4 * d * d + 2 * d * (4 * d);
    let pairs = 2 * n_tokens * n_tokens * d;
    2 * (n_tokens * matrices + pairs)
    // end
}
