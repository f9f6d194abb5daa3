//! title: Positive pointwise mutual information
//! concept: PPMI
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: You need the sum of each row, of each column, and of all cells.
//! hint: P(w, c) / (P(w) P(c)) is count · all / (row sum · column sum).
//! hint: `.log2().max(0.0)`; a count of 0 is 0 without a logarithm.
//!
//! Cell (w, c) of `counts` says how often c occurs near w. The result has log₂(P(w, c) / (P(w) P(c))) in
//! each cell where that is positive, and 0 elsewhere; a cell of count 0 is 0. P(w, c) is the cell's share
//! of all counts; P(w) and P(c) are those of its row and its column.

/// The positive pointwise mutual information of each cell, in bits.
pub fn ppmi(counts: &[Vec<f32>]) -> Vec<Vec<f32>> {
    // solution
    let n_columns = counts.first().map_or(0, Vec::len);
    let rows: Vec<f32> = counts.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<f32> = (0..n_columns)
        .map(|c| counts.iter().map(|row| row[c]).sum())
        .collect();
    let all: f32 = rows.iter().sum();
    let cell = |w: usize, c: usize| match counts[w][c] {
        0.0 => 0.0,
        count => (count * all / (rows[w] * columns[c])).log2().max(0.0),
    };
    (0..counts.len())
        .map(|w| (0..n_columns).map(|c| cell(w, c)).collect())
        .collect()
    // end
}
