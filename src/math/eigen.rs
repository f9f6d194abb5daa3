//! Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's method.
//!
//! A symmetric `A` of shape `(d, d)` is `V diag(λ) Vᵀ` with the eigenvectors as the orthonormal columns of
//! `V`. Jacobi rotates the matrix in the plane of two axes so that the entry between them becomes 0, and does
//! this for all pairs of axes again and again, until nothing is left off the diagonal. An entry that was made
//! 0 comes back smaller, and soon much smaller. The method is exact, needs no starting point, and takes
//! `O(d³)` for each of a few rounds: 110 dimensions take a twentieth of a second, 1,000 a minute.
//!
//! Faster programs first reduce the matrix to three diagonals (Householder 1958). The crate faer 0.24 takes
//! 0.8 ms for 110 dimensions where this takes 57 ms, and 15 ms for 300 where this takes 2.1 s. It is not
//! used: it costs about a minute of compile time, and its generic code is compiled again with each change of
//! this library, while LSA with 100 dimensions needs the decomposition of 110 once.
//!
//! C. G. J. Jacobi, *Über ein leichtes Verfahren, die in der Theorie der Säcularstörungen vorkommenden
//! Gleichungen numerisch aufzulösen*, 1846.

use ndarray::{Array2, Axis};

use crate::{Error, Result};

/// The most rounds over all pairs of axes; six to eight were enough for every matrix so far.
const MOST_ROUNDS: usize = 60;

/// The eigenvalues of a matrix, the largest first, and its eigenvectors as columns in that order.
#[derive(Clone, PartialEq)]
pub struct Eigen {
    /// The largest first.
    pub values: Vec<f64>,
    /// Column `i` belongs to value `i` and has length 1. Its sign is arbitrary.
    pub vectors: Array2<f64>,
}

impl std::fmt::Display for Eigen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} eigenvalues and eigenvectors, the largest value {:.4}",
            self.values.len(),
            self.values.first().copied().unwrap_or_default()
        )
    }
}

crate::show::shown_as_line!(Eigen);

/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// ```
/// use course::math::eigen;
/// let found = eigen(ndarray::array![[2.0, 1.0], [1.0, 2.0]])?;
/// assert!((found.values[0] - 3.0).abs() < 1e-12 && (found.values[1] - 1.0).abs() < 1e-12);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The matrix is not square. Whether it is symmetric is not checked.
pub fn eigen(mut a: Array2<f64>) -> Result<Eigen> {
    let d = a.nrows();
    if a.ncols() != d {
        let got = format!("{d} × {}", a.ncols());
        return Err(Error::shape("a symmetric matrix", "as many columns as rows", got));
    }
    let mut v = Array2::<f64>::eye(d);
    let size: f64 = a.iter().map(|x| x * x).sum();
    for _ in 0..MOST_ROUNDS {
        let beside: f64 = (0..d)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|ij| a[ij] * a[ij])
            .sum();
        if beside <= 1e-30 * size {
            break;
        }
        for p in 0..d {
            for q in p + 1..d {
                if a[[p, q]] == 0.0 {
                    continue;
                }
                // The smaller of the two angles that make the entry between p and q zero.
                let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * a[[p, q]]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                for i in 0..d {
                    let (x, y) = (a[[i, p]], a[[i, q]]);
                    (a[[i, p]], a[[i, q]]) = (c * x - s * y, s * x + c * y);
                }
                for i in 0..d {
                    let (x, y) = (a[[p, i]], a[[q, i]]);
                    (a[[p, i]], a[[q, i]]) = (c * x - s * y, s * x + c * y);
                    let (x, y) = (v[[i, p]], v[[i, q]]);
                    (v[[i, p]], v[[i, q]]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    let values = a.diag();
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    Ok(Eigen {
        values: order.iter().map(|&i| values[i]).collect(),
        vectors: v.select(Axis(1), &order),
    })
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, array};
    use rand::Rng;

    use super::*;

    /// Eigenvalues 3 and 1 with eigenvectors (1, 1) and (1, -1), as on paper.
    #[test]
    fn a_two_by_two_matrix_on_paper() {
        let Eigen { values, vectors } = eigen(array![[2.0, 1.0], [1.0, 2.0]]).unwrap();
        assert!((values[0] - 3.0).abs() < 1e-12 && (values[1] - 1.0).abs() < 1e-12);
        let three = vectors.column(0);
        assert!((three[0] - three[1]).abs() < 1e-12);
    }

    /// Any symmetric matrix is rebuilt from its eigenvectors: A = V diag(λ) Vᵀ, and Vᵀ V = 1.
    #[test]
    fn a_matrix_is_rebuilt_from_its_eigenvectors() {
        let mut rng = crate::rng::seeded(1);
        for d in [1, 2, 3, 10, 40] {
            let x = Array2::from_shape_fn((d, d), |_| rng.random_range(-1.0..1.0));
            let a = &x + &x.t();
            let Eigen { values, vectors: v } = eigen(a.clone()).unwrap();
            assert!(values.is_sorted_by(|a, b| a >= b));
            let rebuilt = v.dot(&Array2::from_diag(&Array1::from(values))).dot(&v.t());
            assert!((&rebuilt - &a).iter().all(|e| e.abs() < 1e-10), "{d} dimensions");
            assert!(
                (v.t().dot(&v) - Array2::<f64>::eye(d))
                    .iter()
                    .all(|e| e.abs() < 1e-12),
                "{d} dimensions"
            );
        }
    }
}
