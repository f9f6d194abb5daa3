//! The truncated singular value decomposition of a sparse matrix, by random projection.
//!
//! Every matrix `A` of shape `(m, n)` is `U Σ Vᵀ` with orthonormal columns in `U` and `V` and the **singular
//! values** σ₁ ≥ σ₂ ≥ … ≥ 0 on the diagonal of `Σ`. Cut off after the first `k`, it is the best matrix of
//! rank `k`: no other is nearer to `A` by the sum of squared differences (Eckart and Young 1936). What it
//! keeps of the sum of squares, the **energy**, is σ₁² + … + σ_k².
//!
//! The whole decomposition takes O(m n²). Only the first `k` singular values are wanted, and multiplying any
//! matrix by `AᵀA` often enough turns its columns towards them (Halko, Martinsson, Tropp 2011, *Finding
//! Structure with Randomness*):
//!
//! ```text
//!     P = orth(AᵀA Ω)              (n, l)   Ω random, l = k + oversampling
//!     q times:  P = orth(AᵀA P)    (n, l)   power iterations: each makes σᵢ count as σᵢ² times as much
//!     Y = A P                      (m, l)
//!     YᵀY = W Λ Wᵀ                 (l, l)   small, by [`eigen`]
//!     Σ = √Λ,  V = P W,  U = Y W Σ⁻¹        the first k
//! ```
//!
//! The cost is 4·(q + 1)·l operations for each entry of `A`, and O((m + n q) l²) for the dense part. The
//! memory needed beside the result is three times (n, l) and once (m, l); nothing grows with n². `normal.rs`
//! says how `AᵀA P` is computed.
//!
//! The plain form, [`truncated_svd_plain`], takes the eigenvectors of the whole `AᵀA` in `f64`.
//!
//! It leaves out what makes ARPACK and Lanczos' method exact. Singular values that are close to each other,
//! and those near the last one kept, come out a little too small. More power iterations make that error as
//! small as one likes.

mod normal;

use ndarray::{Array2, ArrayView2, Axis, s};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::Sparse;
use crate::math::{Eigen, eigen, gram, orthonormal, times_small};
use crate::plot::{Column, Table};
use crate::{Error, Result, rng};

/// Singular values below this share of the first are rounding errors: the rank of the matrix ends there.
const NO_RANK: f64 = 1e-5;

/// How many rows of the random matrix share a stream.
const STREAM_ROWS: usize = 1 << 10;

/// The most columns of a matrix whose whole AᵀA is taken.
const MOST_PLAIN: usize = 1024;

/// How many dimensions, and how exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SvdOptions {
    /// How many singular values are wanted.
    pub k: usize,
    /// How often the product with AᵀA is repeated after the first time: 0 to 2 are enough for a look, 5 to 7
    /// for four digits.
    pub power_iterations: usize,
    /// How many directions are computed in addition to those that are wanted.
    pub oversampling: usize,
    /// The seed of the random matrix.
    pub seed: u64,
}

crate::plot::shown_as_record!(SvdOptions);

impl Default for SvdOptions {
    /// 100 dimensions by 5 power iterations, with 10 additional directions.
    fn default() -> Self {
        Self {
            k: 100,
            power_iterations: 5,
            oversampling: 10,
            seed: 1,
        }
    }
}

impl SvdOptions {
    /// `k` dimensions; the other settings are the defaults.
    pub fn dimensions(k: usize) -> Self {
        Self { k, ..Self::default() }
    }
}

/// The first singular values and vectors of a matrix of shape `(m, n)`.
///
/// ```
/// use course::count::{Sparse, SvdOptions, truncated_svd};
/// // On paper: AᵀA = [[9, 0], [0, 16]].
/// let a = Sparse::from_triplets(3, 2, [(0, 0, 3.0), (2, 1, 4.0)])?;
/// let svd = truncated_svd(&a, &SvdOptions::dimensions(2))?;
/// assert!((svd.singular_values()[0] - 4.0).abs() < 1e-5);
/// assert!((svd.energy_kept()[0] - 16.0 / 25.0).abs() < 1e-5);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Svd {
    sigma: Vec<f32>,
    /// U Σ: (m, k)
    scaled_left: Array2<f32>,
    /// V: (n, k)
    right: Array2<f32>,
    /// The sum of squares of the matrix.
    energy: f64,
}

