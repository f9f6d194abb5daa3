//! The singular value decomposition of a small dense matrix, by the one-sided Jacobi method.
//!
//! `A` of shape `(n, m)`, `n ≥ m`, is `U diag(σ) Vᵀ` with orthonormal columns in `U`, shape `(n, m)`, and in
//! `V`, shape `(m, m)`. The columns of `A` are rotated two at a time until they are at right angles, and this
//! is repeated for all pairs until every pair is. The product of the rotations is `V`, and the columns have
//! become `U diag(σ)`.
//!
//! ```text
//!     A V = U diag(σ)
//! ```
//!
//! The eigenvectors of `AᵀA` are the same `V`, but there the small singular values are lost: a condition of
//! 10⁸ becomes one of 10¹⁶. Here `AᵀA` is never made, and small values keep their digits (Demmel and Veselić
//! 1992, *Jacobi's Method is More Accurate than QR*). Cost: `O(n m²)` for each of six to ten rounds. 110 by
//! 110 takes 91 ms, 300 by 300 2.7 s (the crate faer 0.24, which adds a minute of compile time: 1.5 ms and
//! 53 ms). For a few singular values of a large sparse matrix, see
//! [`truncated_svd`](crate::count::truncated_svd).
//!
//! M. R. Hestenes, *Inversion of matrices by biorthogonalization and related results*, 1958.

use ndarray::Array2;

use crate::{Error, Result};

/// The most rounds over all pairs of columns.
const MOST_ROUNDS: usize = 60;

/// Columns whose cosine is below this are at right angles.
const RIGHT_ANGLE: f64 = 1e-15;

/// `A = U diag(σ) Vᵀ`.
#[derive(Clone, PartialEq)]
pub struct DenseSvd {
    /// Orthonormal columns, shape `(n, m)`, even where a singular value is 0.
    pub u: Array2<f64>,
    /// The largest first; none is negative.
    pub values: Vec<f64>,
    /// Orthonormal columns, shape `(m, m)`: not transposed.
    pub v: Array2<f64>,
}

crate::show::shown_as_line!(DenseSvd, |this| {
    format!(
        "{} singular values and vectors, the largest value {:.4}",
        this.values.len(),
        this.values.first().copied().unwrap_or_default()
    )
});

/// All singular values and vectors of `a`, shape `(n, m)` with `n ≥ m`.
///
/// ```
/// use course::math::svd;
/// let found = svd(&ndarray::array![[0.0, 2.0], [3.0, 0.0]])?;
/// assert_eq!(found.values, [3.0, 2.0]);
/// assert_eq!(found.u[[1, 0]].abs(), 1.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The matrix has more columns than rows, or a number that is not finite.
pub fn svd(a: &Array2<f64>) -> Result<DenseSvd> {
    let (n, m) = a.dim();
    if m > n {
        let got = format!("{n} × {m}");
        return Err(Error::shape(
            "a matrix to decompose",
            "at least as many rows as columns",
            got,
        ));
    }
    if let Some(x) = a.iter().find(|x| !x.is_finite()) {
        return Err(Error::value("the matrix to decompose", "finite numbers", x));
    }
    // The columns as lists. The matrix is scaled so that its largest number is 1, and squares neither
    // overflow nor vanish.
    let size = a.iter().fold(0.0_f64, |size, x| size.max(x.abs()));
    let scale = if size > 0.0 { size } else { 1.0 };
    let mut columns: Vec<Vec<f64>> = a
        .columns()
        .into_iter()
        .map(|c| c.iter().map(|x| x / scale).collect())
        .collect();
    let mut turns: Vec<Vec<f64>> = (0..m)
        .map(|j| (0..m).map(|i| f64::from(i == j)).collect())
        .collect();
    for _ in 0..MOST_ROUNDS {
        let mut turned = false;
        for p in 0..m {
            for q in p + 1..m {
                let (x, y) = (&columns[p], &columns[q]);
                let (alpha, beta, gamma) = (inner(x, x), inner(y, y), inner(x, y));
                if gamma == 0.0 || gamma.abs() <= RIGHT_ANGLE * (alpha * beta).sqrt() {
                    continue;
                }
                turned = true;
                let zeta = (beta - alpha) / (2.0 * gamma);
                let t = zeta.signum() / (zeta.abs() + zeta.hypot(1.0));
                let c = 1.0 / t.hypot(1.0);
                turn(&mut columns, p, q, c, c * t);
                turn(&mut turns, p, q, c, c * t);
            }
        }
        if !turned {
            break;
        }
    }
    let lengths: Vec<f64> = columns.iter().map(|x| inner(x, x).sqrt()).collect();
    let mut order: Vec<usize> = (0..m).collect();
    order.sort_by(|&i, &j| lengths[j].total_cmp(&lengths[i]));
    let mut u: Vec<Vec<f64>> = Vec::with_capacity(m);
    for &j in &order {
        // A column that is only rounding error has no direction.
        let known = lengths[j] > 0.0 && lengths[j] > f64::EPSILON * lengths[order[0]];
        let unit = known.then(|| columns[j].iter().map(|x| x / lengths[j]).collect());
        u.push(unit.unwrap_or_else(|| another(&u, n)));
    }
    Ok(DenseSvd {
        u: Array2::from_shape_fn((n, m), |(i, j)| u[j][i]),
        values: order.iter().map(|&j| lengths[j] * scale).collect(),
        v: Array2::from_shape_fn((m, m), |(i, j)| turns[order[j]][i]),
    })
}

