//! Circular convolution binds two vectors into one of the same length; circular correlation takes the pair
//! apart again (Plate 1995).
//!
//! ```text
//!     (a ⊛ b)[k] = Σ_j a[j] b[k − j]       convolution; indices are modulo d
//!     (a # c)[k] = Σ_j a[j] c[k + j]       correlation, with a # (a ⊛ b) ≈ b
//! ```
//!
//! The outer product of a and b, d × d numbers, would hold the pair: multiplied by a, it gives b. The
//! convolution sums the outer product along its wrapped diagonals and keeps only d numbers. If the vectors
//! are random with variance 1/d, the pair is similar to neither a nor b. The correlation returns b with noise
//! that is about as long as b itself. That is enough to recognise b in a list of known vectors.
//!
//! A convolution is a product of Fourier transforms, F(a ⊛ b) = F(a) · F(b). A correlation is such a product
//! with one factor conjugated, F(a # c) = conj F(a) · F(c). So both take d log d steps if d is a power of
//! two, and d² otherwise.

use super::fft::Fft;
use crate::{Error, Result};

/// The circular convolution of two vectors of the same length.
///
/// ```
/// use course::count::circular_convolution;
/// // [1·4 + 2·6 + 3·5, 1·5 + 2·4 + 3·6, 1·6 + 2·5 + 3·4]
/// assert_eq!(circular_convolution(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0])?, [31.0, 31.0, 28.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The lengths differ.
pub fn circular_convolution(a: &[f32], b: &[f32]) -> Result<Vec<f32>> {
    same_length(a, b)?;
    Ok(match by_fft(a, b, 1.0) {
        Some(product) => product,
        None => directly(a, b, |j, k, d| (d + k - j) % d),
    })
}

/// The circular correlation of `a` with `c`: the vector that `a` is bound to in `c`, with noise.
///
/// ```
/// use course::count::circular_correlation;
/// // Bound with a shift by one position, and unbound exactly: a shift has no noise.
/// assert_eq!(circular_correlation(&[0.0, 1.0, 0.0], &[6.0, 4.0, 5.0])?, [4.0, 5.0, 6.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The lengths differ.
pub fn circular_correlation(a: &[f32], c: &[f32]) -> Result<Vec<f32>> {
    same_length(a, c)?;
    Ok(match by_fft(a, c, -1.0) {
        Some(product) => product,
        None => directly(a, c, |j, k, d| (k + j) % d),
    })
}

fn same_length(a: &[f32], b: &[f32]) -> Result<()> {
    if a.len() == b.len() {
        return Ok(());
    }
    let expected = format!("{} numbers, as in the first vector", a.len());
    Err(Error::shape(
        "the second vector",
        expected,
        format!("{} numbers", b.len()),
    ))
}

/// The plain form: the sum at the head of this file, in `f64`. `other` gives the index in b that meets index
/// j of a at index k of the result.
pub(super) fn directly(a: &[f32], b: &[f32], other: impl Fn(usize, usize, usize) -> usize) -> Vec<f32> {
    let d = a.len();
    let at = |k| {
        (0..d)
            .map(|j| f64::from(a[j]) * f64::from(b[other(j, k, d)]))
            .sum::<f64>() as f32
    };
    (0..d).map(at).collect()
}

