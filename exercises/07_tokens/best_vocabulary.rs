//! title: The best size of a vocabulary
//! concept: cost
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! Tokenizers with vocabularies of different sizes have been trained, and the fertility of each has been
//! measured: sizes[i] goes with fertilities[i]. Return the size for which training on a word is cheapest, by
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) for a transformer of l layers, h wide, with a context of s tokens.
//! There is at least one size, and no two cost the same.

/// The size for which a word is cheapest.
#[allow(unused_variables, reason = "not written yet")]
pub fn best_vocabulary(
    sizes: &[usize],
    fertilities: &[f64],
    layers: usize,
    width: usize,
    context: usize,
) -> usize {
    todo!()
}
