//! title: The best size of a vocabulary
//! concept: cost
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Compute the cost of a word for each size with its own fertility.
//! hint: `min_by(|a, b| a.total_cmp(b))` finds the smallest of some `f64`.
//!
//! Tokenizers with vocabularies of different sizes have been trained, and the fertility of each has been
//! measured: sizes[i] goes with fertilities[i]. Return the size for which training on a word is cheapest, by
//! C = 96 F l h² (1 + s/(6h) + V/(16 l h)) for a transformer of l layers, h wide, with a context of s tokens.
//! There is at least one size, and no two cost the same.

/// The size for which a word is cheapest.
pub fn best_vocabulary(
    sizes: &[usize],
    fertilities: &[f64],
    layers: usize,
    width: usize,
    context: usize,
) -> usize {
    // solution
    let [l, h, s] = [layers, width, context].map(|n| n as f64);
    let cost = |i: usize| fertilities[i] * (1.0 + s / (6.0 * h) + sizes[i] as f64 / (16.0 * l * h));
    let best = (0..sizes.len()).min_by(|&i, &j| cost(i).total_cmp(&cost(j)));
    sizes[best.unwrap_or(0)]
    // end
}
