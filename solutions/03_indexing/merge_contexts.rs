//! title: Two models become one
//! concept: random indexing
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Begin with a copy of the first model: `first.to_vec()`.
//! hint: For each word of the second, look for it: `.iter_mut().find(|(other, _)| other == word)`.
//! hint: A word that is not found is pushed, vector and all.
//!
//! Two models were made with the same index vectors, from different texts. Each is a list of words with their
//! context vectors, each word once. The model of both texts has every word of either. A word that is in both
//! has the sum of its two vectors. First come the words of the first model, in its order; then those that
//! only the second has, in its order. All vectors have the same length.

/// The model of both texts.
pub fn merge_contexts(first: &[(String, Vec<f32>)], second: &[(String, Vec<f32>)]) -> Vec<(String, Vec<f32>)> {
    // solution
    let mut merged = first.to_vec();
    for (word, vector) in second {
        match merged.iter_mut().find(|(other, _)| other == word) {
            Some((_, sum)) => sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x),
            None => merged.push((word.clone(), vector.clone())),
        }
    }
    merged
    // end
}
