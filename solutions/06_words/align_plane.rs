//! title: Turn one map onto another
//! concept: Procrustes
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: Turned by t, the point (x, y) becomes (x cos t − y sin t, x sin t + y cos t).
//! hint: The squared distances are smallest where C cos t + S sin t is largest, with C = Σ (xₐ x_b + yₐ y_b) and S = Σ (xₐ y_b − yₐ x_b).
//! hint: That is at cos t = C / √(C² + S²), sin t = S / √(C² + S²).
//!
//! Two trainings give the same words vectors that are turned against each other: only after turning one space
//! onto the other can words be compared. In the plane: `a` and `b` are the same words' points (x, y), as many
//! in both. Turn the points of `a` around the origin by the angle for which the sum of the squared distances
//! to the points of `b` is smallest, and return them. Turning only: no mirror, no stretching, no moving. The
//! best angle is unique here.

/// The points of `a`, turned onto those of `b`.
pub fn align_plane(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    let pairs = || a.iter().zip(b);
    let along: f32 = pairs().map(|(a, b)| a[0] * b[0] + a[1] * b[1]).sum();
    let across: f32 = pairs().map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum();
    let (sin, cos) = across.atan2(along).sin_cos();
    a.iter()
        .map(|p| vec![p[0] * cos - p[1] * sin, p[0] * sin + p[1] * cos])
        .collect()
    // end
}