/// The product of the transforms; that of `a` is conjugated if `sign` is −1. `None` if the length is not a
/// power of two, or is so small that the sum is faster.
fn by_fft(a: &[f32], b: &[f32], sign: f32) -> Option<Vec<f32>> {
    /// Up to this length the sum is faster than a transform with its tables.
    const SHORT: usize = 32;
    if a.len() <= SHORT || !a.len().is_power_of_two() {
        return None;
    }
    let fft = Fft::new(a.len());
    let (a, mut b) = (fft.spectrum(a), fft.spectrum(b));
    let half = b.len() / 2;
    let (b_re, b_im) = b.split_at_mut(half);
    for f in 0..half {
        let (re, im) = (a[f], sign * a[half + f]);
        (b_re[f], b_im[f]) = (re * b_re[f] - im * b_im[f], re * b_im[f] + im * b_re[f]);
    }
    Some(fft.signal(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degenerate_vectors() {
        assert_eq!(circular_convolution(&[], &[]).unwrap(), [0.0_f32; 0]);
        assert_eq!(circular_convolution(&[3.0], &[-2.0]).unwrap(), [-6.0]);
        assert_eq!(circular_correlation(&[3.0], &[-2.0]).unwrap(), [-6.0]);
        let e = circular_convolution(&[1.0], &[1.0, 2.0]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the second vector: expected 1 numbers, as in the first vector, got 2 numbers"
        );
    }

    /// Figures from NumPy's FFT, by tests/oracles/convolution.py. The sums are of whole numbers, up to 64 · 5
    /// · 6, so an error of 0.01 is rounding.
    #[test]
    fn it_agrees_with_numpy() {
        let a: Vec<f32> = (0..64).map(|j| ((j * j * 7 + 3 * j) % 11) as f32 - 5.0).collect();
        let b: Vec<f32> = (0..64).map(|j| ((j * j * 5 + j + 2) % 13) as f32 - 6.0).collect();
        let convolution = [
            84, -125, 140, -60, 111, -91, 24, -15, -15, 34, -63, 65, -120, 91, -85, 136, -42, 19, 4, -24, 36,
            -63, 63, -111, 72, -80, 87, -67, 44, 53, -29, 55, -72, 65, -111, 70, -71, 68, -62, -5, 28, -4,
            104, -77, 84, -120, 72, -71, 66, -53, -24, 33, -53, 79, -52, 133, -125, 91, -80, 68, -53, -26,
            42, -72,
        ];
        let correlation = [
            84, -125, 140, -60, 111, -91, 24, -15, -15, 34, -63, 65, -120, 91, -85, 136, -42, 19, 4, -24, 36,
            -63, 63, -111, 72, -80, 87, -67, 44, 53, -29, 55, -72, 65, -111, 70, -71, 68, -62, -5, 28, -4,
            104, -77, 84, -120, 72, -71, 66, -53, -24, 33, -53, 79, -52, 133, -125, 91, -80, 68, -53, -26,
            42, -72,
        ];
        let agrees = |x: Vec<f32>, y: [i32; 64]| x.iter().zip(y).all(|(x, y)| (x - y as f32).abs() < 0.01);
        assert!(agrees(circular_convolution(&a, &b).unwrap(), convolution));
        assert!(agrees(circular_correlation(&a, &b).unwrap(), correlation));
    }

    proptest! {
        /// By transform and by the sum; convolution does not care about the order of its arguments. The
        /// numbers go up to 1, so the sums go up to 256: the rounding of ten steps is below 1e-3.
        #[test]
        fn the_fast_form_is_the_sum(log in 0_u32..9, seed in 0_u64..1000) {
            use rand::Rng as _;
            let mut rng = crate::rng::seeded(seed);
            let d = 1_usize << log;
            let mut draw = || (0..d).map(|_| rng.random_range(-1.0_f32..1.0)).collect::<Vec<_>>();
            let (a, b) = (draw(), draw());
            let near = |x: &[f32], y: &[f32]| x.iter().zip(y).all(|(x, y)| (x - y).abs() < 1e-3);
            let bound = circular_convolution(&a, &b).unwrap();
            prop_assert!(near(&bound, &directly(&a, &b, |j, k, d| (d + k - j) % d)));
            prop_assert!(near(&bound, &circular_convolution(&b, &a).unwrap()));
            let unbound = circular_correlation(&a, &b).unwrap();
            prop_assert!(near(&unbound, &directly(&a, &b, |j, k, d| (k + j) % d)));
        }
    }
}
