//! A sparse matrix: only what is not zero is stored.
//!
//! 30,000 words make a billion pairs, and a corpus of three million words has seen five million of them.
//! Compressed sparse rows store the entries row after row, each row in the order of its columns:
//!
//! ```text
//!     0  2  0                starts   0  1  1  3        row i is starts[i]..starts[i+1]
//!     0  0  0        is      columns  1  0  2
//!     1  0  3                values   2  1  3
//! ```
//!
//! That is 8 bytes for each entry and 8 for each row. A row is at hand at once; a column is a row of the
//! [transpose](Sparse::transposed). Values are `f32`, like everywhere: counts up to 2²⁴ are exact.

use ndarray::Array2;

use crate::corpus::grouped;
use crate::{Error, Result};

/// The most entries that a matrix may have if it is written out with its zeros: a gigabyte of them.
const MOST_DENSE: usize = 1 << 28;

/// A matrix of `f32` of which only the entries that are not zero are stored.
///
/// ```
/// use course::count::Sparse;
/// let m = Sparse::from_triplets(3, 3, [(0, 1, 2.0), (2, 2, 1.0), (2, 0, 1.0), (2, 2, 2.0)])?;
/// assert_eq!(m.row(2)?, (&[0, 2][..], &[1.0, 3.0][..]));
/// assert_eq!(m.get(0, 1)?, 2.0);
/// assert_eq!(m.to_string(), "3 × 3 matrix, 3 entries not zero (33%), 56 bytes");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Sparse {
    pub(super) n_columns: usize,
    /// Where each row begins, and where the last one ends.
    pub(super) starts: Vec<usize>,
    /// In each row, in ascending order.
    pub(super) columns: Vec<u32>,
    /// None is zero.
    pub(super) values: Vec<f32>,
}

impl Sparse {
    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many columns there are.
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// How many entries are not zero.
    pub fn n_entries(&self) -> usize {
        self.values.len()
    }

    /// The share of the entries that are not zero, from 0 to 1.
    pub fn density(&self) -> f64 {
        let all = self.n_rows() as f64 * self.n_columns as f64;
        if all == 0.0 {
            0.0
        } else {
            self.n_entries() as f64 / all
        }
    }

    /// How much memory the matrix takes, in bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.columns) + size_of_val(&*self.values)
    }

    /// The entry in row `row` and column `column`.
    ///
    /// # Errors
    /// There is no such row or column.
    pub fn get(&self, row: usize, column: usize) -> Result<f32> {
        check_place(self.n_rows(), self.n_columns, row, column)?;
        let (columns, values) = self.row(row)?;
        let found = u32::try_from(column)
            .ok()
            .and_then(|column| columns.binary_search(&column).ok());
        Ok(found.map_or(0.0, |at| values[at]))
    }

    /// The columns and the values of row `row`.
    ///
    /// # Errors
    /// There is no such row.
    pub fn row(&self, row: usize) -> Result<(&[u32], &[f32])> {
        match self.starts.get(row..).and_then(|starts| starts.get(..2)) {
            Some(&[from, to]) => Ok((&self.columns[from..to], &self.values[from..to])),
            _ => Err(Error::value(
                "the row",
                format!("a number below {}", self.n_rows()),
                row,
            )),
        }
    }

    /// The columns and the values of each row.
    pub fn iter_rows(&self) -> impl ExactSizeIterator<Item = (&[u32], &[f32])> {
        self.starts
            .windows(2)
            .map(|ends| (&self.columns[ends[0]..ends[1]], &self.values[ends[0]..ends[1]]))
    }

    /// Row, column and value of each entry, row after row.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let triplets = [(0, 1, 2.0), (2, 0, 1.0)];
    /// let m = Sparse::from_triplets(3, 2, triplets)?;
    /// assert_eq!(m.iter().collect::<Vec<_>>(), triplets);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, f32)> {
        (0..).zip(self.iter_rows()).flat_map(|(row, (columns, values))| {
            columns
                .iter()
                .zip(values)
                .map(move |(&column, &value)| (row, column, value))
        })
    }

    /// The matrix with its zeros written out: (rows, columns).
    ///
    /// # Errors
    /// It would take more than a gigabyte.
    pub fn to_dense(&self) -> Result<Array2<f32>> {
        let shape = (self.n_rows(), self.n_columns);
        if shape.0.checked_mul(shape.1).is_none_or(|n| n > MOST_DENSE) {
            let got = format!("{} × {}", shape.0, shape.1);
            return Err(Error::shape(
                "the matrix with its zeros",
                format!("at most {MOST_DENSE} entries"),
                got,
            ));
        }
        let mut dense = Array2::zeros(shape);
        for (row, column, value) in self.iter() {
            dense[[row as usize, column as usize]] = value;
        }
        Ok(dense)
    }
}

/// An error if the row or the column is not in the matrix.
pub(super) fn check_place(n_rows: usize, n_columns: usize, row: usize, column: usize) -> Result<()> {
    for (what, n, got) in [("the row", n_rows, row), ("the column", n_columns, column)] {
        if got >= n {
            return Err(Error::value(what, format!("a number below {n}"), got));
        }
    }
    Ok(())
}

crate::show::shown_as_line!(Sparse, |this| {
    let n = |n: usize| grouped(n as u64);
    let (rows, columns, entries) = (n(this.n_rows()), n(this.n_columns), n(this.n_entries()));
    let percent = this.density() * 100.0;
    // Two digits that are not zero.
    let decimals = if percent > 0.0 {
        (1.0 - percent.log10().floor()).clamp(0.0, 9.0) as usize
    } else {
        0
    };
    let bytes = match this.bytes() {
        b if b < 10_000 => format!("{} bytes", n(b)),
        b if b < 10_000_000 => format!("{} kB", n(b / 1_000)),
        b => format!("{} MB", n(b / 1_000_000)),
    };
    format!("{rows} × {columns} matrix, {entries} entries not zero ({percent:.decimals$}%), {bytes}")
});
