//! title: Turn one map onto another
//! concept: Procrustes
//! points: 4
//! difficulty: 3
//! minutes: 25
//!
//! Two trainings give the same words vectors that are turned against each other: only after turning one space
//! onto the other can words be compared. In the plane: `a` and `b` are the same words' points (x, y), as many
//! in both. Turn the points of `a` around the origin by the angle for which the sum of the squared distances
//! to the points of `b` is smallest, and return them. Turning only: no mirror, no stretching, no moving. The
//! best angle is unique here.

/// The points of `a`, turned onto those of `b`.
#[allow(unused_variables, reason = "not written yet")]
pub fn align_plane(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
