//! Vectors as slices: inner product, length, squared distance, cosine; and the rows of a matrix scaled to
//! length 1.
//!
//! Sums are computed in `f64`, in an order that is the same on every machine. There are sixteen partial sums,
//! so that the processor can add them in parallel.

use multiversion::multiversion;
use ndarray::Array2;

/// How many partial sums are kept apart, so that the processor can add them in parallel.
const LANES: usize = 16;

/// Σ xᵢyᵢ of slices of the same length (the rest of a longer one is ignored).
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(crate) fn inner(x: &[f32], y: &[f32]) -> f64 {
    let ((x_lanes, x_rest), (y_lanes, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (x, y) in x_lanes.iter().zip(y_lanes) {
        for lane in 0..LANES {
            sums[lane] += f64::from(x[lane]) * f64::from(y[lane]);
        }
    }
    let rest: f64 = x_rest
        .iter()
        .zip(y_rest)
        .map(|(&x, &y)| f64::from(x) * f64::from(y))
        .sum();
    sums.iter().sum::<f64>() + rest
}

/// Σ(xᵢ−yᵢ)² of slices of the same length (the rest of a longer one is ignored).
#[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
pub(crate) fn squared_distance(x: &[f32], y: &[f32]) -> f64 {
    let ((x_lanes, x_rest), (y_lanes, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (x, y) in x_lanes.iter().zip(y_lanes) {
        for lane in 0..LANES {
            let difference = f64::from(x[lane]) - f64::from(y[lane]);
            sums[lane] += difference * difference;
        }
    }
    let rest: f64 = x_rest
        .iter()
        .zip(y_rest)
        .map(|(&x, &y)| (f64::from(x) - f64::from(y)).powi(2))
        .sum();
    sums.iter().sum::<f64>() + rest
}

/// The length ‖x‖.
pub(crate) fn norm(x: &[f32]) -> f64 {
    inner(x, x).sqrt()
}

/// The cosine from an inner product and two lengths.
pub(crate) fn cosine_of(inner: f64, norm_x: f64, norm_y: f64) -> f64 {
    match norm_x * norm_y {
        0.0 => 0.0,
        norms => (inner / norms).clamp(-1.0, 1.0),
    }
}

/// Every row scaled to length 1; a zero row stays as it is.
pub(crate) fn unit_rows(matrix: &Array2<f32>) -> Array2<f32> {
    let mut matrix = matrix.clone();
    for mut row in matrix.outer_iter_mut() {
        let norm = norm(row.as_slice().unwrap_or(&[]));
        if norm > 0.0 {
            row.mapv_inplace(|x| (f64::from(x) / norm) as f32);
        }
    }
    matrix
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cosine(x: &[f32], y: &[f32]) -> f64 {
        cosine_of(inner(x, y), norm(x), norm(y))
    }

    /// Two vectors of the same length, from one number to more than three times the lanes.
    fn pair() -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
        (1_usize..50).prop_flat_map(|n| {
            let numbers = || prop::collection::vec(-10.0_f32..10.0, n);
            (numbers(), numbers())
        })
    }

    proptest! {
        #[test]
        fn lanes_change_nothing((x, y) in pair()) {
            let naive: f64 = x.iter().zip(&y).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
            // 50 additions of products below 100 in f64.
            prop_assert!((inner(&x, &y) - naive).abs() < 1e-10);
            let naive: f64 = x.iter().zip(&y).map(|(&x, &y)| (f64::from(x) - f64::from(y)).powi(2)).sum();
            prop_assert!((squared_distance(&x, &y) - naive).abs() < 1e-10);
        }

        /// ‖x−y‖² = ‖x‖² + ‖y‖² − 2·x·y, and the cosine does not depend on lengths.
        #[test]
        fn the_three_belong_together((x, y) in pair(), factor in 0.1_f32..10.0) {
            let law = inner(&x, &x) + inner(&y, &y) - 2.0 * inner(&x, &y);
            prop_assert!((squared_distance(&x, &y) - law).abs() < 1e-9);
            let longer: Vec<f32> = x.iter().map(|x| factor * x).collect();
            prop_assert!((cosine(&x, &y) - cosine(&longer, &y)).abs() < 1e-5);
            prop_assert_eq!(cosine(&x, &y), cosine(&y, &x));
        }
    }
}
