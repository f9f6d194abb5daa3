//! The matrix of a projection, and the products with it.

use ndarray::{Array2, ArrayView2};
use rand::Rng as _;
use rand_distr::StandardNormal;
use rayon::prelude::*;

use crate::count::Sparse;
use crate::embeddings::Embeddings;
use crate::math::matmul;
use crate::rng::{self, Rng};
use crate::{Error, Result};

/// What the entries of the matrix are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectionKind {
    /// All of them are normal.
    Gaussian,
    /// Two thirds of them are 0, the others ±.
    Sparse,
    /// One in √D of them is ±, the others are 0.
    VerySparse,
}

/// A random linear map from `from` to `to` dimensions.
///
/// ```
/// use course::indexing::{ProjectionKind, Projection};
/// use ndarray::Array2;
/// let points = Array2::from_shape_fn((5, 1000), |(i, j)| ((i * j) % 7) as f32);
/// let projection = Projection::new(ProjectionKind::VerySparse, 1000, 200, 1)?;
/// let projected = projection.project(points.view())?;
/// assert_eq!(projected.dim(), (5, 200));
/// assert!(course::indexing::distortion(points.view(), projected.view())?.largest() < 0.5);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Projection {
    kind: ProjectionKind,
    matrix: Matrix,
}

/// Of shape (from, to).
#[derive(Clone, PartialEq)]
enum Matrix {
    Dense(Array2<f32>),
    /// Entries ±1, all to be multiplied by one factor.
    Ternary(Sparse, f32),
}

impl Matrix {
    fn of_signs(signs: Sparse, s: f64) -> Self {
        let factor = (s / signs.n_columns() as f64).sqrt() as f32;
        Self::Ternary(signs, factor)
    }
}

impl Projection {
    /// Draws the matrix on all threads, with the same bytes for any number of threads. `to` may be larger
    /// than `from`.
    ///
    /// # Errors
    /// A dimension is 0, or the matrix would have more than 2³¹ entries that are not 0.
    pub fn new(kind: ProjectionKind, from: usize, to: usize, seed: u64) -> Result<Self> {
        for (what, n) in [
            ("the points' dimension", from),
            ("the dimension of the projection", to),
        ] {
            if n == 0 || n > u32::MAX as usize {
                return Err(Error::value(what, "at least 1", n));
            }
        }
        let s = match kind {
            ProjectionKind::Gaussian => 1.0,
            ProjectionKind::Sparse => 3.0,
            ProjectionKind::VerySparse => (from as f64).sqrt(),
        };
        if from as f64 * to as f64 / s > (1_u64 << 31) as f64 {
            return Err(Error::shape(
                "the projection",
                "at most 2³¹ entries",
                format!("{from} × {to}"),
            ));
        }
        let matrix = match kind {
            ProjectionKind::Gaussian => {
                let mut dense = Array2::zeros((from, to));
                let spread = (to as f32).sqrt();
                let rows = dense.as_slice_mut().unwrap_or(&mut []).par_chunks_exact_mut(to);
                rows.enumerate().for_each(|(i, row)| {
                    let mut rng = rng::stream(seed, i as u64);
                    row.fill_with(|| rng.sample::<f32, _>(StandardNormal) / spread);
                });
                Matrix::Dense(dense)
            }
            ProjectionKind::Sparse | ProjectionKind::VerySparse => {
                let rows: Vec<Vec<(u32, f32)>> = (0..from as u64)
                    .into_par_iter()
                    .map(|i| signs(&mut rng::stream(seed, i), to, 1.0 / s))
                    .collect();
                Matrix::of_signs(Sparse::from_rows(to, rows)?, s)
            }
        };
        Ok(Self { kind, matrix })
    }

    /// The projection by the signs ±1 of a matrix of shape (from, to), times √(s / to).
    pub(crate) fn of_signs(signs: Sparse, s: f64) -> Self {
        Self {
            kind: ProjectionKind::Sparse,
            matrix: Matrix::of_signs(signs, s),
        }
    }

    /// What its entries are.
    pub fn kind(&self) -> ProjectionKind {
        self.kind
    }

    /// How many dimensions it maps from, and to how many.
    pub fn dim(&self) -> (usize, usize) {
        match &self.matrix {
            Matrix::Dense(dense) => dense.dim(),
            Matrix::Ternary(signs, _) => (signs.n_rows(), signs.n_columns()),
        }
    }

    /// How many entries are not 0.
    pub fn n_entries(&self) -> usize {
        match &self.matrix {
            Matrix::Dense(dense) => dense.len(),
            Matrix::Ternary(signs, _) => signs.n_entries(),
        }
    }

