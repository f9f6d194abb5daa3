//! title: What a block has learned
//! concept: counting parameters
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: A linear layer from a numbers to b numbers has a · b weights and b biases.
//! hint: Attention: four layers from d to d. Feed-forward: d to hidden, and hidden to d. Two norms of 2 d each.
//!
//! A block of GPT-2 has, for vectors of d numbers: linear layers for queries, keys, values and the output
//! of attention, each from d to d numbers; a feed-forward part of two linear layers, from d to `hidden` and
//! from `hidden` to d; and two layer norms with a scale and a shift for each number. Each linear layer has
//! biases. How many parameters are these?

/// The number of parameters of a block.
pub fn block_parameters(d: usize, hidden: usize) -> usize {
    // solution
    let attention = 4 * (d * d + d);
    let feed_forward = d * hidden + hidden + hidden * d + d;
    let norms = 4 * d;
    attention + feed_forward + norms
    // end
}
