//! The product of two matrices, at the full speed of the machine: a safe interface to the crate `gemm`.
//!
//! `C = A · B` with `A` of shape `(m, k)` and `B` of shape `(k, n)` takes 2·m·n·k operations. To multiply by
//! a transpose, pass the transposed view, which costs nothing: `matmul(a.view(), b.t())`.

use gemm::Parallelism;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use crate::{Error, Result};

/// A product with fewer multiplications is computed by one thread, because waking others would take longer.
const WORTH_THREADS: usize = 1 << 21;

/// `a · b`. A large product uses all threads of the current rayon pool.
///
/// # Errors
/// The number of columns of `a` is not the number of rows of `b`.
///
/// ```
/// use course::math::matmul;
/// use ndarray::array;
/// let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[0.0, 1.0], [1.0, 0.0]]);
/// assert_eq!(matmul(a.view(), b.view())?, array![[2.0, 1.0], [4.0, 3.0]]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Result<Array2<f32>> {
    let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
    let mut out = Array2::zeros((m, n));
    let threads = match m.saturating_mul(k).saturating_mul(n) < WORTH_THREADS {
        true => Parallelism::None,
        false => Parallelism::Rayon(0),
    };
    multiply(a, b, out.view_mut(), false, threads)?;
    Ok(out)
}

/// Overwrites `out` with `a · b`, on this thread alone: for use inside parallel loops.
///
/// # Errors
/// The three shapes do not fit.
pub fn matmul_into(a: ArrayView2<f32>, b: ArrayView2<f32>, out: ArrayViewMut2<f32>) -> Result<()> {
    multiply(a, b, out, false, Parallelism::None)
}

/// `out += a · b`, on this thread alone.
///
/// # Errors
/// The three shapes do not fit.
pub fn matmul_add(a: ArrayView2<f32>, b: ArrayView2<f32>, out: ArrayViewMut2<f32>) -> Result<()> {
    multiply(a, b, out, true, Parallelism::None)
}

fn multiply(
    a: ArrayView2<f32>,
    b: ArrayView2<f32>,
    mut out: ArrayViewMut2<f32>,
    add: bool,
    threads: Parallelism,
) -> Result<()> {
    let ((m, k), (b_rows, n)) = (a.dim(), b.dim());
    if b_rows != k || out.dim() != (m, n) {
        return Err(Error::shape(
            "a matrix product",
            format!("({m}, {k}) · ({k}, n) = ({m}, n)"),
            format!("({m}, {k}) · ({b_rows}, {n}) = {:?}", out.dim()),
        ));
    }
    if k == 0 {
        if !add {
            out.fill(0.0);
        }
        return Ok(());
    }
    let (a_strides, b_strides, out_strides) = (a.strides(), b.strides(), out.strides().to_vec());
    // SAFETY: the pointers and strides are those of live views with the shapes (m, k), (k, n) and (m, n), so
    // every element that `gemm` reads or writes lies within them. `out` is borrowed mutably, so none of its
    // elements is also an element of `a` or `b`, or the same element twice. All of `out` has been written
    // before, so it may be read, which `gemm` does if `add`.
    #[allow(unsafe_code, reason = "the crate `gemm` has only this function")]
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            out.as_mut_ptr(),
            out_strides[1],
            out_strides[0],
            add,
            a.as_ptr(),
            a_strides[1],
            a_strides[0],
            b.as_ptr(),
            b_strides[1],
            b_strides[0],
            f32::from(u8::from(add)),
            1.0,
            false,
            false,
            false,
            threads,
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, s};
    use rand::Rng;

    use super::*;

    fn naive(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
        Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
            (0..a.ncols())
                .map(|l| f64::from(a[[i, l]]) * f64::from(b[[l, j]]))
                .sum::<f64>() as f32
        })
    }

    /// All layouts give the same result as three loops: rows, columns, every second one, backwards.
    #[test]
    fn it_is_the_product_in_every_layout() {
        let mut rng = crate::rng::seeded(1);
        let mut random = |m, n| Array2::from_shape_fn((m, n), |_| rng.random_range(-1.0..1.0_f32));
        for (m, k, n) in [
            (1, 1, 1),
            (3, 5, 7),
            (1, 100, 33),
            (65, 100, 17),
            (40, 0, 3),
            (0, 4, 2),
            (200, 130, 90),
        ] {
            let (a, b) = (random(m, k), random(k, n));
            let expected = naive(a.view(), b.view());
            let columns = a.t().as_standard_layout().into_owned();
            let wide = random(2 * k, 2 * n);
            let sparse = wide.slice(s![..;2, ..;-2]);
            // Sums of up to 130 products of numbers below 1 are exact to 130 · 2⁻²⁴.
            let close = |x: &Array2<f32>, y: &Array2<f32>| (x - y).iter().all(|d| d.abs() < 1e-5);
            assert!(
                close(&matmul(a.view(), b.view()).unwrap(), &expected),
                "{m} {k} {n}"
            );
            assert!(
                close(&matmul(columns.t(), b.view()).unwrap(), &expected),
                "{m} {k} {n}"
            );
            assert!(
                close(&matmul(a.view(), sparse).unwrap(), &naive(a.view(), sparse)),
                "{m} {k} {n}"
            );
            let mut out = Array2::from_elem((m, n), f32::NAN);
            matmul_into(a.view(), b.view(), out.view_mut()).unwrap();
            assert!(close(&out, &expected), "{m} {k} {n}");
            matmul_add(a.view(), b.view(), out.view_mut()).unwrap();
            assert!(close(&(out / 2.0), &expected), "{m} {k} {n}");
        }
    }

    #[test]
    fn shapes_must_fit() {
        let e = matmul(Array2::zeros((2, 3)).view(), Array2::zeros((2, 3)).view()).unwrap_err();
        assert_eq!(
            e.to_string(),
            "a matrix product: expected (2, 3) · (3, n) = (2, n), got (2, 3) · (2, 3) = (2, 3)"
        );
    }
}
