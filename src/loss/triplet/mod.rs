//! The triplet loss: an anchor is nearer to its positive than to a negative, by a margin (Schroff,
//! Kalenichenko and Philbin, *FaceNet: a unified embedding for face recognition and clustering*, 2015).
//!
//! ```text
//!     L = max(0, d⁺ − d⁻ + m)             d⁺ from anchor to positive, d⁻ from anchor to negative
//!     ∂L/∂d⁺ = [L > 0]         ∂L/∂d⁻ = −[L > 0]
//! ```
//!
//! Only the difference counts: unlike the loss of a pair, no distance has to be 0. The margin has the unit of
//! the distance. FaceNet has squared distances of vectors of length 1, which are at most 4, and m = 0.2;
//! others have m = 1 or 5 with distances that are not squared, or 0.05. A number from one of them means
//! nothing in another.
//!
//! **Soft margin** (Hermans, Beyer and Leibe, *In defense of the triplet loss for person re-identification*,
//! 2017): no margin to choose, and a triplet that is right is still pulled a little further.
//!
//! ```text
//!     L = ln(1 + e^(d⁺ − d⁻))              ∂L/∂d⁺ = σ(d⁺ − d⁻) = −∂L/∂d⁻
//! ```
//!
//! On tensors: triplets from a list, row by row (`rows.rs`), or found in a batch by its labels (`labels.rs`),
//! for which the hardest ones are searched by matrix products (`hardest.rs`). What a loss is the mean of is
//! [`TripletOptions::average`]. torch's `triplet_margin_loss` is a mean over all with margin 1, and adds 10⁻⁶
//! to each difference; sentence-transformers has margin 5 and all; pytorch-metric-learning margin 0.05,
//! vectors scaled to length 1, and the mean over those that are not 0.

#[cfg(feature = "nn")]
mod hardest;
#[cfg(feature = "nn")]
mod labels;
#[cfg(feature = "nn")]
mod rows;
#[cfg(test)]
mod tests;

#[cfg(feature = "nn")]
pub use hardest::{Hardest, hardest};
#[cfg(feature = "nn")]
pub use labels::{batch_all, batch_hard, batch_semi_hard};
#[cfg(feature = "nn")]
pub use rows::{of_list, of_rows};

use super::contrastive::positive_part;
use super::{Average, Distance, softplus};
use crate::{Error, Result};

/// What the losses of triplets on tensors do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TripletOptions {
    /// The margin, in the unit of the distance; `None` is the soft margin.
    pub margin: Option<f32>,
    /// What is compared.
    pub distance: Distance,
    /// What the loss is the mean of.
    pub average: Average,
}

crate::plot::shown_as_record!(TripletOptions);

impl Default for TripletOptions {
    /// FaceNet's: squared distances with a margin of 0.2, which belongs to vectors of length 1; the mean over
    /// the triplets that there are.
    fn default() -> Self {
        Self {
            margin: Some(0.2),
            distance: Distance::SquaredEuclidean,
            average: Average::Valid,
        }
    }
}

impl TripletOptions {
    /// # Errors
    /// The margin is not a finite number.
    pub fn check(&self) -> Result<()> {
        match self.margin {
            Some(m) if !m.is_finite() => Err(Error::value("the margin", "a finite number", m.to_string())),
            _ => Ok(()),
        }
    }

    /// L of two distances, and `∂L/∂d⁺ = −∂L/∂d⁻`.
    #[cfg(feature = "nn")]
    fn term(&self, to_positive: f64, to_negative: f64) -> (f64, f64) {
        let z = to_positive - to_negative;
        match self.margin {
            Some(m) if z + f64::from(m) > 0.0 => (z + f64::from(m), 1.0),
            Some(m) if z + f64::from(m) <= 0.0 => (0.0, 0.0),
            // NaN stays NaN.
            Some(m) => (z + f64::from(m), 0.0),
            None => (z.max(0.0) + (-z.abs()).exp().ln_1p(), 1.0 / (1.0 + (-z).exp())),
        }
    }
}

/// What the terms of a loss add up to.
#[cfg(feature = "nn")]
#[derive(Clone, Copy, Default)]
struct Tally {
    sum: f64,
    /// How many terms there are.
    valid: usize,
    /// How many of them are not 0.
    non_zero: usize,
}

#[cfg(feature = "nn")]
impl Tally {
    fn add(&mut self, loss: f64) {
        self.sum += loss;
        self.valid += 1;
        self.non_zero += usize::from(loss != 0.0);
    }

    fn and(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            valid: self.valid + other.valid,
            non_zero: self.non_zero + other.non_zero,
        }
    }
}

