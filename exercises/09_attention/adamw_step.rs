//! title: One step of AdamW
//! concept: optimisers
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! AdamW keeps two running means for each parameter x. Step t = 1, 2, … with the gradient g is
//!
//!     m ← β₁ m + (1 − β₁) g,        v ← β₂ v + (1 − β₂) g²,
//!     x ← x − η λ x − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε),
//!
//! where x on the right is the old one. η is `learning_rate`, λ is `weight_decay`, β₁ = 0.9, β₂ = 0.999 and
//! ε = 10⁻⁸. `m` and `v` are those of the step before. Return the new x, m and v.

/// The parameter, m and v after the step.
#[allow(unused_variables, reason = "not written yet")]
pub fn adamw_step(
    x: f32,
    gradient: f32,
    m: f32,
    v: f32,
    t: usize,
    learning_rate: f32,
    weight_decay: f32,
) -> (f32, f32, f32) {
    todo!()
}
