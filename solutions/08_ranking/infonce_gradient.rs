//! title: Who is pulled, who is pushed
//! concept: InfoNCE
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: With p = softmax(s/τ), the derivative of L by the logit s_j/τ is p_j, less 1 for the partner.
//! hint: The logit is s_j/τ, so the chain rule divides by τ.
//! hint: In the softmax subtract the largest logit from all before taking exponentials.
//!
//! InfoNCE's loss of a query is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all candidates. Return its derivatives by the similarities: ∂L/∂s_j for each j. They
//! must be right also where e^(s/τ) is too large for an `f32`. `temperature` is τ and above 0.

/// The derivatives of the loss by the similarities.
pub fn infonce_gradient(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    // solution
    let top = similarities.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = similarities
        .iter()
        .map(|s| ((s - top) / temperature).exp())
        .collect();
    let sum: f32 = weights.iter().sum();
    let mut gradient: Vec<f32> = weights.iter().map(|w| w / sum / temperature).collect();
    gradient[partner] -= 1.0 / temperature;
    gradient
    // end
}
