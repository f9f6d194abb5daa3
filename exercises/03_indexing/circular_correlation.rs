//! title: Undoing a binding
//! concept: circular convolution
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! BEAGLE binds two vectors by circular convolution, c = a ⊛ b. Circular correlation undoes that
//! approximately: a # c ≈ b. For two vectors of d numbers,
//!
//!     (a # c)[k] = Σ_j a[j] · c[(k + j) mod d],      k = 0, …, d − 1.
//!
//! Both vectors have the same length d, at least 1.

/// The circular correlation of `a` with `c`.
#[allow(unused_variables, reason = "not written yet")]
pub fn circular_correlation(a: &[f32], c: &[f32]) -> Vec<f32> {
    todo!()
}
