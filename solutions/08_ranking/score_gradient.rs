//! title: A loss to train with
//! concept: learning a score
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: All scores first, an N × N table. Then the softmax of each row, with its largest score subtracted.
//! hint: ∂L/∂s_ij = (p_ij − [i = j])/N, and ∂s_ij/∂W has the product x_i[a] · y_j[b] at (a, b).
//! hint: Four loops inside each other: i, j, a, b. That is N² additions to each cell of the gradient.
//!
//! This is the first of two steps: the loss of a batch and its gradient. Row i of `x` and row i of `y` are
//! partners. They need not have the same length: `w` has a row for each number of an x and a column for each
//! number of a y. The score of x_i and y_j is s_ij = x_iᵀ W y_j = Σ_a Σ_b x_i[a] · W[a][b] · y_j[b], and the
//! loss is the mean of InfoNCE over the N rows,
//!
//!     L = −(1/N) · Σ_i ln( e^(s_ii) / Σ_j e^(s_ij) ).
//!
//! Return L and its gradient by W, which has the shape of W. Both must be right also where e^s is too large
//! for an `f32`. There is at least one pair.

/// InfoNCE's loss of a batch by the score xᵀWy, and its gradient by W.
pub fn score_gradient(w: &[Vec<f32>], x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, Vec<Vec<f32>>) {
    // solution
    let n = x.len() as f32;
    let mut loss = 0.0;
    let mut gradient = vec![vec![0.0; w[0].len()]; w.len()];
    for (i, query) in x.iter().enumerate() {
        // xᵀW, one number for each number of a y.
        let mut asked = vec![0.0; w[0].len()];
        for (value, row) in query.iter().zip(w) {
            asked
                .iter_mut()
                .zip(row)
                .for_each(|(sum, cell)| *sum += value * cell);
        }
        let score = |y: &Vec<f32>| y.iter().zip(&asked).map(|(y, q)| y * q).sum::<f32>();
        let scores: Vec<f32> = y.iter().map(score).collect();
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        loss += (sum.ln() + top - scores[i]) / n;
        for (j, document) in y.iter().enumerate() {
            let partner = if i == j { 1.0 } else { 0.0 };
            let force = ((scores[j] - top).exp() / sum - partner) / n;
            for (cells, a) in gradient.iter_mut().zip(query) {
                cells
                    .iter_mut()
                    .zip(document)
                    .for_each(|(cell, b)| *cell += force * a * b);
            }
        }
    }
    (loss, gradient)
    // end
}
