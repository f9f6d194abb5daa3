//! title: What a batch of N can prove
//! concept: mutual information
//! points: 3
//! difficulty: 3
//! minutes: 20
//! hint: Sums of rows and columns first, then a function for the quotient f(x, c).
//! hint: In term i the context is always cᵢ, and only x changes: f(x₁, cᵢ) to f(x_N, cᵢ).
//! hint: L_N is a mean over the N pairs; the answer is ln N − L_N.
//!
//! `joint[x][c]` is the probability p(x, c); p(x) is the sum of row x, and p(c) that of column c. The score
//! that InfoNCE learns in the end is the quotient f(x, c) = p(x, c) / (p(x) · p(c)). In a batch of N pairs
//! (xᵢ, cᵢ), each context cᵢ has to find its own xᵢ among those of the batch:
//!
//!     L_N = −(1/N) · Σᵢ ln( f(xᵢ, cᵢ) / Σ_j f(x_j, cᵢ) ),
//!
//! where j runs over all N pairs, i too, and an x that occurs twice counts twice. Return ln N − L_N, with
//! natural logarithms: on average over batches it is at most the mutual information of x and c. The batch has
//! at least one pair, and no pair of it has the probability 0; f(x_j, cᵢ) may be 0.

/// What a batch says of the mutual information, in nats.
pub fn infonce_bound(joint: &[Vec<f32>], batch: &[(usize, usize)]) -> f32 {
    // solution
    let of_row = |x: usize| joint[x].iter().sum::<f32>();
    let of_column = |c: usize| joint.iter().map(|row| row[c]).sum::<f32>();
    let f = |x: usize, c: usize| joint[x][c] / (of_row(x) * of_column(c));
    let n = batch.len() as f32;
    let mut bound = n.ln();
    for &(x, c) in batch {
        let all: f32 = batch.iter().map(|&(other, _)| f(other, c)).sum();
        bound += (f(x, c) / all).ln() / n;
    }
    bound
    // end
}
