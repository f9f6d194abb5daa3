//! title: A round of training
//! concept: skip-gram
//! points: 3
//! difficulty: 2
//! minutes: 20
//!
//! This is word2vec's loop. Row i of `x` is the vector of word i as a middle word, and row i of `y` its
//! vector as a neighbour. Each of the `examples` is a list of words: first the middle word, then the word
//! that was seen near it, then the negative samples. Take the examples one after the other. For each take
//! one step of skip-gram, as in `sgns_step`, with the learning rate `alpha`: it moves the middle word's row
//! of `x` and the rows of `y` of the others. The next example begins where this one has ended. Return `x`
//! as it is after the last example. No word is twice among the neighbour and the negative samples of an
//! example.

/// The vectors of the middle words after one round over the examples.
#[allow(unused_variables, reason = "not written yet")]
pub fn train_vectors(
    x: &[Vec<f32>],
    y: &[Vec<f32>],
    examples: &[Vec<usize>],
    alpha: f32,
) -> Vec<Vec<f32>> {
    todo!()
}
