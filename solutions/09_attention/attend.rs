//! title: One word asks
//! concept: scaled dot-product attention
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: First a score for each key, then the softmax of all scores, then the sum of the values by these weights.
//! hint: Number j of the answer is Σ_i p_i · values[i][j].
//! hint: In the softmax subtract the largest score from all before taking exponentials.
//!
//! A query looks at keys, each of which has a value. The score of key i is q · k_i / √d, where d is the
//! length of the query. The weights are the softmax of the scores, and the answer is the sum of the values,
//! each multiplied by its weight. Return the weights and the answer. There is at least one key, and each
//! has the length of the query; there are as many values as keys. e^s may be too large for an `f32`.

/// The weights of the keys, and the weighted sum of the values.
pub fn attend(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> (Vec<f32>, Vec<f32>) {
    // solution
    let root = (query.len() as f32).sqrt();
    let score = |key: &Vec<f32>| query.iter().zip(key).map(|(q, k)| q * k).sum::<f32>() / root;
    let scores: Vec<f32> = keys.iter().map(score).collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    let weights: Vec<f32> = exponentials.iter().map(|e| e / sum).collect();
    let mut answer = vec![0.0; values[0].len()];
    for (weight, value) in weights.iter().zip(values) {
        for (a, v) in answer.iter_mut().zip(value) {
            *a += weight * v;
        }
    }
    (weights, answer)
    // end
}
