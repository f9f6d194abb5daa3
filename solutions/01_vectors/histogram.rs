//! title: A histogram of similarities
//! concept: evaluation
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: (x + 1) / 2 goes from 0 to 1. Multiply by the number of bins and cut off what comes after the point.
//! hint: `as usize` cuts off.
//! hint: Which bin does exactly 1 come to? There is none after the last.
//!
//! Divide the range from −1 to 1 into equally wide bins, and count how many similarities fall into each. A
//! similarity on the limit of two bins belongs to the upper one; 1 belongs to the last bin.

/// How many of `similarities` fall into each of `bins` bins.
pub fn histogram(similarities: &[f32], bins: usize) -> Vec<usize> {
    // solution
    let mut counts = vec![0; bins];
    for x in similarities {
        let bin = ((x + 1.0) / 2.0 * bins as f32) as usize;
        counts[bin.min(bins - 1)] += 1;
    }
    counts
    // end
}
