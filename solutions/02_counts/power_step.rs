//! title: One power iteration
//! concept: singular value decomposition
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Two products: y = A v has a number for each row, z = Aᵀ y one for each column.
//! hint: z is the sum of the rows of A, each times its number in y.
//! hint: Divide z by the root of its sum of squares.
//!
//! `rows` is a matrix A, and `v` has as many numbers as A has columns. Multiply v by AᵀA, which is Aᵀ(A
//! v), and divide the result by its Euclidean length; if the length is 0, return the zeros. Repeated
//! often enough, this turns v into the first singular vector.

/// AᵀA v, divided by its length.
pub fn power_step(rows: &[Vec<f32>], v: &[f32]) -> Vec<f32> {
    // solution
    let mut z = vec![0.0; v.len()];
    for row in rows {
        let y: f32 = row.iter().zip(v).map(|(a, x)| a * x).sum();
        z.iter_mut().zip(row).for_each(|(z, a)| *z += y * a);
    }
    let length = z.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        z.iter_mut().for_each(|x| *x /= length);
    }
    z
    // end
}
