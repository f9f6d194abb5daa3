//! Products of a sparse matrix: with a dense matrix, with a vector, and its transpose.
//!
//! Row i of A·B is a sum of rows of B: those for which row i of A has an entry, each times that entry. For a
//! B with k columns this takes 2·k operations for each entry of A. The rows are shared out to threads. Each
//! row is added up by one thread, from left to right, so the result does not depend on the number of threads.

use multiversion::multiversion;
use ndarray::Array2;
use rayon::prelude::*;

use super::Sparse;
use super::blocks::row_blocks;
use crate::{Error, Result};

impl Sparse {
    /// The product with a dense matrix: (n, m) times (m, k) is (n, k).
    ///
    /// ```
    /// use course::count::Sparse;
    /// use ndarray::arr2;
    /// let m = Sparse::from_triplets(2, 3, [(0, 0, 2.0), (1, 2, 3.0)])?;
    /// let b = arr2(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    /// assert_eq!(m.times(&b)?, arr2(&[[2.0, 4.0], [15.0, 18.0]]));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `dense` does not have as many rows as this matrix has columns.
    pub fn times(&self, dense: &Array2<f32>) -> Result<Array2<f32>> {
        self.check_product("the dense matrix", dense.nrows())?;
        let k = dense.ncols();
        let dense = dense.as_standard_layout();
        let mut product = Array2::zeros((self.n_rows(), k));
        // Both are in standard layout, so there is a slice.
        let (Some(b), Some(out)) = (dense.as_slice(), product.as_slice_mut()) else {
            return Ok(product);
        };
        if k == 0 {
            return Ok(product);
        }
        row_blocks(&self.starts, out, k)
            .into_par_iter()
            .for_each(|(rows, out)| {
                add_products(
                    &self.starts[rows.start..=rows.end],
                    &self.columns,
                    &self.values,
                    b,
                    k,
                    out,
                );
            });
        Ok(product)
    }

    /// The product with a vector: (n, m) times (m) is (n). Each sum is taken in `f64`.
    ///
    /// # Errors
    /// `vector` does not have as many numbers as this matrix has columns.
    pub fn times_vector(&self, vector: &[f32]) -> Result<Vec<f32>> {
        self.check_product("the vector", vector.len())?;
        let mut product = vec![0.0; self.n_rows()];
        row_blocks(&self.starts, &mut product, 1)
            .into_par_iter()
            .for_each(|(rows, out)| {
                for (row, out) in rows.zip(out) {
                    let entries = self.starts[row]..self.starts[row + 1];
                    let (columns, values) = (&self.columns[entries.clone()], &self.values[entries]);
                    *out = dot(columns, values, vector) as f32;
                }
            });
        Ok(product)
    }

    /// The product of the transpose with a vector: (m, n) times (n) is (m). It uses one thread. For many
    /// products, or for products with matrices, keep the [transpose](Sparse::transposed).
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_triplets(2, 3, [(0, 0, 2.0), (1, 2, 3.0)])?;
    /// assert_eq!(m.times_vector(&[1.0, 1.0, 2.0])?, [2.0, 6.0]);
    /// assert_eq!(m.transposed_times_vector(&[1.0, 2.0])?, [2.0, 0.0, 6.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `vector` does not have as many numbers as this matrix has rows.
    pub fn transposed_times_vector(&self, vector: &[f32]) -> Result<Vec<f32>> {
        if vector.len() != self.n_rows() {
            let expected = format!("{} numbers, one a row", self.n_rows());
            return Err(Error::shape("the vector", expected, vector.len()));
        }
        let mut product = vec![0.0_f64; self.n_columns];
        for ((columns, values), &x) in self.iter_rows().zip(vector) {
            for (&column, &value) in columns.iter().zip(values) {
                product[column as usize] += f64::from(value) * f64::from(x);
            }
        }
        Ok(product.into_iter().map(|sum| sum as f32).collect())
    }

    /// The matrix with rows and columns exchanged.
    ///
    /// ```
    /// # use course::count::Sparse;
    /// let m = Sparse::from_triplets(2, 3, [(0, 0, 2.0), (1, 2, 3.0)])?;
    /// assert_eq!(m.transposed(), Sparse::from_triplets(3, 2, [(0, 0, 2.0), (2, 1, 3.0)])?);
    /// # Ok::<(), course::Error>(())
    /// ```
    #[must_use]
    pub fn transposed(&self) -> Self {
        // Counting sort: how long each new row is, where it begins, and then each entry goes to its place.
        let mut starts = vec![0; self.n_columns + 1];
        for &column in &self.columns {
            starts[column as usize + 1] += 1;
        }
        for i in 0..self.n_columns {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut columns = vec![0; self.n_entries()];
        let mut values = vec![0.0; self.n_entries()];
        for (row, (old_columns, old_values)) in (0..).zip(self.iter_rows()) {
            for (&column, &value) in old_columns.iter().zip(old_values) {
                let at = &mut next[column as usize];
                (columns[*at], values[*at]) = (row, value);
                *at += 1;
            }
        }
        Self {
            n_columns: self.n_rows(),
            starts,
            columns,
            values,
        }
    }

    fn check_product(&self, what: &str, rows: usize) -> Result<()> {
        if rows == self.n_columns {
            return Ok(());
        }
        let expected = format!(
            "{} rows, as many as the sparse matrix has columns",
            self.n_columns
        );
        Err(Error::shape(what, expected, rows))
    }
}

/// The product of a row's entries with a vector.
pub(super) fn dot(columns: &[u32], values: &[f32], vector: &[f32]) -> f64 {
    let product = |(&column, &value): (&u32, &f32)| f64::from(value) * f64::from(vector[column as usize]);
    columns.iter().zip(values).map(product).sum()
}

/// Adds the rows of the product with `b` to the rows of `out`: `starts` says where the entries of each row
/// are. Both `b` and `out` have rows of `k` numbers.
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
fn add_products(starts: &[usize], columns: &[u32], values: &[f32], b: &[f32], k: usize, out: &mut [f32]) {
    let row = |column: u32| &b[column as usize * k..][..k];
    for (ends, out) in starts.windows(2).zip(out.chunks_exact_mut(k)) {
        let (columns, rest_columns) = columns[ends[0]..ends[1]].as_chunks::<4>();
        let (values, rest_values) = values[ends[0]..ends[1]].as_chunks::<4>();
        // Four rows of b at a time: the sums are read and written once for all four. Each row is a cache
        // miss, and the four are fetched side by side.
        for (&[c0, c1, c2, c3], &[v0, v1, v2, v3]) in columns.iter().zip(values) {
            let rows = row(c0).iter().zip(row(c1)).zip(row(c2)).zip(row(c3));
            for (sum, (((x0, x1), x2), x3)) in out.iter_mut().zip(rows) {
                *sum = *sum + v0 * x0 + v1 * x1 + v2 * x2 + v3 * x3;
            }
        }
        for (&column, &value) in rest_columns.iter().zip(rest_values) {
            out.iter_mut()
                .zip(row(column))
                .for_each(|(sum, x)| *sum += value * x);
        }
    }
}
