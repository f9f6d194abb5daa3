//! Rotary positions: queries and keys are turned by an angle that grows with their position (Su et al. 2021,
//! *RoFormer: enhanced transformer with rotary position embedding*).
//!
//! ```text
//!     (x, y)  →  (x cos θ − y sin θ,  x sin θ + y cos θ)          θ = p · base^(−2i/d), for pair i
//! ```
//!
//! **Shift**: the dot product of a query at m with a key at n depends on m − n alone, since turning both by
//! the same angle changes no angle between them. Lengths stay. Values are not turned: a position says where
//! to look, and is not part of what is found.
//!
//! Which numbers are a pair is a matter of taste, and of the file: RoFormer and GPT-J pair neighbours, (0,
//! 1), (2, 3), …; GPT-NeoX and Llama pair halves, (0, d/2), (1, d/2 + 1), …. Weights for one do not work with
//! the other, unless their rows are put into another order.

use serde::{Deserialize, Serialize};

use super::sinusoidal::speed;
use crate::{Error, Result};

/// Which numbers of a vector are turned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RotaryPairs {
    /// (0, 1), (2, 3), …: RoFormer, GPT-J.
    Neighbours,
    /// (0, d/2), (1, d/2 + 1), …: GPT-NeoX, Llama.
    Halves,
}

impl RotaryPairs {
    /// The places of pair `i` of `d` numbers.
    fn at(self, i: usize, d: usize) -> (usize, usize) {
        match self {
            Self::Neighbours => (2 * i, 2 * i + 1),
            Self::Halves => (i, i + d / 2),
        }
    }
}

/// `x` turned as a query or key at `position`.
///
/// A quarter turn, at position π/2 if positions were not whole: here by the base, at which the second pair of
/// four numbers turns by 1/√base.
///
/// ```
/// use course::context::positions::{RotaryPairs, rotate};
/// let base = (2.0 / std::f64::consts::PI).powi(2);
/// let y = rotate(&[0.0, 0.0, 1.0, 0.0], 1, base, RotaryPairs::Neighbours)?;
/// assert!(y[2].abs() < 1e-6 && (y[3] - 1.0).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `x` does not have an even number of numbers.
pub fn rotate(x: &[f32], position: usize, base: f64, pairs: RotaryPairs) -> Result<Vec<f32>> {
    let d = x.len();
    if !d.is_multiple_of(2) {
        return Err(Error::value("the length of a query or key", "an even number", d));
    }
    let mut out = vec![0.0; d];
    for i in 0..d / 2 {
        let (sin, cos) = (position as f64 * speed(i, d, base)).sin_cos();
        let (a, b) = pairs.at(i, d);
        let (x, y) = (f64::from(x[a]), f64::from(x[b]));
        (out[a], out[b]) = ((x * cos - y * sin) as f32, (x * sin + y * cos) as f32);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const Q: [f32; 6] = [0.5, -1.0, 2.0, 0.25, -0.75, 1.5];
    const K: [f32; 6] = [1.0, 0.5, -0.5, 2.0, 0.25, -1.25];

    fn dot(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_product_depends_on_the_distance_alone() {
        for pairs in [RotaryPairs::Neighbours, RotaryPairs::Halves] {
            let score = |m: usize, n: usize| {
                let turned = |x: &[f32], p| rotate(x, p, 10_000.0, pairs).unwrap();
                dot(&turned(&Q, m), &turned(&K, n))
            };
            for (m, n) in [(0, 0), (3, 1), (1, 3), (50, 7)] {
                for s in [1, 10, 1000] {
                    assert!((score(m, n) - score(m + s, n + s)).abs() < 1e-5);
                }
            }
            assert!((score(3, 1) - score(1, 3)).abs() > 1e-2);
            let long = rotate(&Q, 77, 10_000.0, pairs).unwrap();
            assert!((dot(&long, &long) - dot(&Q, &Q)).abs() < 1e-5);
            assert_eq!(rotate(&Q, 0, 10_000.0, pairs).unwrap(), Q);
        }
    }

    /// One form is the other with the numbers in another order.
    #[test]
    fn the_two_forms_are_one_in_another_order() {
        let order = [0, 2, 4, 1, 3, 5];
        let mixed: Vec<f32> = order.iter().map(|&i| Q[i]).collect();
        let halves = rotate(&mixed, 5, 100.0, RotaryPairs::Halves).unwrap();
        let neighbours = rotate(&Q, 5, 100.0, RotaryPairs::Neighbours).unwrap();
        let back: Vec<f32> = order.iter().map(|&i| neighbours[i]).collect();
        assert_eq!(halves, back);
        assert!(rotate(&Q[..3], 1, 100.0, RotaryPairs::Halves).is_err());
    }
}