/// The first `k` singular values and vectors of `a`, by the algorithm at the head of this file.
///
/// The same seed gives the same bits, whatever the number of threads. If the rank of the matrix is below `k`,
/// the result has as many as the rank.
///
/// # Errors
/// `k` is 0; the matrix has no entry that is not zero; or an entry is not finite.
pub fn truncated_svd(a: &Sparse, options: &SvdOptions) -> Result<Svd> {
    let energy = checked_energy(a, options.k)?;
    let l = (options.k.saturating_add(options.oversampling))
        .min(a.n_rows())
        .min(a.n_columns());
    let mut p = random(a.n_columns(), l, options.seed);
    for i in 0..=options.power_iterations {
        p = power_step(a, p.view())?; // (n, l)
        let missing = l - p.ncols();
        if missing > 0 && i < options.power_iterations {
            // If the first singular values are far larger than the others, they hide the others in the first
            // products. New random columns at right angles to what has been found bring the others out in the
            // next products.
            let fresh = random(a.n_columns(), missing, options.seed.wrapping_add(1 + i as u64));
            let mut all = Array2::<f32>::zeros((a.n_columns(), l));
            all.slice_mut(s![.., ..p.ncols()]).assign(&p);
            all.slice_mut(s![.., p.ncols()..]).assign(&fresh);
            p = orthonormal(all.view())?;
        }
    }
    let y = normal::times_by_columns(a, p.view()); // (m, l)
    let Eigen { values, vectors } = eigen(gram(y.view())?)?;
    let k = rank(&values, options.k);
    let w = vectors.slice(s![.., ..k]).to_owned(); // (l, k)
    let mut svd = Svd {
        sigma: values[..k].iter().map(|&x| x.sqrt() as f32).collect(),
        scaled_left: times_small(y.view(), &w)?,
        right: times_small(p.view(), &w)?,
        energy,
    };
    svd.turn();
    Ok(svd)
}

/// One power iteration: orth(AᵀA P), of shape `(n, l)`, or fewer columns if they depend on each other.
pub(crate) fn power_step(a: &Sparse, p: ArrayView2<f32>) -> Result<Array2<f32>> {
    orthonormal(normal::times_normal(a, p).view())
}

/// The same from the eigenvectors of the whole AᵀA, in `f64`: exact, for at most 1,024 columns.
///
/// # Errors
/// As for [`truncated_svd`]; or the matrix has more columns.
pub fn truncated_svd_plain(a: &Sparse, k: usize) -> Result<Svd> {
    let energy = checked_energy(a, k)?;
    let n = a.n_columns();
    if n > MOST_PLAIN {
        let expected = format!("at most {MOST_PLAIN} columns");
        return Err(Error::shape("a matrix for the plain form", expected, n));
    }
    let mut normal = Array2::<f64>::zeros((n, n));
    for (columns, values) in a.iter_rows() {
        for (&i, &x) in columns.iter().zip(values) {
            for (&j, &y) in columns.iter().zip(values) {
                normal[[i as usize, j as usize]] += f64::from(x) * f64::from(y);
            }
        }
    }
    let Eigen { values, vectors } = eigen(normal)?;
    let k = rank(&values, k);
    let right = vectors.slice(s![.., ..k]).mapv(|x| x as f32);
    let mut svd = Svd {
        sigma: values[..k].iter().map(|&x| x.sqrt() as f32).collect(),
        scaled_left: a.times(&right)?,
        right,
        energy,
    };
    svd.turn();
    Ok(svd)
}

/// How many of these eigenvalues, the squares of singular values, are worth keeping.
fn rank(values: &[f64], k: usize) -> usize {
    let least = values.first().map_or(0.0, |first| first * NO_RANK * NO_RANK);
    values
        .iter()
        .take(k)
        .take_while(|&&x| x > least && x > 0.0)
        .count()
}

fn checked_energy(a: &Sparse, k: usize) -> Result<f64> {
    if k == 0 {
        return Err(Error::value("the number of dimensions", "at least 1", "0"));
    }
    let energy: f64 = a.row_norms().iter().map(|x| x * x).sum();
    if energy == 0.0 {
        return Err(Error::value(
            "the matrix to decompose",
            "at least one entry that is not zero",
            format!("{} × {} without one", a.n_rows(), a.n_columns()),
        ));
    }
    if !energy.is_finite() {
        return Err(Error::value(
            "the entries of the matrix to decompose",
            "finite numbers",
            "others",
        ));
    }
    Ok(energy)
}

/// Normal numbers, shape `(n, l)`.
fn random(n: usize, l: usize, seed: u64) -> Array2<f32> {
    let mut omega = Array2::zeros((n, l));
    let blocks: Vec<_> = omega.axis_chunks_iter_mut(Axis(0), STREAM_ROWS).collect();
    blocks.into_par_iter().enumerate().for_each(|(i, mut block)| {
        let mut rng = rng::stream(seed, i as u64);
        block
            .iter_mut()
            .for_each(|x| *x = StandardNormal.sample(&mut rng));
    });
    omega
}

