//! title: Partners that are called strangers
//! concept: false negatives
//! points: 3
//! difficulty: 2
//! minutes: 15
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
#[allow(unused_variables, reason = "not written yet")]
pub fn masked_infonce(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    todo!()
}
