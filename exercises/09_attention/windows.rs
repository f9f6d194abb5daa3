//! title: Each token's target is the next one
//! concept: batches of a language model
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! A language model reads `length` tokens at once, and has a target at each position: the token that comes
//! next. Cut a text into windows that follow each other without a gap and do not overlap, and return for
//! each its inputs and its targets. A window must have all of its inputs and all of its targets; what is
//! left at the end is left out. `length` is above 0.

/// Inputs and targets, window after window.
#[allow(unused_variables, reason = "not written yet")]
pub fn windows(tokens: &[usize], length: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    todo!()
}
