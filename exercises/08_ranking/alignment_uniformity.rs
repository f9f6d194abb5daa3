//! title: Near one's partner, far from all others
//! concept: geometry of a space
//! points: 3
//! difficulty: 2
//! minutes: 15
//!
//! `x` has n vectors, at least two, and `y[i]` is the partner of `x[i]`. No vector is zero. First each vector
//! is divided by its length. Return two numbers of the vectors that this makes:
//!
//! - alignment, the mean of ‖xᵢ − yᵢ‖² over the n pairs of partners;
//! - uniformity, ln of the mean of e^(−2‖xᵢ − x_j‖²) over all pairs i < j of vectors of `x`.
//!
//! Both have squared Euclidean distances, and ln is the natural logarithm.

/// How near partners are, and how evenly the vectors are spread.
#[allow(unused_variables, reason = "not written yet")]
pub fn alignment_uniformity(x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, f32) {
    todo!()
}
