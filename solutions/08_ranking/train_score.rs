//! title: Train until partners find each other
//! concept: learning a score
//! points: 5
//! difficulty: 3
//! minutes: 30
//! hint: Start with W = 0 and repeat some 300 times: W becomes W − 0.1 · gradient, with the gradient of `score_gradient`.
//! hint: `score_gradient`, or `my_score_gradient` in the notebook, can be called here if you have written it. Use its gradient, and watch its loss.
//! hint: If few partners are found, print the loss of each step: it must fall. If it rises, the gradient is added, or the steps are too long.
//!
//! This is the second of two steps: train with the loss of `score_gradient`. Row i of `x` and row i of `y`
//! are partners. Two columns of `x` and two of `y` hold what partners have in common, in any order, and
//! perhaps with another sign. The other columns are noise. Nobody says which is which: that is for training
//! to find out.
//!
//! Return a matrix W, with a row for each column of `x` and a column for each column of `y`, whose score xᵀWy
//! finds partners. It is tried on new rows, in which the noise is another: in 8 of 10 cases a row of x must
//! have a higher score with its partner than with any other row of y. Every such W is right, whatever its
//! scale. A random W does not find so many, nor do the products of the partners alone, nor a single step
//! downhill; some hundred steps do. A case may take two seconds.

/// A matrix W whose score xᵀWy is highest for partners.
pub fn train_score(x: &[Vec<f32>], y: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    const STEPS: usize = 300;
    const RATE: f32 = 0.1;
    let mut w = vec![vec![0.0; y[0].len()]; x[0].len()];
    for _ in 0..STEPS {
        // Σ_ij (p_ij − [i = j]) x_i y_jᵀ = Σ_i x_i (Σ_j p_ij y_j − y_i)ᵀ: how far the guess is off.
        let before = w.clone();
        for (query, partner) in x.iter().zip(y) {
            let score = |document: &Vec<f32>| -> f32 {
                let mut sum = 0.0;
                for (a, row) in query.iter().zip(&before) {
                    sum += a * row.iter().zip(document).map(|(cell, b)| cell * b).sum::<f32>();
                }
                sum
            };
            let scores: Vec<f32> = y.iter().map(score).collect();
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let all: f32 = scores.iter().map(|s| (s - top).exp()).sum();
            for b in 0..partner.len() {
                let guess: f32 = scores
                    .iter()
                    .zip(y)
                    .map(|(s, y)| (s - top).exp() / all * y[b])
                    .sum();
                for (row, a) in w.iter_mut().zip(query) {
                    row[b] -= RATE * a * (guess - partner[b]) / x.len() as f32;
                }
            }
        }
    }
    w
    // end
}
