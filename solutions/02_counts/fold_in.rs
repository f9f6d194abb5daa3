//! title: Folding in a document
//! concept: latent semantic analysis
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: The result has as many numbers as there are singular values.
//! hint: Number j is the sum over all words of the word's weight times its number j in `v`, divided by σⱼ.
//!
//! A matrix X of documents by words has been taken apart as X ≈ U Σ Vᵀ. `v` has a row for each word, and
//! `sigma` holds the singular values, none of them 0. `document` has the weight of each word in a new
//! document. Return its coordinates, a row of U: they are x V Σ⁻¹.

/// The coordinates of a new document in the space of the decomposition.
pub fn fold_in(document: &[f32], v: &[Vec<f32>], sigma: &[f32]) -> Vec<f32> {
    // solution
    (0..sigma.len())
        .map(|j| document.iter().zip(v).map(|(x, word)| x * word[j]).sum::<f32>() / sigma[j])
        .collect()
    // end
}
