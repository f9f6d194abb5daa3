//! title: What a block has learned
//! concept: counting parameters
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A block of GPT-2 has, for vectors of d numbers: linear layers for queries, keys, values and the output
//! of attention, each from d to d numbers; a feed-forward part of two linear layers, from d to `hidden` and
//! from `hidden` to d; and two layer norms with a scale and a shift for each number. Each linear layer has
//! biases. How many parameters are these?

/// The number of parameters of a block.
#[allow(unused_variables, reason = "not written yet")]
pub fn block_parameters(d: usize, hidden: usize) -> usize {
    todo!()
}
