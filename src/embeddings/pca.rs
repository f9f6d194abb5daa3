//! Principal component analysis: the directions in which a cloud of points spreads most.
//!
//! Let the rows of `X`, shape `(n, d)`, be points and `μ` their mean. The covariance matrix
//!
//! ```text
//! C = (X − μ)ᵀ (X − μ) / (n − 1)        shape (d, d)
//! ```
//!
//! is symmetric, so it has orthogonal eigenvectors. The one with the largest eigenvalue is the direction with
//! the largest variance, and the eigenvalue is that variance; the next is the best among all directions at a
//! right angle to it, and so on. The coordinates of the points along the first `k` are `(X − μ) Wᵀ`, with the
//! directions as the rows of `W`. No other choice of `k` directions keeps more of the variance.
//!
//! The eigenvectors are those of [`eigen`], which is exact, needs no starting point, and takes `O(d³)`.
//!
//! An eigenvector is as good as its opposite. Here the entry with the largest absolute value is positive, so
//! the same points always give the same picture.
//!
//! K. Pearson, *On Lines and Planes of Closest Fit*, 1901; H. Hotelling, *Analysis of a Complex of
//! Statistical Variables into Principal Components*, 1933.

use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use crate::math::{Eigen, eigen};
use crate::{Error, Result};

/// The most dimensions that are accepted. A matrix twice as wide takes eight times as long.
const MOST_DIMENSIONS: usize = 1024;

/// The main directions of some points.
#[derive(Clone, PartialEq)]
pub struct Pca {
    mean: Array1<f32>,
    directions: Array2<f32>,
    variances: Vec<f32>,
    total: f32,
}

crate::show::shown_as_line!(Pca, |this| {
    format!(
        "PCA: {} directions of {} numbers",
        this.directions.nrows(),
        this.directions.ncols()
    )
});

/// Finds the `k` directions in which the rows of `points`, shape `(n, d)`, spread most.
///
/// # Errors
/// There are fewer than two points, `k` is not between 1 and `d`, or `d` is above 1,024.
///
/// ```
/// use course::embeddings::pca;
/// // Four points on a line through the origin, in the direction (3, 4) / 5.
/// let points = ndarray::array![[-3.0, -4.0], [0.0, 0.0], [3.0, 4.0], [6.0, 8.0]];
/// let found = pca(points.view(), 1)?;
/// assert!((found.directions()[[0, 0]] - 0.6).abs() < 1e-6);
/// assert!((found.directions()[[0, 1]] - 0.8).abs() < 1e-6);
/// assert!((found.explained()[0] - 1.0).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
pub fn pca(points: ArrayView2<f32>, k: usize) -> Result<Pca> {
    let (n, d) = points.dim();
    if n < 2 {
        return Err(Error::shape("the points", "at least 2", n));
    }
    if d > MOST_DIMENSIONS {
        return Err(Error::shape(
            "the points",
            format!("at most {MOST_DIMENSIONS} dimensions"),
            d,
        ));
    }
    if k == 0 || k > d {
        return Err(Error::value("the number of directions", format!("1 to {d}"), k));
    }
    let (mean, centred) = centred(points);
    let covariance = centred.t().dot(&centred) / (n - 1) as f64; // (d, d)
    let total: f64 = covariance.diag().sum();
    let Eigen { values, vectors } = eigen(covariance)?;
    Ok(Pca {
        mean: mean.mapv(|x| x as f32),
        directions: vectors.slice(s![.., ..k]).t().mapv(|x| x as f32),
        variances: values.iter().take(k).map(|&x| x.max(0.0) as f32).collect(),
        total: total as f32,
    })
}

/// The mean μ of the rows of `points`, shape `(n, d)`, and the rows without it, X − μ.
pub(crate) fn centred(points: ArrayView2<f32>) -> (Array1<f64>, Array2<f64>) {
    let points = points.mapv(f64::from);
    let mean = points.sum_axis(Axis(0)) / points.nrows() as f64;
    let centred = points - &mean;
    (mean, centred)
}

impl Pca {
    /// The directions, one a row, shape `(k, d)`, each of length 1.
    pub fn directions(&self) -> &Array2<f32> {
        &self.directions
    }

    /// The variance of the points along each direction, the largest first.
    pub fn variances(&self) -> &[f32] {
        &self.variances
    }

    /// The share of the total variance along each direction, from 0 to 1.
    pub fn explained(&self) -> Vec<f32> {
        let share = |v: &f32| if self.total > 0.0 { v / self.total } else { 0.0 };
        self.variances.iter().map(share).collect()
    }

    /// The coordinates of `points`, shape `(n, d)`, along the directions: shape `(n, k)`.
    ///
    /// # Errors
    /// The points have another number of dimensions.
    pub fn project(&self, points: ArrayView2<f32>) -> Result<Array2<f32>> {
        let d = self.mean.len();
        if points.ncols() != d {
            return Err(Error::shape(
                "the points",
                format!("{d} dimensions"),
                points.ncols(),
            ));
        }
        Ok((&points - &self.mean).dot(&self.directions.t()))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use rand::Rng;

    use super::*;

    /// The coordinates along the directions are uncorrelated and have the variances that were found.
    #[test]
    fn projections_are_uncorrelated() {
        let mut rng = crate::rng::seeded(2);
        let mix = Array2::from_shape_fn((6, 6), |_| rng.random_range(-1.0_f32..1.0));
        let points = Array2::from_shape_fn((200, 6), |_| rng.random_range(-1.0_f32..1.0)).dot(&mix);
        let found = pca(points.view(), 3).unwrap();
        let y = found.project(points.view()).unwrap();
        let covariance = y.t().dot(&y) / 199.0;
        for i in 0..3 {
            for j in 0..3 {
                let expected = if i == j { found.variances()[i] } else { 0.0 };
                assert!((covariance[[i, j]] - expected).abs() < 1e-4, "{i} {j}");
            }
        }
        assert!(found.variances().is_sorted_by(|a, b| a >= b));
    }

    /// The figures of scikit-learn 1.9.1: tests/oracles/pca_sklearn.py.
    #[test]
    fn the_same_as_scikit_learn() {
        let points = Array2::from_shape_fn((8, 4), |(i, j)| {
            ((i * 7 + j * 5) % 11) as f32 + (i * j) as f32 / 4.0
        });
        let found = pca(points.view(), 2).unwrap();
        for (ours, theirs) in found.variances().iter().zip(ORACLE_VARIANCES) {
            assert!((ours - theirs).abs() < 1e-4, "{ours} {theirs}");
        }
        for (ours, theirs) in found.directions().iter().zip(ORACLE_DIRECTIONS) {
            assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}");
        }
    }

    const ORACLE_VARIANCES: [f32; 2] = [29.803928, 13.653952];
    const ORACLE_DIRECTIONS: [f32; 8] = [
        -0.3144261, 0.5375948, -0.3111947, 0.7178342, 0.7213842, -0.1002681, 0.392906, 0.5614053,
    ];

    #[test]
    fn bad_input_is_an_error() {
        let points = array![[1.0, 2.0], [3.0, 4.0]];
        assert_eq!(
            pca(points.view(), 3).unwrap_err().to_string(),
            "the number of directions: expected 1 to 2, got 3"
        );
        assert_eq!(
            pca(array![[1.0, 2.0]].view(), 1).unwrap_err().to_string(),
            "the points: expected at least 2, got 1"
        );
        let same = array![[1.0, 2.0], [1.0, 2.0]];
        assert_eq!(pca(same.view(), 2).unwrap().explained(), [0.0, 0.0]);
    }
}