/// How many rows of a batch have another row of their class, and one of another class: an anchor of a triplet
/// must have both. If there are none, the losses of the batch are 0, and so are their gradients.
///
/// ```
/// use course::loss::valid_anchors;
/// assert_eq!(valid_anchors(&[0, 0, 1]), 2);
/// assert_eq!([valid_anchors(&[5, 5, 5]), valid_anchors(&[0, 1, 2])], [0, 0]);
/// ```
pub fn valid_anchors(labels: &[u32]) -> usize {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    let classes = sorted.chunk_by(|a, b| a == b).map(<[u32]>::len);
    classes.filter(|&size| size > 1 && size < labels.len()).sum()
}

/// L of an anchor's distances to its positive and to a negative; the margin has their unit.
///
/// ```
/// use course::loss::triplet;
/// assert_eq!(triplet(1.0, 3.0, 0.5), 0.0); // apart by more than the margin
/// assert_eq!(triplet(1.0, 1.25, 0.5), 0.25); // the right order, but not by enough
/// assert_eq!(triplet(2.0, 1.0, 0.5), 1.5); // the wrong order
/// ```
pub fn triplet(to_positive: f32, to_negative: f32, margin: f32) -> f32 {
    positive_part(to_positive - to_negative + margin)
}

/// `(∂L/∂d⁺, ∂L/∂d⁻)` of [`triplet`]; where L is 0, and at the corner, both are 0.
///
/// ```
/// use course::loss::triplet_gradient;
/// assert_eq!(triplet_gradient(1.0, 1.25, 0.5), (1.0, -1.0));
/// assert_eq!(triplet_gradient(1.0, 1.5, 0.5), (0.0, 0.0));
/// ```
pub fn triplet_gradient(to_positive: f32, to_negative: f32, margin: f32) -> (f32, f32) {
    match triplet(to_positive, to_negative, margin) > 0.0 {
        true => (1.0, -1.0),
        false => (0.0, 0.0),
    }
}

/// The loss with a soft margin, `ln(1 + e^(d⁺ − d⁻))`.
///
/// ```
/// use course::loss::soft_triplet;
/// assert_eq!(soft_triplet(3.0, 3.0), 2_f32.ln());
/// assert_eq!(soft_triplet(1000.0, 0.0), 1000.0); // no overflow
/// ```
pub fn soft_triplet(to_positive: f32, to_negative: f32) -> f32 {
    softplus(to_positive - to_negative)
}

/// `(∂L/∂d⁺, ∂L/∂d⁻)` of [`soft_triplet`].
///
/// ```
/// use course::loss::soft_triplet_gradient;
/// assert_eq!(soft_triplet_gradient(3.0, 3.0), (0.5, -0.5));
/// ```
pub fn soft_triplet_gradient(to_positive: f32, to_negative: f32) -> (f32, f32) {
    let sigma = 1.0 / (1.0 + (to_negative - to_positive).exp());
    (sigma, -sigma)
}

#[cfg(test)]
mod board {
    use super::*;

    /// Central differences of 2⁻⁵: exact away from the corner; for the soft margin the error is `h²/6` times
    /// a third derivative of at most 1/8, and rounding.
    #[test]
    fn the_gradients_are_those_of_the_losses() {
        const H: f32 = 1.0 / 32.0;
        type Loss = fn(f32, f32) -> f32;
        type Gradient = fn(f32, f32) -> (f32, f32);
        let hard: (Loss, Gradient) = (|p, n| triplet(p, n, 0.5), |p, n| triplet_gradient(p, n, 0.5));
        for (loss, gradient) in [hard, (soft_triplet, soft_triplet_gradient)] {
            for (p, n) in [(1.0, 3.0), (1.0, 1.25), (2.0, 1.0), (0.0, 0.0), (0.5, 4.0)] {
                let of_p = (loss(p + H, n) - loss(p - H, n)) / (2.0 * H);
                let of_n = (loss(p, n + H) - loss(p, n - H)) / (2.0 * H);
                let (got_p, got_n) = gradient(p, n);
                assert!(
                    (got_p - of_p).abs() < 5e-5 && (got_n - of_n).abs() < 5e-5,
                    "{p} {n}"
                );
            }
        }
    }

    #[test]
    fn the_soft_margin_overflows_nowhere() {
        for (p, n) in [(1e30, 0.0), (0.0, 1e30), (f32::MAX, 0.0)] {
            let (gradient, _) = soft_triplet_gradient(p, n);
            assert!(soft_triplet(p, n).is_finite() && (0.0..=1.0).contains(&gradient));
        }
        assert!(triplet(1.0, 1.0, f32::NAN).is_nan());
    }
}
