//! title: Which bank?
//! concept: senses
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: The mean of the context's vectors points where their sum points: there is no need to divide.
//! hint: The length of the context's vector is the same for all senses; only that of the sense matters.
//!
//! A word has several senses, each with a vector. The words around it tell which one is meant: take the
//! mean of their vectors, and return the number of the sense whose vector has the largest cosine with the
//! mean. If several have the same, take the first. There is at least one context word and one sense, all
//! vectors have the same length, and neither they nor the mean are all zeros.

/// The number of the sense that fits the context best.
pub fn nearest_sense(context: &[Vec<f32>], senses: &[Vec<f32>]) -> usize {
    // solution
    let d = senses[0].len();
    let sum: Vec<f32> = (0..d).map(|k| context.iter().map(|v| v[k]).sum()).collect();
    let mut best = (0, f32::NEG_INFINITY);
    for (i, sense) in senses.iter().enumerate() {
        let product: f32 = sense.iter().zip(&sum).map(|(a, b)| a * b).sum();
        let length = sense.iter().map(|a| a * a).sum::<f32>().sqrt();
        if product / length > best.1 + 1e-6 {
            best = (i, product / length);
        }
    }
    best.0
    // end
}
