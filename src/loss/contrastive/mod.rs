//! Losses of a pair: things that belong together come near, things that do not go away from each other, but
//! only up to a margin.
//!
//! ```text
//!                    positive pair                  negative pair
//!     the lecture's  L = d                          L = max(0, m − d)
//!                    ∂L/∂d = 1                      ∂L/∂d = −[d < m]
//!     Hadsell's      L = d²/2                       L = max(0, m − d)²/2
//!                    ∂L/∂d = d                      ∂L/∂d = −max(0, m − d)
//! ```
//!
//! d is a distance and the margin m has its unit: 1 is much between cosines, which are at most 2 apart, and
//! little between vectors of length 10. Without negative pairs the best answer is one point for all. Without
//! a margin the negative pairs would be pushed apart for ever, and the positive ones would not matter.
//!
//! The lecture's form pulls with the same force from everywhere, so a pair that is nearly right is pulled as
//! hard as one that is wrong; the squared form pulls like a spring. Exactly at the margin the gradient is 0.
//!
//! Hadsell, Chopra and LeCun, *Dimensionality reduction by learning an invariant mapping*, 2006. Their Y is 0
//! for a positive pair. sentence-transformers has their ½ and takes the mean over all pairs.
//! pytorch-metric-learning has the lecture's form, and averages positive and negative pairs apart, each over
//! those whose loss is not 0; its power of 2 squares the distance and not the loss; [`PairOptions`] has all
//! of these. Its form on tensors is in `batch.rs`.

#[cfg(feature = "nn")]
mod batch;
mod online;

#[cfg(feature = "nn")]
pub use batch::{of_list, of_rows};
pub use online::{online_contrastive, online_contrastive_gradient};

use super::{Average, Distance};
use crate::{Error, Result};

/// What the losses of pairs on tensors do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairOptions {
    /// The margin of negative pairs, in the unit of the distance.
    pub margin: f32,
    /// Whether it is Hadsell's loss, half of the square, or the lecture's.
    pub squared: bool,
    /// What is compared.
    pub distance: Distance,
    /// What the loss is the mean of; all pairs are valid.
    pub average: Average,
    /// Whether the mean over the positive pairs and the mean over the negative ones are added up. Otherwise
    /// the loss is the mean over all pairs, in which the many outweigh the few.
    pub apart: bool,
}

crate::plot::shown_as_record!(PairOptions);

impl Default for PairOptions {
    /// Hadsell's: half of the square, with the Euclidean distance and a margin of 1; the mean over all pairs.
    fn default() -> Self {
        Self {
            margin: 1.0,
            squared: true,
            distance: Distance::Euclidean,
            average: Average::All,
            apart: false,
        }
    }
}

impl PairOptions {
    /// # Errors
    /// The margin is not a finite number.
    pub fn check(&self) -> Result<()> {
        match self.margin.is_finite() {
            true => Ok(()),
            false => Err(Error::value(
                "the margin",
                "a finite number",
                self.margin.to_string(),
            )),
        }
    }
}

/// The lecture's loss of a pair at this distance. The margin has the distance's unit.
///
/// ```
/// use course::loss::pair_loss;
/// assert_eq!(pair_loss(0.25, true, 1.0), 0.25); // a positive pair: its distance
/// assert_eq!(pair_loss(0.25, false, 1.0), 0.75); // a negative pair: what the margin lacks
/// assert_eq!(pair_loss(3.0, false, 1.0), 0.0); // far enough
/// ```
pub fn pair_loss(distance: f32, positive: bool, margin: f32) -> f32 {
    match positive {
        true => distance,
        false => positive_part(margin - distance),
    }
}

/// `∂L/∂d` of [`pair_loss`].
///
/// ```
/// use course::loss::pair_loss_gradient;
/// assert_eq!(pair_loss_gradient(0.25, true, 1.0), 1.0);
/// assert_eq!(pair_loss_gradient(0.25, false, 1.0), -1.0);
/// assert_eq!(pair_loss_gradient(1.0, false, 1.0), 0.0);
/// ```
pub fn pair_loss_gradient(distance: f32, positive: bool, margin: f32) -> f32 {
    match positive {
        true => 1.0,
        false if distance < margin => -1.0,
        false => 0.0,
    }
}

/// Hadsell's loss of a pair at this distance, with its ½. The margin has the distance's unit.
///
/// ```
/// use course::loss::contrastive;
/// assert_eq!(contrastive(0.5, true, 1.0), 0.125); // 0.5² / 2
/// assert_eq!(contrastive(0.25, false, 1.0), 0.28125); // 0.75² / 2
/// assert_eq!(contrastive(1.5, false, 1.0), 0.0);
/// ```
pub fn contrastive(distance: f32, positive: bool, margin: f32) -> f32 {
    pair_loss(distance, positive, margin).powi(2) / 2.0
}

/// `∂L/∂d` of [`contrastive`].
///
/// ```
/// use course::loss::contrastive_gradient;
/// assert_eq!(contrastive_gradient(0.5, true, 1.0), 0.5);
/// assert_eq!(contrastive_gradient(0.25, false, 1.0), -0.75);
/// ```
pub fn contrastive_gradient(distance: f32, positive: bool, margin: f32) -> f32 {
    // d(l²/2) = l dl
    pair_loss(distance, positive, margin) * pair_loss_gradient(distance, positive, margin)
}

/// `max(0, x)`, but NaN stays NaN.
pub(super) fn positive_part(x: f32) -> f32 {
    if x <= 0.0 { 0.0 } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both are at most quadratic between their corners, where central differences are exact but for
    /// rounding.
    #[test]
    fn the_gradients_are_those_of_the_losses() {
        const H: f32 = 1.0 / 64.0;
        for d in [0.1, 0.5, 0.9, 1.2, 3.0] {
            for positive in [true, false] {
                let slope = |f: fn(f32, bool, f32) -> f32| {
                    (f(d + H, positive, 1.0) - f(d - H, positive, 1.0)) / (2.0 * H)
                };
                let of_lecture = pair_loss_gradient(d, positive, 1.0);
                assert!((of_lecture - slope(pair_loss)).abs() < 1e-5, "{d} {positive}");
                let of_hadsell = contrastive_gradient(d, positive, 1.0);
                assert!((of_hadsell - slope(contrastive)).abs() < 1e-5, "{d} {positive}");
            }
        }
    }

    /// What is at the margin has no loss and no gradient; a margin that is no number is not hidden.
    #[test]
    fn at_the_margin_nothing_is_pushed() {
        assert_eq!(
            [pair_loss(1.0, false, 1.0), contrastive(1.0, false, 1.0)],
            [0.0; 2]
        );
        assert_eq!(
            [
                pair_loss_gradient(1.0, false, 1.0),
                contrastive_gradient(1.0, false, 1.0)
            ],
            [0.0, 0.0]
        );
        assert!(pair_loss(0.5, false, f32::NAN).is_nan());
    }
}
