//! title: One step of AdamW
//! concept: optimisers
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: `0.9_f32.powi(t as i32)` is β₁ᵗ.
//! hint: m and v are updated first; the step divides each of them by its own 1 − βᵗ, and what is returned is undivided.
//! hint: The decay uses x as it was before the step.
//!
//! AdamW keeps two running means for each parameter x. Step t = 1, 2, … with the gradient g is
//!
//!     m ← β₁ m + (1 − β₁) g,        v ← β₂ v + (1 − β₂) g²,
//!     x ← x − η λ x − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε),
//!
//! where x on the right is the old one. η is `learning_rate`, λ is `weight_decay`, β₁ = 0.9, β₂ = 0.999 and
//! ε = 10⁻⁸. `m` and `v` are those of the step before. Return the new x, m and v.

/// The parameter, m and v after the step.
pub fn adamw_step(
    x: f32,
    gradient: f32,
    m: f32,
    v: f32,
    t: usize,
    learning_rate: f32,
    weight_decay: f32,
) -> (f32, f32, f32) {
    // solution
    let m = 0.9 * m + (1.0 - 0.9) * gradient;
    let v = 0.999 * v + (1.0 - 0.999) * gradient * gradient;
    let m_hat = m / (1.0 - 0.9_f32.powi(t as i32));
    let v_hat = v / (1.0 - 0.999_f32.powi(t as i32));
    let decay = learning_rate * weight_decay * x;
    let step = learning_rate * m_hat / (v_hat.sqrt() + 1e-8);
    (x - decay - step, m, v)
    // end
}
