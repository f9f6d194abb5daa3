//! Hadsell's loss of the hard pairs of a batch: positive pairs that are farther apart than the nearest
//! negative one, and negative pairs that are nearer than the farthest positive one. It is
//! sentence-transformers' `OnlineContrastiveLoss`.
//!
//! ```text
//!     P = {d of positive pairs: d > min of negative pairs}     N = {d of negative pairs: d < max of positive pairs}
//!     L = Σ_P d² + Σ_N max(0, m − d)²                          ∂L/∂d = 2d  and  −2 max(0, m − d)
//! ```
//!
//! It is a sum, without ½ and not a mean, so it becomes 0 when the two kinds no longer overlap, whatever the
//! margin. If one kind is missing there is nothing to be hard against, and the loss is 0;
//! sentence-transformers compares with the mean of the other kind then.

use super::positive_part;
use crate::{Error, Result};

/// The loss of the hard pairs; the margin has the unit of the distances.
///
/// ```
/// use course::loss::online_contrastive;
/// // 0.2 is farther than the nearest negative, at 0.1; so is 0.9. 0.1 is nearer than 0.9.
/// let loss = online_contrastive(&[0.9, 0.2, 0.1], &[true, true, false], 0.5)?;
/// assert!((loss - (0.81 + 0.04 + 0.16)).abs() < 1e-6);
/// // In order, although below the margin.
/// assert_eq!(online_contrastive(&[0.1, 0.2], &[true, false], 0.5)?, 0.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many distances as marks of positive pairs.
pub fn online_contrastive(distances: &[f32], positive: &[bool], margin: f32) -> Result<f32> {
    let hard = hard(distances, positive)?;
    let square = |i: usize| match positive[i] {
        true => distances[i].powi(2),
        false => positive_part(margin - distances[i]).powi(2),
    };
    Ok(hard.into_iter().map(square).sum())
}

/// `∂L/∂d`, 0 for pairs that are not hard. Which pairs are hard counts as fixed.
///
/// ```
/// use course::loss::online_contrastive_gradient;
/// let gradient = online_contrastive_gradient(&[0.75, 0.25], &[true, false], 0.5)?;
/// assert_eq!(gradient, [1.5, -0.5]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// As [`online_contrastive`].
pub fn online_contrastive_gradient(distances: &[f32], positive: &[bool], margin: f32) -> Result<Vec<f32>> {
    let mut gradient = vec![0.0; distances.len()];
    for i in hard(distances, positive)? {
        gradient[i] = match positive[i] {
            true => 2.0 * distances[i],
            false => -2.0 * positive_part(margin - distances[i]),
        };
    }
    Ok(gradient)
}

/// The numbers of the hard pairs.
fn hard(distances: &[f32], positive: &[bool]) -> Result<Vec<usize>> {
    if positive.len() != distances.len() {
        let expected = format!("{}, one for each pair", distances.len());
        return Err(Error::shape(
            "the marks of positive pairs",
            expected,
            positive.len().to_string(),
        ));
    }
    let of = |kind: bool| {
        let pairs = distances.iter().zip(positive);
        pairs.filter(move |(_, p)| **p == kind).map(|(d, _)| *d)
    };
    let nearest = of(false).fold(f32::INFINITY, f32::min);
    let farthest = of(true).fold(f32::NEG_INFINITY, f32::max);
    let is_hard = |&i: &usize| match positive[i] {
        true => distances[i] > nearest,
        false => distances[i] < farthest,
    };
    Ok((0..distances.len()).filter(is_hard).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// sentence-transformers 6.2, margin ½.
    #[test]
    fn it_is_that_of_sentence_transformers() {
        let loss = online_contrastive(&[0.9, 0.1], &[true, false], 0.5).unwrap();
        assert!((loss - 0.97).abs() < 1e-6, "{loss}");
    }

    /// Quadratic as long as the same pairs are hard, so central differences are exact but for rounding.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 256.0;
        let (d, positive) = ([0.9, 0.2, 0.1, 0.6, 0.05], [true, true, false, false, true]);
        let gradient = online_contrastive_gradient(&d, &positive, 0.5).unwrap();
        for (i, got) in gradient.iter().enumerate() {
            let at = |h: f32| {
                let mut moved = d;
                moved[i] += h;
                online_contrastive(&moved, &positive, 0.5).unwrap()
            };
            let slope = (at(H) - at(-H)) / (2.0 * H);
            assert!((got - slope).abs() < 1e-4, "{i}: {got} {slope}");
        }
        assert!(online_contrastive(&d, &positive[..2], 0.5).is_err());
        assert_eq!(online_contrastive(&d, &[true; 5], 0.5).unwrap(), 0.0);
    }
}
