//! title: Undoing a binding
//! concept: circular convolution
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Two loops: k over the positions of the result, j over the positions of a.
//! hint: Positions are counted round and round: `(k + j) % d`.
//!
//! BEAGLE binds two vectors by circular convolution, c = a ⊛ b. Circular correlation undoes that
//! approximately: a # c ≈ b. For two vectors of d numbers,
//!
//!     (a # c)[k] = Σ_j a[j] · c[(k + j) mod d],      k = 0, …, d − 1.
//!
//! Both vectors have the same length d, at least 1.

/// The circular correlation of `a` with `c`.
pub fn circular_correlation(a: &[f32], c: &[f32]) -> Vec<f32> {
    // solution
    let d = a.len();
    (0..d).map(|k| (0..d).map(|j| a[j] * c[(k + j) % d]).sum()).collect()
    // end
}
