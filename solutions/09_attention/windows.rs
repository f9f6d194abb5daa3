//! title: Each token's target is the next one
//! concept: batches of a language model
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: The window that begins at i has the inputs i to i + length, and the targets i + 1 to i + length + 1.
//! hint: The next window begins at i + length.
//!
//! A language model reads `length` tokens at once, and has a target at each position: the token that comes
//! next. Cut a text into windows that follow each other without a gap and do not overlap, and return for
//! each its inputs and its targets. A window must have all of its inputs and all of its targets; what is
//! left at the end is left out. `length` is above 0.

/// Inputs and targets, window after window.
pub fn windows(tokens: &[usize], length: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    // solution
    let mut all = Vec::new();
    let mut from = 0;
    while from + length < tokens.len() {
        let to = from + length;
        all.push((tokens[from..to].to_vec(), tokens[from + 1..to + 1].to_vec()));
        from = to;
    }
    all
    // end
}
