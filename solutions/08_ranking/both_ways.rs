//! title: Both directions
//! concept: InfoNCE
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Write the loss of one list of similarities as a function or a closure, and call it for rows and for columns.
//! hint: Column j is `similarities.iter().map(|row| row[j])`.
//!
//! `similarities[i][j]` is the similarity of picture i with text j; picture i and text i are partners. Row i
//! asks for the text of picture i, and column j for the picture of text j. The loss of a list of similarities
//! is that of InfoNCE,
//!
//!     −ln( e^(s_partner/τ) / Σ e^(s/τ) ),
//!
//! with the sum over the whole list. Return the mean over the rows and the mean over the columns, added and
//! halved. The loss must be right also where e^(s/τ) is too large for an `f32`. There are as many columns as
//! rows, at least one, and `temperature` is τ and above 0.

/// The mean of InfoNCE's losses in both directions.
pub fn both_ways(similarities: &[Vec<f32>], temperature: f32) -> f32 {
    // solution
    let n = similarities.len();
    let loss = |list: Vec<f32>, partner: usize| {
        let top = list.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = list.iter().map(|s| ((s - top) / temperature).exp()).sum();
        sum.ln() + (top - list[partner]) / temperature
    };
    let mut total = 0.0;
    for i in 0..n {
        total += loss(similarities[i].clone(), i);
        total += loss(similarities.iter().map(|row| row[i]).collect(), i);
    }
    total / (2 * n) as f32
    // end
}
