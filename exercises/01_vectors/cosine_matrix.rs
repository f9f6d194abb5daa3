//! title: The matrix of cosines
//! concept: similarity
//! points: 2
//! difficulty: 2
//! minutes: 10
//!
//! Cell (i, j) of the result is the cosine of row i and row j. A row of zeros has cosine 0 with every row,
//! itself included.

/// The cosines of all rows with all rows.
#[allow(unused_variables, reason = "not written yet")]
pub fn cosine_matrix(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    todo!()
}