impl Svd {
    /// A singular vector is as good as its opposite. Here the largest entry of each column of V is made
    /// positive, so that the same matrix always gives the same picture.
    fn turn(&mut self) {
        for (mut v, mut u) in self
            .right
            .columns_mut()
            .into_iter()
            .zip(self.scaled_left.columns_mut())
        {
            let largest = v
                .iter()
                .fold(0.0_f32, |m, &x| if x.abs() > m.abs() { x } else { m });
            if largest < 0.0 {
                v.mapv_inplace(|x| -x);
                u.mapv_inplace(|x| -x);
            }
        }
    }

    /// How many dimensions there are.
    pub fn k(&self) -> usize {
        self.sigma.len()
    }

    /// The singular values, the largest first.
    pub fn singular_values(&self) -> &[f32] {
        &self.sigma
    }

    /// `V`, shape `(n, k)`: one row for each column of the matrix. Its columns have length 1 and are at right
    /// angles.
    pub fn right(&self) -> ArrayView2<'_, f32> {
        self.right.view()
    }

    /// `U Σ = A V`, shape `(m, k)`: the rows of the matrix along the `k` directions.
    pub fn scaled_left(&self) -> ArrayView2<'_, f32> {
        self.scaled_left.view()
    }

    /// `U`, shape `(m, k)`: its columns have length 1 and are at right angles.
    pub fn left(&self) -> Array2<f32> {
        scaled(&self.scaled_left, &self.sigma, |x, sigma| x / sigma)
    }

    /// `V Σ`, shape `(n, k)`: the columns of the matrix along the `k` directions.
    pub fn scaled_right(&self) -> Array2<f32> {
        scaled(&self.right, &self.sigma, |x, sigma| x * sigma)
    }

    /// The share of the sum of squares that the first dimensions keep: one number for 1, 2, … `k` of them,
    /// from 0 to 1.
    pub fn energy_kept(&self) -> Vec<f64> {
        let mut sum = 0.0;
        let share = |&sigma: &f32| {
            sum += f64::from(sigma) * f64::from(sigma);
            sum / self.energy
        };
        self.sigma.iter().map(share).collect()
    }

    /// The same with at most `k` dimensions: the best `k` of them, without computing anything again.
    #[must_use]
    pub fn first(&self, k: usize) -> Self {
        let k = k.min(self.k());
        Self {
            sigma: self.sigma[..k].to_vec(),
            scaled_left: self.scaled_left.slice(s![.., ..k]).to_owned(),
            right: self.right.slice(s![.., ..k]).to_owned(),
            energy: self.energy,
        }
    }

    /// The place of a row that was not in the matrix among the rows of [`scaled_left`](Self::scaled_left): `a
    /// V`, for a row `a` of (column, value). Folding in a row of the matrix gives its own row there.
    ///
    /// # Errors
    /// A column that is not in the matrix.
    pub fn fold_in(&self, row: &[(u32, f32)]) -> Result<Vec<f32>> {
        coordinates(row, self.right.view())
    }

    fn table(&self) -> Table {
        let rows = (1_usize..).zip(self.sigma.iter().zip(self.energy_kept())).take(8);
        Table::new([
            Column::new("dimensions"),
            Column::new("singular value").decimals(3).bars(),
            Column::new("energy kept").percent(1).bars(),
        ])
        .title(format!(
            "{} singular values of a {} × {} matrix",
            self.k(),
            self.scaled_left.nrows(),
            self.right.nrows()
        ))
        .rows(rows.map(|(i, (&sigma, kept))| (i, sigma, kept)))
    }
}

/// `a V` for a row `a` of (column, value) and `right`, V of shape `(n, k)`.
pub(crate) fn coordinates(row: &[(u32, f32)], right: ArrayView2<f32>) -> Result<Vec<f32>> {
    let (n, k) = right.dim();
    let mut sums = vec![0.0_f64; k];
    for &(column, value) in row {
        if column as usize >= n {
            return Err(Error::value("the column", format!("a number below {n}"), column));
        }
        for (sum, &v) in sums.iter_mut().zip(right.row(column as usize)) {
            *sum += f64::from(value) * f64::from(v);
        }
    }
    Ok(sums.into_iter().map(|x| x as f32).collect())
}

fn scaled(matrix: &Array2<f32>, sigma: &[f32], f: impl Fn(f32, f32) -> f32) -> Array2<f32> {
    let mut matrix = matrix.clone();
    for (mut column, &sigma) in matrix.columns_mut().into_iter().zip(sigma) {
        column.mapv_inplace(|x| f(x, sigma));
    }
    matrix
}

crate::show::shown_as_table!(Svd);
