//! title: Spearman's rank correlation
//! concept: evaluation
//! points: 3
//! difficulty: 2
//! minutes: 20
//! hint: A value's rank is how many values are smaller, plus half of how many others are equal.
//! hint: Then it is the ordinary (Pearson) correlation of the two lists of ranks.
//! hint: The correlation is the cosine of the two lists after centring.
//!
//! Replace each value by its rank; equal values share the mean of their ranks. The result is the correlation
//! of the two lists of ranks. Neither list has only equal values.

/// The rank correlation of `x` and `y`.
pub fn spearman(x: &[f32], y: &[f32]) -> f32 {
    // solution
    let ranks = |values: &[f32]| -> Vec<f32> {
        let rank = |a: &f32| {
            let smaller = values.iter().filter(|b| *b < a).count() as f32;
            let equal = values.iter().filter(|b| *b == a).count() as f32;
            smaller + (equal - 1.0) / 2.0
        };
        values.iter().map(rank).collect()
    };
    let centred = |values: Vec<f32>| -> Vec<f32> {
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        values.iter().map(|a| a - mean).collect()
    };
    let (p, q) = (centred(ranks(x)), centred(ranks(y)));
    let dot = |x: &[f32], y: &[f32]| -> f32 { x.iter().zip(y).map(|(a, b)| a * b).sum() };
    dot(&p, &q) / (dot(&p, &p).sqrt() * dot(&q, &q).sqrt())
    // end
}
