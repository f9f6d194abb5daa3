//! title: Who is pulled, who is pushed
//! concept: InfoNCE
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! InfoNCE's loss of a query is
//!
//!     L = −ln( e^(s_partner/τ) / Σ_j e^(s_j/τ) ),
//!
//! where j runs over all candidates. Return its derivatives by the similarities: ∂L/∂s_j for each j. They
//! must be right also where e^(s/τ) is too large for an `f32`. `temperature` is τ and above 0.

/// The derivatives of the loss by the similarities.
#[allow(unused_variables, reason = "not written yet")]
pub fn infonce_gradient(similarities: &[f32], partner: usize, temperature: f32) -> Vec<f32> {
    todo!()
}