    /// The matrix R, written out, shape (from, to).
    ///
    /// # Errors
    /// It would take more than a gigabyte.
    pub fn matrix(&self) -> Result<Array2<f32>> {
        Ok(match &self.matrix {
            Matrix::Dense(dense) => dense.clone(),
            Matrix::Ternary(signs, scale) => signs.to_dense()? * *scale,
        })
    }

    /// Projects the rows of `points`, (n, from), to (n, to).
    ///
    /// # Errors
    /// The points have the wrong dimension.
    pub fn project(&self, points: ArrayView2<f32>) -> Result<Array2<f32>> {
        self.check(points.ncols())?;
        match &self.matrix {
            Matrix::Dense(dense) => matmul(points, dense.view()),
            Matrix::Ternary(..) => Ok(self.by_rows(points.nrows(), |i, add| {
                let row = points.row(i);
                row.iter()
                    .enumerate()
                    .filter(|(_, x)| **x != 0.0)
                    .for_each(|(j, &x)| add(j, x));
            })),
        }
    }

    /// Projects the rows of a sparse matrix, (n, from), to (n, to). Zeros are skipped.
    ///
    /// # Errors
    /// The points have the wrong dimension.
    pub fn project_sparse(&self, points: &Sparse) -> Result<Array2<f32>> {
        self.check(points.n_columns())?;
        match &self.matrix {
            Matrix::Dense(dense) => points.times(dense),
            Matrix::Ternary(..) => Ok(self.by_rows(points.n_rows(), |i, add| {
                // Row i exists: the number of rows was given above.
                if let Ok((columns, values)) = points.row(i) {
                    columns.iter().zip(values).for_each(|(&j, &x)| add(j as usize, x));
                }
            })),
        }
    }

    /// The same words with projected vectors.
    ///
    /// # Errors
    /// The vectors have the wrong dimension.
    pub fn project_embeddings(&self, e: &Embeddings) -> Result<Embeddings> {
        Embeddings::new(e.vocabulary().clone(), self.project(e.matrix().view())?)
    }

    fn check(&self, dimension: usize) -> Result<()> {
        let (from, _) = self.dim();
        if dimension == from {
            return Ok(());
        }
        Err(Error::shape(
            "the points",
            format!("{from} numbers each"),
            format!("{dimension} numbers each"),
        ))
    }

    /// For each point, `entries` passes its coordinates to a function that adds the matching rows of R: first
    /// with the signs, then times the common factor.
    fn by_rows(&self, n: usize, entries: impl Fn(usize, &mut dyn FnMut(usize, f32)) + Sync) -> Array2<f32> {
        let (_, to) = self.dim();
        let mut out = Array2::zeros((n, to));
        let Matrix::Ternary(signs, scale) = &self.matrix else {
            return out;
        };
        let rows = out.as_slice_mut().unwrap_or(&mut []).par_chunks_exact_mut(to);
        rows.enumerate().for_each(|(i, out)| {
            entries(i, &mut |j, x| {
                let (columns, signs) = signs.row(j).unwrap_or_default();
                for (&column, &sign) in columns.iter().zip(signs) {
                    out[column as usize] += sign * x;
                }
            });
            out.iter_mut().for_each(|x| *x *= scale);
        });
        out
    }
}

/// The signs in a row of `n` positions, each with probability `p`. What is drawn are the gaps between them,
/// which are geometric, so a row takes as many draws as it has entries.
fn signs(rng: &mut Rng, n: usize, p: f64) -> Vec<(u32, f32)> {
    let mut row = Vec::with_capacity((n as f64 * p * 1.2) as usize + 4);
    let mut at = 0;
    loop {
        // P(gap ≥ g) = (1 − p)^g. 1 − u is above 0; where p is 1 every gap is 0.
        let u: f64 = rng.random();
        let gap = if p < 1.0 {
            ((1.0 - u).ln() / (1.0 - p).ln()).floor()
        } else {
            0.0
        };
        if gap >= (n - at) as f64 {
            return row;
        }
        at += gap as usize;
        row.push((at as u32, if rng.random::<bool>() { 1.0 } else { -1.0 }));
        at += 1;
    }
}

crate::show::shown_as_line!(Projection, |this| {
    let (from, to) = this.dim();
    let share = 100.0 * this.n_entries() as f64 / (from as f64 * to as f64);
    format!(
        "{:?} projection from {from} to {to} dimensions, {share:.2}% of its entries not zero",
        this.kind
    )
});
