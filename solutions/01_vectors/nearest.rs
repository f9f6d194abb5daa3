//! title: The k nearest neighbours
//! concept: neighbours
//! points: 2
//! difficulty: 2
//! minutes: 10
//! hint: Sort the rows' numbers by their distance from the query, then cut after k.
//! hint: `a.total_cmp(&b)` compares two `f32`.
//! hint: `sort_by` keeps the order of what is equal, so that ties are right when the numbers were in order before.
//!
//! The numbers of the k rows with the smallest Euclidean distance from the query, the nearest first. Of two
//! rows at the same distance the one with the smaller number comes first. Where there are fewer than k rows,
//! all of them.

/// The numbers of the `k` rows nearest to `query`.
pub fn nearest(query: &[f32], rows: &[Vec<f32>], k: usize) -> Vec<usize> {
    // solution
    let distance = |i: usize| -> f32 { query.iter().zip(&rows[i]).map(|(a, b)| (a - b) * (a - b)).sum() };
    let mut numbers: Vec<usize> = (0..rows.len()).collect();
    numbers.sort_by(|&i, &j| distance(i).total_cmp(&distance(j)));
    numbers.truncate(k);
    numbers
    // end
}
