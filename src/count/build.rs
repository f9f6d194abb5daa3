//! Making sparse matrices: from triplets, from rows, from a dense matrix.

use ndarray::Array2;
use rayon::prelude::*;

use super::Sparse;
use super::blocks::entry_blocks;
use super::sparse::check_place;
use crate::{Error, Result};

/// A column and its value.
type Entry = (u32, f32);

impl Sparse {
    /// The matrix of these (row, column, value). Values at the same row and column are added up, in `f64` and
    /// in the order in which they come.
    ///
    /// # Errors
    /// A row or a column is not in the matrix.
    pub fn from_triplets(
        n_rows: usize,
        n_columns: usize,
        triplets: impl IntoIterator<Item = (u32, u32, f32)>,
    ) -> Result<Self> {
        let triplets: Vec<(u32, u32, f32)> = triplets.into_iter().collect();
        // Counting sort: how long each row is, where it begins, and then each entry goes to its place.
        let mut starts = vec![0; n_rows + 1];
        for &(row, column, _) in &triplets {
            check_place(n_rows, n_columns, row as usize, column as usize)?;
            starts[row as usize + 1] += 1;
        }
        for row in 0..n_rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); triplets.len()];
        for (row, column, value) in triplets {
            let at = &mut next[row as usize];
            entries[*at] = (column, value);
            *at += 1;
        }
        Ok(Self::of_entries(n_columns, starts, entries))
    }

    /// The matrix of these rows, each of (column, value) in any order. Values in the same column are added
    /// up.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_rows(2, vec![vec![(1, 1.0), (0, 2.0)], vec![]])?;
    /// assert_eq!(m.row(0)?, (&[0, 1][..], &[2.0, 1.0][..]));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A column is not in the matrix.
    pub fn from_rows(n_columns: usize, rows: Vec<Vec<Entry>>) -> Result<Self> {
        let n_rows = rows.len();
        let mut starts = vec![0];
        let mut entries = Vec::with_capacity(rows.iter().map(Vec::len).sum());
        for (i, row) in rows.into_iter().enumerate() {
            row.iter()
                .try_for_each(|&(column, _)| check_place(n_rows, n_columns, i, column as usize))?;
            entries.extend(row);
            starts.push(entries.len());
        }
        Ok(Self::of_entries(n_columns, starts, entries))
    }

    /// The matrix of these parts: where each row begins and the last one ends, and the columns and values of
    /// all rows.
    ///
    /// # Errors
    /// The parts do not fit each other, the columns of a row do not ascend, or a value is zero.
    pub fn from_parts(
        n_columns: usize,
        starts: Vec<usize>,
        columns: Vec<u32>,
        values: Vec<f32>,
    ) -> Result<Self> {
        let n = columns.len();
        if values.len() != n {
            return Err(Error::shape(
                "the values",
                format!("{n}, as many as columns"),
                values.len(),
            ));
        }
        if starts.first() != Some(&0) || starts.last() != Some(&n) || !starts.is_sorted() {
            return Err(Error::value(
                "the starts of the rows",
                format!("0 to {n} in ascending order"),
                "others",
            ));
        }
        let matrix = Self {
            n_columns,
            starts,
            columns,
            values,
        };
        for (i, (columns, values)) in matrix.iter_rows().enumerate() {
            if !columns.is_sorted_by(|a, b| a < b) || columns.last().is_some_and(|&c| c as usize >= n_columns)
            {
                let expected = format!("ascending, each once and below {n_columns}");
                return Err(Error::value(
                    format!("the columns of row {i}"),
                    expected,
                    "others",
                ));
            }
            if values.contains(&0.0) {
                return Err(Error::value(
                    format!("the values of row {i}"),
                    "none that is zero",
                    "a zero",
                ));
            }
        }
        Ok(matrix)
    }

    /// The entries of `dense` that are not zero.
    pub fn from_dense(dense: &Array2<f32>) -> Self {
        let mut starts = vec![0];
        let mut entries = Vec::new();
        for row in dense.rows() {
            entries.extend((0..).zip(row.iter().copied()).filter(|&(_, value)| value != 0.0));
            starts.push(entries.len());
        }
        Self::of_entries(dense.ncols(), starts, entries)
    }

    /// The matrix of the entries of all rows. Those of a row come in any order, and may have duplicates and
    /// zeros.
    fn of_entries(n_columns: usize, mut starts: Vec<usize>, mut entries: Vec<Entry>) -> Self {
        let blocks = entry_blocks(&starts, &mut entries);
        let in_block = |(rows, entries): (std::ops::Range<usize>, &mut [Entry])| {
            let first = starts[rows.start];
            rows.map(|row| add_up(&mut entries[starts[row] - first..starts[row + 1] - first]))
                .collect::<Vec<_>>()
        };
        let lengths: Vec<Vec<usize>> = blocks.into_par_iter().map(in_block).collect();
        let n = lengths.iter().flatten().sum();
        let (mut columns, mut values) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut from = 0;
        for (length, end) in lengths.into_iter().flatten().zip(&mut starts[1..]) {
            let row = &entries[from..from + length];
            columns.extend(row.iter().map(|&(column, _)| column));
            values.extend(row.iter().map(|&(_, value)| value));
            from = std::mem::replace(end, columns.len());
        }
        Self {
            n_columns,
            starts,
            columns,
            values,
        }
    }
}

/// Puts `row` in the order of its columns, adds up the values of the same column and takes out zeros. The
/// result is at the beginning of `row`; its number of entries is returned.
fn add_up(row: &mut [Entry]) -> usize {
    // The sort is stable, so values of the same column are added up in the order in which they came.
    row.sort_by_key(|&(column, _)| column);
    let mut kept = 0;
    let mut at = 0;
    while at < row.len() {
        let column = row[at].0;
        let mut sum = 0.0_f64;
        while at < row.len() && row[at].0 == column {
            sum += f64::from(row[at].1);
            at += 1;
        }
        if sum as f32 != 0.0 {
            row[kept] = (column, sum as f32);
            kept += 1;
        }
    }
    kept
}
