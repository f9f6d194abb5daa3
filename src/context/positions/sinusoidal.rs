//! Sinusoidal positions: a position as the hands of many clocks (Vaswani et al. 2017).
//!
//! ```text
//!     PE(p, 2i)     = sin(p / 10000^(2i/d))
//!     PE(p, 2i + 1) = cos(p / 10000^(2i/d))            i = 0 … d/2 − 1
//! ```
//!
//! Pair i is a hand that turns once in 2π · 10000^(2i/d) positions: the first ones tell neighbours apart, the
//! last ones say roughly where. **Shift**: going s positions on turns each hand by the same angle wherever it
//! stood, so PE(p + s) is PE(p) times a matrix that depends on s alone, and PE(p) · PE(p + s) = Σᵢ cos(s ωᵢ)
//! does not depend on p.

use crate::{Error, Result};

/// The waves' lengths are from 2π to 2π times this.
pub(super) const BASE: f64 = 10_000.0;

/// The vector of a position, of `d` numbers.
///
/// ```
/// use course::context::positions::sinusoidal;
/// assert_eq!(sinusoidal(0, 4)?, [0.0, 1.0, 0.0, 1.0]);
/// let p = sinusoidal(1, 4)?;
/// assert!((p[0] - 1_f32.sin()).abs() < 1e-6 && (p[3] - 0.01_f32.cos()).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `d` is not even.
pub fn sinusoidal(position: usize, d: usize) -> Result<Vec<f32>> {
    if !d.is_multiple_of(2) {
        return Err(Error::value("the width of a position", "an even number", d));
    }
    let pair = |i: usize| {
        let angle = position as f64 * speed(i, d, BASE);
        [angle.sin() as f32, angle.cos() as f32]
    };
    Ok((0..d / 2).flat_map(pair).collect())
}

/// By which angle pair `i` of `d` numbers turns from one position to the next.
pub(super) fn speed(i: usize, d: usize, base: f64) -> f64 {
    base.powf(-((2 * i) as f64) / d as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(a: &[f32], b: &[f32]) -> f64 {
        a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    }

    #[test]
    fn a_product_depends_on_the_distance_alone() {
        for s in [0, 1, 7, 100] {
            let at = |p: usize| sinusoidal(p, 32).unwrap();
            let expected: f64 = (0..16).map(|i| (s as f64 * speed(i, 32, BASE)).cos()).sum();
            for p in [0, 3, 500] {
                // 32 products of f32 numbers below 1.
                assert!((dot(&at(p), &at(p + s)) - expected).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn an_odd_width_has_no_pairs() {
        let e = sinusoidal(1, 3).unwrap_err().to_string();
        assert_eq!(e, "the width of a position: expected an even number, got 3");
        assert_eq!(sinusoidal(1, 0).unwrap().len(), 0);
    }
}
