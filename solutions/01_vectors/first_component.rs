//! title: The first principal component
//! concept: principal components
//! points: 4
//! difficulty: 3
//! minutes: 25
//! hint: Take each column's mean away first.
//! hint: Power iteration: start anywhere, multiply by the covariance matrix, divide by the length, and again.
//! hint: v ← Xᵀ(Xv) needs no covariance matrix.
//! hint: Start from numbers that are not all equal, or the start may be at a right angle to the answer.
//!
//! Find the direction in which the rows spread most. Subtract the mean of the rows first; then it is the
//! vector v of length 1 for which the sum of the squared dot products of the rows with v is largest. Find
//! it by power iteration; a few hundred rounds are enough. Both v and −v are right.

/// The direction of the largest spread.
pub fn first_component(rows: &[Vec<f32>]) -> Vec<f32> {
    // solution
    let width = rows.first().map_or(0, |row| row.len());
    let mean = |j: usize| rows.iter().map(|row| row[j]).sum::<f32>() / rows.len() as f32;
    let means: Vec<f32> = (0..width).map(mean).collect();
    let centred: Vec<Vec<f32>> = rows
        .iter()
        .map(|row| row.iter().zip(&means).map(|(x, m)| x - m).collect())
        .collect();
    let mut v: Vec<f32> = (0..width).map(|i| 1.0 + 0.1 * i as f32).collect();
    for _ in 0..500 {
        let mut next = vec![0.0; width];
        for row in &centred {
            let along: f32 = row.iter().zip(&v).map(|(x, y)| x * y).sum();
            next.iter_mut().zip(row).for_each(|(n, x)| *n += along * x);
        }
        let length = next.iter().map(|x| x * x).sum::<f32>().sqrt();
        v = next.iter().map(|x| x / length).collect();
    }
    v
    // end
}