fn inner(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// Rotates columns p and q, where p is before q, by the angle with this cosine and sine.
fn turn(columns: &mut [Vec<f64>], p: usize, q: usize, c: f64, s: f64) {
    let (before, from_q) = columns.split_at_mut(q);
    for (x, y) in before[p].iter_mut().zip(&mut from_q[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

/// A vector of length 1 at right angles to all of `units`, of which there are fewer than `n`. It is what
/// remains of the axis that has the smallest share in them.
fn another(units: &[Vec<f64>], n: usize) -> Vec<f64> {
    let share = |i: usize| units.iter().map(|u| u[i] * u[i]).sum::<f64>();
    let axis = (0..n)
        .min_by(|&i, &j| share(i).total_cmp(&share(j)))
        .unwrap_or_default();
    let mut x: Vec<f64> = (0..n).map(|i| f64::from(i == axis)).collect();
    // The second time removes what rounding has left.
    for _ in 0..2 {
        for unit in units {
            let along = inner(&x, unit);
            x.iter_mut().zip(unit).for_each(|(x, u)| *x -= along * u);
        }
        let length = inner(&x, &x).sqrt();
        x.iter_mut().for_each(|x| *x /= length);
    }
    x
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, array};
    use rand::Rng;

    use super::*;

    fn random(n: usize, m: usize, seed: u64) -> Array2<f64> {
        let mut rng = crate::rng::seeded(seed);
        Array2::from_shape_fn((n, m), |_| rng.random_range(-1.0..1.0))
    }

    /// On paper: AᵀA = [[25, 20], [20, 25]] has eigenvalues 45 and 5.
    #[test]
    fn a_two_by_two_matrix_on_paper() {
        let found = svd(&array![[3.0, 0.0], [4.0, 5.0]]).unwrap();
        assert!((found.values[0] - 45_f64.sqrt()).abs() < 1e-14);
        assert!((found.values[1] - 5_f64.sqrt()).abs() < 1e-14);
        assert!((found.v[[0, 0]].abs() - 0.5_f64.sqrt()).abs() < 1e-14);
    }

    /// Rebuilt up to rounding, with orthonormal sides. This holds for low rank, for zero, and for very large
    /// and very small numbers.
    #[test]
    fn a_matrix_is_rebuilt() {
        let low_rank = random(7, 2, 1).dot(&random(2, 5, 2));
        let cases = [
            random(1, 1, 1),
            random(6, 4, 2),
            random(40, 40, 3),
            low_rank,
            Array2::zeros((3, 3)),
            random(5, 5, 4) * 1e200,
            random(5, 5, 5) * 1e-200,
            Array2::zeros((4, 0)),
        ];
        for a in cases {
            let DenseSvd { u, values, v } = svd(&a).unwrap();
            assert!(values.is_sorted_by(|a, b| a >= b) && values.iter().all(|x| *x >= 0.0));
            let size = a.iter().fold(1e-300_f64, |size, x| size.max(x.abs()));
            let rebuilt = u.dot(&Array2::from_diag(&Array1::from(values))).dot(&v.t());
            assert!(
                (&rebuilt - &a).iter().all(|e| e.abs() < 1e-13 * size),
                "{:?}",
                a.dim()
            );
            for side in [u, v] {
                let error = side.t().dot(&side) - Array2::<f64>::eye(side.ncols());
                assert!(error.iter().all(|e| e.abs() < 1e-13), "{:?}", a.dim());
            }
        }
    }

    /// Singular values from 1 to 1e-12. The eigenvalues of AᵀA would lose the small ones: their squares are
    /// below rounding.
    #[test]
    fn small_values_keep_their_digits() {
        let (u, v) = (svd(&random(6, 6, 7)).unwrap().u, svd(&random(6, 6, 8)).unwrap().u);
        let values: Vec<f64> = (0..6).map(|i| 10_f64.powf(-2.4 * f64::from(i))).collect();
        let a = u
            .dot(&Array2::from_diag(&Array1::from(values.clone())))
            .dot(&v.t());
        for (got, expected) in svd(&a).unwrap().values.into_iter().zip(values) {
            assert!(
                (got - expected).abs() < 1e-15 + 1e-3 * expected,
                "{got} {expected}"
            );
        }
    }

    #[test]
    fn bad_input_is_an_error() {
        let error = |a: Array2<f64>| svd(&a).unwrap_err().to_string();
        assert!(error(Array2::zeros((2, 3))).contains("got 2 × 3"));
        assert!(error(array![[f64::NAN]]).contains("got NaN"));
    }
}
