//! GloVe's loss: how far the product of two vectors is from the logarithm of how often their words meet.
//!
//! With `e = w · c + b + a − ln x`, the loss of a pair that met x times is `f(x) e² / 2` (Pennington, Socher
//! and Manning 2014; the paper has no ½, which only scales the step). Since `∂e/∂w = c`, `∂e/∂c = w` and
//! `∂e/∂b = ∂e/∂a = 1`,
//!
//! ```text
//!     f(x) = min(1, (x / x_max)^power)
//!     g = f(x) e          ∂J/∂w = g c       ∂J/∂c = g w       ∂J/∂b = ∂J/∂a = g
//! ```
//!
//! How AdaGrad makes steps from it is in `predict/glove/step.rs`.

use crate::{Error, Result};

/// The weight of a pair that met `x` times: `min(1, (x / x_max)^power)`, and 0 for a pair that never met.
///
/// ```
/// use course::loss::glove_weight;
/// assert_eq!(glove_weight(16.0, 256.0, 0.75), 0.125);
/// assert_eq!([0.0, 300.0].map(|x| glove_weight(x, 256.0, 0.75)), [0.0, 1.0]);
/// ```
pub fn glove_weight(x: f32, x_max: f32, power: f32) -> f32 {
    if x <= 0.0 {
        0.0
    } else if x >= x_max {
        1.0
    } else {
        (x / x_max).powf(power)
    }
}

/// The loss of a pair that met `x` times, with vectors `w` and `c` and the sum `b` of their two biases: `f(x)
/// e² / 2` with the power 3/4. For a pair that never met it is 0.
///
/// # Errors
/// The vectors have different lengths.
///
/// ```
/// use course::loss::glove_loss;
/// // w · c = 2, ln 1 = 0, f(1) = (1/16)^¾ = 1/8.
/// assert_eq!(glove_loss(&[1.0, 2.0], &[2.0, 0.0], 0.0, 1.0, 16.0)?, 0.25);
/// # Ok::<(), course::Error>(())
/// ```
pub fn glove_loss(w: &[f32], c: &[f32], b: f32, x: f32, x_max: f32) -> Result<f32> {
    Ok(weight_and_error(w, c, b, x, x_max)?.map_or(0.0, |(f, e)| 0.5 * f * e * e))
}

/// `g = f(x) e`, as at the head of this file: the gradient is `g c` for `w`, `g w` for `c`, and `g` for `b`.
///
/// # Errors
/// The vectors have different lengths.
///
/// ```
/// use course::loss::glove_gradient;
/// assert_eq!(glove_gradient(&[1.0, 2.0], &[2.0, 0.0], 0.0, 1.0, 16.0)?, 0.25);
/// # Ok::<(), course::Error>(())
/// ```
pub fn glove_gradient(w: &[f32], c: &[f32], b: f32, x: f32, x_max: f32) -> Result<f32> {
    Ok(weight_and_error(w, c, b, x, x_max)?.map_or(0.0, |(f, e)| f * e))
}

/// f and e, if the pair has met.
fn weight_and_error(w: &[f32], c: &[f32], b: f32, x: f32, x_max: f32) -> Result<Option<(f32, f32)>> {
    if w.len() != c.len() {
        let (expected, got) = (format!("{} numbers", w.len()), format!("{}", c.len()));
        return Err(Error::shape("the company's vector", expected, got));
    }
    let dot: f32 = w.iter().zip(c).map(|(w, c)| w * c).sum();
    Ok((x > 0.0).then(|| (glove_weight(x, x_max, 0.75), dot + b - x.ln())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By central differences of 2⁻⁸. The loss is quadratic in each number, so they are exact except for
    /// rounding, which is 2⁻²⁴ of a loss of about 1, divided by 2⁻⁷.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 256.0;
        let (w, c, b) = ([0.5, -1.0, 0.25], [1.5, 0.5, -0.75], 0.3);
        for x in [0.2, 1.0, 7.0, 100.0] {
            let g = glove_gradient(&w, &c, b, x, 10.0).unwrap();
            let loss = |w: &[f32], c: &[f32], b| glove_loss(w, c, b, x, 10.0).unwrap();
            let close = |by_hand: f32, up: f32, down: f32| {
                let by_differences = (up - down) / (2.0 * H);
                assert!(
                    (by_hand - by_differences).abs() < 1e-3,
                    "{x}: {by_hand} {by_differences}"
                );
            };
            for i in 0..3 {
                let moved = |v: [f32; 3], h: f32| {
                    let mut v = v;
                    v[i] += h;
                    v
                };
                close(g * c[i], loss(&moved(w, H), &c, b), loss(&moved(w, -H), &c, b));
                close(g * w[i], loss(&w, &moved(c, H), b), loss(&w, &moved(c, -H), b));
            }
            close(g, loss(&w, &c, b + H), loss(&w, &c, b - H));
        }
    }

    #[test]
    fn a_pair_that_never_met_does_not_count() {
        assert_eq!(glove_loss(&[1.0], &[1.0], 0.0, 0.0, 10.0).unwrap(), 0.0);
        assert_eq!(glove_gradient(&[1.0], &[1.0], 0.0, 0.0, 10.0).unwrap(), 0.0);
        assert!(glove_loss(&[1.0], &[1.0, 2.0], 0.0, 1.0, 10.0).is_err());
    }
}
