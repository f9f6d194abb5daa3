//! What is done to a sparse matrix entry by entry: sums, scaling, mapping.

use rayon::prelude::*;

use super::Sparse;
use super::blocks::entry_blocks;
use crate::{Error, Result};

impl Sparse {
    /// The sum of each row.
    pub fn row_sums(&self) -> Vec<f64> {
        self.iter_rows()
            .map(|(_, values)| values.iter().copied().map(f64::from).sum())
            .collect()
    }

    /// The sum of each column.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_triplets(2, 2, [(0, 0, 1.0), (0, 1, 2.0), (1, 1, 3.0)])?;
    /// assert_eq!(m.row_sums(), [3.0, 3.0]);
    /// assert_eq!(m.column_sums(), [1.0, 5.0]);
    /// assert_eq!(m.total(), 6.0);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn column_sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.n_columns];
        for (&column, &value) in self.columns.iter().zip(&self.values) {
            sums[column as usize] += f64::from(value);
        }
        sums
    }

    /// The sum of all entries.
    pub fn total(&self) -> f64 {
        self.row_sums().iter().sum()
    }

    /// The Euclidean length of each row.
    pub fn row_norms(&self) -> Vec<f64> {
        let square = |&value: &f32| f64::from(value) * f64::from(value);
        self.iter_rows()
            .map(|(_, values)| values.iter().map(square).sum::<f64>().sqrt())
            .collect()
    }

    /// Maps each entry through `f`, which is given its row, its column and its value. What becomes zero is
    /// dropped; what is not stored stays zero. It uses all threads.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_triplets(2, 2, [(0, 0, 1.0), (0, 1, 4.0)])?;
    /// let logs = m.map(|_row, _column, count| count.ln());
    /// assert_eq!(logs.n_entries(), 1);
    /// # Ok::<(), course::Error>(())
    /// ```
    #[must_use]
    pub fn map(&self, f: impl Fn(usize, usize, f32) -> f32 + Sync) -> Self {
        let mut matrix = self.clone();
        let mut values = std::mem::take(&mut matrix.values);
        entry_blocks(&self.starts, &mut values)
            .into_par_iter()
            .for_each(|(rows, values)| {
                let first = self.starts[rows.start];
                for row in rows {
                    let entries = self.starts[row]..self.starts[row + 1];
                    let columns = &self.columns[entries.clone()];
                    for (value, &column) in values[entries.start - first..entries.end - first]
                        .iter_mut()
                        .zip(columns)
                    {
                        *value = f(row, column as usize, *value);
                    }
                }
            });
        matrix.values = values;
        if matrix.values.contains(&0.0) {
            matrix.drop_zeros();
        }
        matrix
    }

    /// Changes the values of each row by `f`, which is given its columns. What becomes zero is dropped. It
    /// uses all threads.
    pub(super) fn map_rows(&mut self, f: impl Fn(&[u32], &mut [f32]) + Sync) {
        let mut values = std::mem::take(&mut self.values);
        entry_blocks(&self.starts, &mut values)
            .into_par_iter()
            .for_each(|(rows, values)| {
                let first = self.starts[rows.start];
                for row in rows {
                    let entries = self.starts[row]..self.starts[row + 1];
                    let columns = &self.columns[entries.clone()];
                    f(columns, &mut values[entries.start - first..entries.end - first]);
                }
            });
        self.values = values;
        if self.values.contains(&0.0) {
            self.drop_zeros();
        }
    }

    fn drop_zeros(&mut self) {
        let mut kept = 0;
        let mut from = 0;
        for row in 0..self.n_rows() {
            let to = self.starts[row + 1];
            for at in from..to {
                if self.values[at] != 0.0 {
                    (self.columns[kept], self.values[kept]) = (self.columns[at], self.values[at]);
                    kept += 1;
                }
            }
            (self.starts[row + 1], from) = (kept, to);
        }
        self.columns.truncate(kept);
        self.values.truncate(kept);
    }

    /// Each row times its factor.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_triplets(2, 2, [(0, 0, 1.0), (1, 1, 4.0)])?;
    /// assert_eq!(m.scaled_rows(&[2.0, 0.5])?.row_sums(), [2.0, 2.0]);
    /// assert_eq!(m.scaled_columns(&[2.0, 0.0])?.column_sums(), [2.0, 0.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// There are not as many factors as rows.
    pub fn scaled_rows(&self, factors: &[f32]) -> Result<Self> {
        check_factors("one a row", self.n_rows(), factors)?;
        Ok(self.map(|row, _, value| value * factors[row]))
    }

    /// Each column times its factor.
    ///
    /// # Errors
    /// There are not as many factors as columns.
    pub fn scaled_columns(&self, factors: &[f32]) -> Result<Self> {
        check_factors("one a column", self.n_columns, factors)?;
        Ok(self.map(|_, column, value| value * factors[column]))
    }
}

fn check_factors(expected: &str, n: usize, factors: &[f32]) -> Result<()> {
    if factors.len() == n {
        return Ok(());
    }
    Err(Error::shape(
        "the factors",
        format!("{n}, {expected}"),
        factors.len(),
    ))
}
