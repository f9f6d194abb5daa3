//! title: Partners that are called strangers
//! concept: false negatives
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: For row i keep the columns j with j = i or another label than i's.
//! hint: To leave out a term is to give it the similarity −∞, not 0: e^0 is 1.
//!
//! In a batch, query i and document i are partners. `similarities[i][j]` compares query i with document j,
//! and `labels[i]` is the class of pair i. A document of another pair of the same class is no negative: it is
//! probably a right answer too. So the loss of row i is
//!
//!     −ln( e^(s_ii/τ) / Σ_j e^(s_ij/τ) ),
//!
//! where j runs over i itself and the documents of other classes. Return the mean over all rows. If all are
//! of one class there is nothing to compare with, and the loss is 0. It must be right also where e^(s/τ) is
//! too large for an `f32`. There are as many columns as rows, at least one, and `temperature` is τ and
//! above 0.

/// InfoNCE's loss without the false negatives.
pub fn masked_infonce(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    // solution
    let mut total = 0.0;
    for (i, row) in similarities.iter().enumerate() {
        let kept = |j: &usize| *j == i || labels[*j] != labels[i];
        let top = (0..row.len()).filter(kept).map(|j| row[j]).fold(row[i], f32::max);
        let weights = (0..row.len())
            .filter(kept)
            .map(|j| ((row[j] - top) / temperature).exp());
        total += weights.sum::<f32>().ln() + (top - row[i]) / temperature;
    }
    total / similarities.len() as f32
    // end
}
