//! title: Several partners
//! concept: supervised contrastive loss
//! points: 4
//! difficulty: 3
//! minutes: 25
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
#[allow(unused_variables, reason = "not written yet")]
pub fn supcon(similarities: &[Vec<f32>], labels: &[u32], temperature: f32) -> f32 {
    todo!()
}
