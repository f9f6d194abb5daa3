//! title: Folding in a document
//! concept: latent semantic analysis
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! A matrix X of documents by words has been taken apart as X ≈ U Σ Vᵀ. `v` has a row for each word, and
//! `sigma` holds the singular values, none of them 0. `document` has the weight of each word in a new
//! document. Return its coordinates, a row of U: they are x V Σ⁻¹.

/// The coordinates of a new document in the space of the decomposition.
#[allow(unused_variables, reason = "not written yet")]
pub fn fold_in(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    todo!()
}
