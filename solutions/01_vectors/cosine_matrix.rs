//! title: The matrix of cosines
//! concept: similarity
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Write a closure for the cosine of two rows first.
//! hint: The result has a row and a column for each row of the input.
//! hint: Divide each row by its length, and the cosine is a dot product; a row of zeros stays as it is.
//!
//! Cell (i, j) of the result is the cosine of row i and row j. A row of zeros has cosine 0 with every row,
//! itself included.

/// The cosines of all rows with all rows.
pub fn cosine_matrix(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    let dot = |x: &[f32], y: &[f32]| -> f32 { x.iter().zip(y).map(|(a, b)| a * b).sum() };
    let unit = |row: &Vec<f32>| -> Vec<f32> {
        let length = dot(row, row).sqrt();
        row.iter()
            .map(|x| if length == 0.0 { 0.0 } else { x / length })
            .collect()
    };
    let units: Vec<Vec<f32>> = rows.iter().map(unit).collect();
    units
        .iter()
        .map(|x| units.iter().map(|y| dot(x, y)).collect())
        .collect()
    // end
}
