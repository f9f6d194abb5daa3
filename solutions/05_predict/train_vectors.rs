//! title: A round of training
//! concept: skip-gram
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: `sgns_step`, or `my_sgns_step` in the notebook, can be called here if you have written it: gather the rows, take the step, and put each row back where it came from.
//! hint: Copy both tables into variables that may change, and go through the examples with a loop.
//! hint: The step returns the word's vector first, and then the others in the order in which you gave them.
//!
//! This is word2vec's loop. Row i of `x` is the vector of word i as a middle word, and row i of `y` its
//! vector as a neighbour. Each of the `examples` is a list of words: first the middle word, then the word
//! that was seen near it, then the negative samples. Take the examples one after the other. For each take
//! one step of skip-gram, as in `sgns_step`, with the learning rate `alpha`: it moves the middle word's row
//! of `x` and the rows of `y` of the others. The next example begins where this one has ended. Return `x`
//! as it is after the last example. No word is twice among the neighbour and the negative samples of an
//! example.

/// The vectors of the middle words after one round over the examples.
pub fn train_vectors(
    x: &[Vec<f32>],
    y: &[Vec<f32>],
    examples: &[Vec<usize>],
    alpha: f32,
) -> Vec<Vec<f32>> {
    // solution
    let (mut x, mut y) = (x.to_vec(), y.to_vec());
    for example in examples {
        let (word, others) = (example[0], &example[1..]);
        let before = x[word].clone();
        for (i, &other) in others.iter().enumerate() {
            let score: f32 = before.iter().zip(&y[other]).map(|(a, b)| a * b).sum();
            let label = if i == 0 { 1.0 } else { 0.0 };
            let g = alpha * (1.0 / (1.0 + (-score).exp()) - label);
            for (j, &a) in before.iter().enumerate() {
                x[word][j] -= g * y[other][j];
                y[other][j] -= g * a;
            }
        }
    }
    x
    // end
}
