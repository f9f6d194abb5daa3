//! The numbers of losses with a gradient of their own: `f32` for training, `f64` for checking it.

use ndarray::{ArrayView2, ArrayViewMut2};

use crate::{Error, Result};

/// `f32` or `f64`: one formula for training, and for checking it by differences.
pub trait Real: ndarray::NdFloat {
    /// The nearest number of this type.
    fn nearest(x: f64) -> Self;

    /// This number in `f64`.
    fn wide(self) -> f64;

    /// Replaces each x by exp(`by` x − `minus`), which should be at most 1, and returns the sum.
    fn exponentials(x: &mut [Self], by: Self, minus: Self) -> f64;

    /// The largest number of a row; −∞ of none. NaN does not count.
    fn largest(x: &[Self]) -> Self;

    /// Overwrites `out` with `a · b`, on this thread alone.
    ///
    /// # Errors
    /// The shapes do not fit.
    fn matmul_into(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()>;

    /// `out += a · b`, on this thread alone.
    ///
    /// # Errors
    /// The shapes do not fit.
    fn matmul_add(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()>;
}

// A call for each number would cost more than what it does.
impl Real for f32 {
    #[inline]
    fn nearest(x: f64) -> Self {
        x as f32
    }

    #[inline]
    fn wide(self) -> f64 {
        f64::from(self)
    }

    fn exponentials(x: &mut [Self], by: Self, minus: Self) -> f64 {
        crate::math::exponentials(x, by, minus)
    }

    fn largest(x: &[Self]) -> Self {
        crate::math::largest(x)
    }

    fn matmul_into(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()> {
        crate::math::matmul_into(a, b, out)
    }

    fn matmul_add(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()> {
        crate::math::matmul_add(a, b, out)
    }
}

impl Real for f64 {
    #[inline]
    fn nearest(x: f64) -> Self {
        x
    }

    #[inline]
    fn wide(self) -> f64 {
        self
    }

    fn exponentials(x: &mut [Self], by: Self, minus: Self) -> f64 {
        x.iter_mut().for_each(|x| *x = (*x * by - minus).exp());
        x.iter().sum()
    }

    fn largest(x: &[Self]) -> Self {
        x.iter()
            .fold(Self::NEG_INFINITY, |a, &b| if b > a { b } else { a })
    }

    fn matmul_into(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()> {
        product(a, b, 0.0, out)
    }

    fn matmul_add(a: ArrayView2<Self>, b: ArrayView2<Self>, out: ArrayViewMut2<Self>) -> Result<()> {
        product(a, b, 1.0, out)
    }
}

/// `a · b + keep out`
fn product(a: ArrayView2<f64>, b: ArrayView2<f64>, keep: f64, mut out: ArrayViewMut2<f64>) -> Result<()> {
    if a.ncols() != b.nrows() || out.dim() != (a.nrows(), b.ncols()) {
        let got = format!("{:?} · {:?} = {:?}", a.dim(), b.dim(), out.dim());
        return Err(Error::shape("a matrix product", "(m, k) · (k, n) = (m, n)", got));
    }
    ndarray::linalg::general_mat_mul(1.0, &a, &b, keep, &mut out);
    Ok(())
}
