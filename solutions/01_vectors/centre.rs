//! title: Centring
//! concept: principal components
//! points: 1
//! difficulty: 1
//! minutes: 8
//! hint: A column's mean is the sum of its numbers divided by the number of rows.
//! hint: Compute all means first, then subtract them.
//!
//! Subtract the mean of each column from the numbers of that column, so that each column has mean 0.

/// `rows` with every column's mean taken away.
pub fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    let width = rows.first().map_or(0, |row| row.len());
    let mean = |j: usize| rows.iter().map(|row| row[j]).sum::<f32>() / rows.len() as f32;
    let means: Vec<f32> = (0..width).map(mean).collect();
    rows.iter()
        .map(|row| row.iter().zip(&means).map(|(x, m)| x - m).collect())
        .collect()
    // end
}
