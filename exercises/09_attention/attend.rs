//! title: One word asks
//! concept: scaled dot-product attention
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! A query looks at keys, each of which has a value. The score of key i is q · k_i / √d, where d is the
//! length of the query. The weights are the softmax of the scores, and the answer is the sum of the values,
//! each multiplied by its weight. Return the weights and the answer. There is at least one key, and each
//! has the length of the query; there are as many values as keys. e^s may be too large for an `f32`.

/// The weights of the keys, and the weighted sum of the values.
#[allow(unused_variables, reason = "not written yet")]
pub fn attend(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> (Vec<f32>, Vec<f32>) {
    todo!()
}
