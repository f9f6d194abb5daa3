//! title: Near one's partner, far from all others
//! concept: geometry of a space
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: Scale all vectors first; after that one function for the squared distance serves both numbers.
//! hint: Uniformity: first the mean of e^(−2d²) over the pairs i < j, then its logarithm.
//!
//! `x` has n vectors, at least two, and `y[i]` is the partner of `x[i]`. No vector is zero. First each vector
//! is divided by its length. Return two numbers of the vectors that this makes:
//!
//! - alignment, the mean of ‖xᵢ − yᵢ‖² over the n pairs of partners;
//! - uniformity, ln of the mean of e^(−2‖xᵢ − x_j‖²) over all pairs i < j of vectors of `x`.
//!
//! Both have squared Euclidean distances, and ln is the natural logarithm.

/// How near partners are, and how evenly the vectors are spread.
pub fn alignment_uniformity(x: &[Vec<f32>], y: &[Vec<f32>]) -> (f32, f32) {
    // solution
    let scaled = |rows: &[Vec<f32>]| -> Vec<Vec<f32>> {
        let unit = |row: &Vec<f32>| {
            let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
            row.iter().map(|x| x / length).collect()
        };
        rows.iter().map(unit).collect()
    };
    let squared = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum() };
    let (x, y) = (scaled(x), scaled(y));
    let n = x.len() as f32;
    let (mut alignment, mut potential) = (0.0, 0.0);
    for (i, vector) in x.iter().enumerate() {
        alignment += squared(vector, &y[i]) / n;
        for other in &x[..i] {
            potential += (-2.0 * squared(vector, other)).exp();
        }
    }
    (alignment, (2.0 * potential / (n * (n - 1.0))).ln())
    // end
}
