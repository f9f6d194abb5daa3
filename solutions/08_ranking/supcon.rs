//! title: Several partners
//! concept: supervised contrastive loss
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: For each anchor one stable ln Σ_a e^(s_ia/τ), over all a but i.
//! hint: The loss of a positive p is that logarithm minus s_ip/τ. Average over the anchor's positives first, over the anchors then.
//! hint: The logarithm is taken for each positive by itself, and the mean is outside of it.
//!
//! `similarities[i][j]` compares items i and j of a batch, and `labels[i]` is the class of item i. The
//! positives P(i) of anchor i are the other items of its class. The supervised contrastive loss of the anchor
//! is the mean over its positives p of
//!
//!     −ln( e^(s_ip/τ) / Σ_a e^(s_ia/τ) ),
//!
//! where a runs over all items but i, the other positives among them. Return the mean over the anchors that
//! have a positive, or 0 if none has. The loss must be right also where e^(s/τ) is too large for an `f32`.
//! `temperature` is τ and above 0.

/// The supervised contrastive loss of a batch.
pub fn supcon(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    // solution
    let (mut total, mut anchors) = (0.0, 0.0);
    for (i, row) in similarities.iter().enumerate() {
        let others: Vec<usize> = (0..row.len()).filter(|&a| a != i).collect();
        let positives: Vec<usize> = others
            .iter()
            .copied()
            .filter(|&a| labels[a] == labels[i])
            .collect();
        if positives.is_empty() {
            continue;
        }
        let top = others.iter().map(|&a| row[a]).fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = others.iter().map(|&a| ((row[a] - top) / temperature).exp()).sum();
        let mean = positives.iter().map(|&p| row[p]).sum::<f32>() / positives.len() as f32;
        total += sum.ln() + (top - mean) / temperature;
        anchors += 1.0;
    }
    if anchors > 0.0 { total / anchors } else { 0.0 }
    // end
}
