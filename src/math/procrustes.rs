//! The rotation that brings one cloud of points nearest to another.
//!
//! Row i of `A` and row i of `B`, both of shape `(n, d)`, are the same thing in two spaces whose axes mean
//! nothing: two runs of word2vec, two centuries, two languages. Lengths and angles must stay the same, so
//! only rotations (and reflections) are allowed:
//!
//! ```text
//!     R = argmin ‖A R − B‖      over all R with RᵀR = 1
//!       = U Vᵀ                  where AᵀB = U diag(σ) Vᵀ
//! ```
//!
//! **Why.** `‖A R − B‖² = ‖A‖² + ‖B‖² − 2 tr(Rᵀ AᵀB)`, so the trace must be as large as possible.
//! `tr(Rᵀ U diag(σ) Vᵀ) = tr(diag(σ) Vᵀ Rᵀ U)`, and `Vᵀ Rᵀ U` is orthogonal, with no number above 1. So the
//! trace is at most `Σ σ`, and it reaches that when `Vᵀ Rᵀ U` is 1, which means `R = U Vᵀ`.
//!
//! Cost: `2 n d²` for the product and `O(d³)` for its decomposition. If `AᵀB` does not have full rank,
//! several rotations are equally good, and this is one of them. Centring and scaling are left to the caller.
//!
//! P. H. Schönemann, *A generalized solution of the orthogonal Procrustes problem*, 1966.

use ndarray::{Array2, ArrayView2};

use super::svd;
use crate::{Error, Result};

/// The best rotation.
#[derive(Clone, PartialEq)]
pub struct Procrustes {
    /// `R`, shape `(d, d)`: a row vector `x` becomes `x R`.
    pub rotation: Array2<f64>,
    /// `Σ σ`, the trace of `Rᵀ AᵀB`: how much of the two clouds agrees.
    pub agreement: f64,
}

crate::show::shown_as_line!(Procrustes, |this| {
    format!(
        "A rotation in {} dimensions, agreement {:.4}",
        this.rotation.nrows(),
        this.agreement
    )
});

/// The rotation `R` with the least `‖A R − B‖`, where `a` and `b` are of shape `(n, d)`.
///
/// ```
/// use course::math::procrustes;
/// // Turned by a right angle: x to y, and y to −x.
/// let (a, b) = (ndarray::array![[1.0, 0.0], [0.0, 2.0]], ndarray::array![[0.0, 1.0], [-2.0, 0.0]]);
/// let found = procrustes(a.view(), b.view())?;
/// assert_eq!(found.rotation, ndarray::array![[0.0, 1.0], [-1.0, 0.0]]);
/// assert_eq!(found.agreement, 5.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The shapes differ, or a number is not finite.
pub fn procrustes(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Result<Procrustes> {
    if a.dim() != b.dim() {
        let (expected, got) = (format!("{:?}", a.dim()), format!("{:?}", b.dim()));
        return Err(Error::shape("the second cloud of points", expected, got));
    }
    let (a, b) = (a.mapv(f64::from), b.mapv(f64::from));
    let found = svd(&a.t().dot(&b))?;
    Ok(Procrustes {
        rotation: found.u.dot(&found.v.t()),
        agreement: found.values.iter().sum(),
    })
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    fn random(n: usize, d: usize, seed: u64) -> Array2<f64> {
        let mut rng = crate::rng::seeded(seed);
        Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0))
    }

    fn rotation(d: usize, seed: u64) -> Array2<f64> {
        svd(&random(d, d, seed)).unwrap().u
    }

    fn far(a: &Array2<f64>, r: &Array2<f64>, b: &Array2<f64>) -> f64 {
        (a.dot(r) - b).iter().map(|x| x * x).sum()
    }

    fn single(x: &Array2<f64>) -> Array2<f32> {
        x.mapv(|x| x as f32)
    }

    /// Points are `f32`, so the rotation is recovered to about 2⁻²⁴.
    #[test]
    fn a_rotation_is_found_again() {
        for (n, d) in [(1, 1), (4, 4), (50, 10), (300, 40)] {
            let (a, r) = (random(n, d, 1), rotation(d, 2));
            let found = procrustes(single(&a).view(), single(&a.dot(&r)).view()).unwrap();
            assert!((found.rotation - &r).iter().all(|e| e.abs() < 2e-6), "{n} {d}");
        }
    }

    /// It is orthogonal, and no other rotation is better: neither random ones nor small changes of it.
    #[test]
    fn it_is_orthogonal_and_the_least() {
        let (a, b) = (random(30, 5, 3), random(30, 5, 4));
        let found = procrustes(single(&a).view(), single(&b).view()).unwrap();
        let r = found.rotation;
        let one = r.t().dot(&r) - Array2::<f64>::eye(5);
        assert!(one.iter().all(|e| e.abs() < 1e-14));
        let least = far(&a, &r, &b);
        for seed in 10..200 {
            assert!(least < far(&a, &rotation(5, seed), &b));
            let near = svd(&(&r + &(random(5, 5, seed) * 0.01))).unwrap();
            assert!(least < far(&a, &near.u.dot(&near.v.t()), &b));
        }
        let square = |x: &Array2<f64>| x.iter().map(|x| x * x).sum::<f64>();
        assert!((least - (square(&a) + square(&b) - 2.0 * found.agreement)).abs() < 1e-5);
    }

    /// scipy's `orthogonal_procrustes` of these 6 × 3 numbers, from tests/oracles/procrustes.py.
    #[test]
    fn it_is_scipys() {
        let of = |f: fn(f64) -> f64, p: f64, q: f64| {
            Array2::from_shape_fn((6, 3), |(i, j)| {
                let (i, j) = (i as f64, j as f64);
                f(i * p + j * q + i * j * 0.3) as f32
            })
        };
        let (a, b) = (of(f64::sin, 1.7, 2.3), of(f64::cos, 0.9, 1.1));
        let found = procrustes(a.view(), b.view()).unwrap();
        let scipy = ndarray::array![
            [0.64520790, 0.01064988, -0.76393281],
            [0.68188360, -0.45901176, 0.56951116],
            [-0.34458892, -0.88836636, -0.30341999],
        ];
        assert!((found.rotation - scipy).iter().all(|e| e.abs() < 1e-8));
        assert!((found.agreement - 4.46594080).abs() < 1e-8);
    }

    #[test]
    fn degenerate_clouds() {
        // No agreement at all: any rotation is as good as another, and the result is one.
        let zero = procrustes(Array2::zeros((4, 3)).view(), Array2::zeros((4, 3)).view()).unwrap();
        assert_eq!(
            (zero.rotation.t().dot(&zero.rotation), zero.agreement),
            (Array2::eye(3), 0.0)
        );
        let none = procrustes(Array2::zeros((0, 2)).view(), Array2::zeros((0, 2)).view()).unwrap();
        assert_eq!(none.rotation.dim(), (2, 2));
        let error = procrustes(Array2::zeros((4, 3)).view(), Array2::zeros((4, 2)).view()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the second cloud of points: expected (4, 3), got (4, 2)"
        );
        let nan = Array2::from_elem((2, 2), f32::NAN);
        assert!(procrustes(nan.view(), nan.view()).is_err());
    }
}
