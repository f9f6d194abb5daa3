//! How alike two vectors are: inner product, cosine, Euclidean distance.
//!
//! ```text
//! dot(x, y)       = Σ xᵢyᵢ
//! cosine(x, y)    = Σ xᵢyᵢ / (‖x‖ ‖y‖)       from −1 (opposite) over 0 (at a right angle) to 1 (same direction)
//! euclidean(x, y) = √Σ(xᵢ−yᵢ)²               0 for equal vectors
//! ```
//!
//! Frequent words tend to have longer vectors, so the inner product prefers them; the cosine looks at the direction
//! only. For vectors of length 1 all three put neighbours in the same order: ‖x−y‖² = 2 − 2·cosine(x, y).
//!
//! Sums are kept in `f64`, in an order that is the same on every machine: the product of two `f32` is exact in `f64`,
//! so the result is the true one to its last digit but for the rarest cases.

use multiversion::multiversion;

use crate::{Error, Result};

/// The inner product Σ xᵢyᵢ.
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::dot;
/// assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0])?, 11.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn dot(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(inner(x, y) as f32)
}

/// The cosine of the angle between two vectors.
///
/// The zero vector has no direction; its cosine with anything is 0, as of a vector at a right angle: a word about
/// which nothing is known is like no other, and no ranking has to deal with NaN.
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::cosine;
/// assert_eq!(cosine(&[3.0, 4.0], &[6.0, 8.0])?, 1.0);
/// assert_eq!(cosine(&[1.0, 0.0], &[0.0, 1.0])?, 0.0);
/// assert_eq!(cosine(&[1.0, 0.0], &[0.0, 0.0])?, 0.0);
/// let e = cosine(&[1.0], &[1.0, 2.0]).unwrap_err();
/// assert_eq!(e.to_string(), "the second vector: expected the first one's length, 1, got 2");
/// # Ok::<(), course::Error>(())
/// ```
pub fn cosine(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(cosine_of(inner(x, y), norm(x), norm(y)) as f32)
}

/// The distance √Σ(xᵢ−yᵢ)².
///
/// # Errors
/// The lengths differ.
///
/// ```
/// use course::embeddings::euclidean;
/// assert_eq!(euclidean(&[1.0, 1.0], &[4.0, 5.0])?, 5.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn euclidean(x: &[f32], y: &[f32]) -> Result<f32> {
    same_length(x, y)?;
    Ok(squared_distance(x, y).sqrt() as f32)
}

fn same_length(x: &[f32], y: &[f32]) -> Result<()> {
    match x.len() == y.len() {
        true => Ok(()),
        false => Err(Error::shape(
            "the second vector",
            format!("the first one's length, {}", x.len()),
            y.len().to_string(),
        )),
    }
}

/// The cosine from an inner product and two lengths.
pub(crate) fn cosine_of(inner: f64, norm_x: f64, norm_y: f64) -> f64 {
    match norm_x * norm_y {
        0.0 => 0.0,
        norms => (inner / norms).clamp(-1.0, 1.0),
    }
}

/// The length ‖x‖.
pub(crate) fn norm(x: &[f32]) -> f64 {
    inner(x, x).sqrt()
}

/// Partial sums that are kept apart, so that the processor can add them side by side.
const LANES: usize = 16;

/// Σ xᵢyᵢ of slices that are equally long (the longer one's rest is ignored).
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

/// Σ(xᵢ−yᵢ)² of slices that are equally long (the longer one's rest is ignored).
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Two vectors of one length, of one number to more than three times the lanes.
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

        /// ‖x−y‖² = ‖x‖² + ‖y‖² − 2·x·y, and the cosine does not see lengths.
        #[test]
        fn the_three_belong_together((x, y) in pair(), factor in 0.1_f32..10.0) {
            let law = inner(&x, &x) + inner(&y, &y) - 2.0 * inner(&x, &y);
            prop_assert!((squared_distance(&x, &y) - law).abs() < 1e-9);
            let longer: Vec<f32> = x.iter().map(|x| factor * x).collect();
            prop_assert!((cosine(&x, &y).unwrap() - cosine(&longer, &y).unwrap()).abs() < 1e-5);
            prop_assert_eq!(cosine(&x, &y).unwrap(), cosine(&y, &x).unwrap());
        }
    }

    #[test]
    fn empty_vectors_are_equal() {
        assert_eq!(
            (
                dot(&[], &[]).unwrap(),
                cosine(&[], &[]).unwrap(),
                euclidean(&[], &[]).unwrap()
            ),
            (0.0, 0.0, 0.0)
        );
    }
}
