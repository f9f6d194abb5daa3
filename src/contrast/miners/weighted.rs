//! Negatives drawn evenly over all distances (Wu, Manmatha, Smola and Krähenbühl, *Sampling matters in deep
//! embedding learning*, 2017).
//!
//! On the unit sphere in d dimensions nearly all vectors are at a right angle to each other: the density of
//! the distance r of two random ones is
//!
//! ```text
//!     q(r) ∝ r^(d − 2) (1 − r²/4)^((d − 3)/2)              with its peak near √2
//! ```
//!
//! Negatives drawn at random are all as far away, and hard ones are so near that their direction is mostly
//! noise. A negative at distance r is drawn with probability proportional to `1 / q(max(r, λ))`: each
//! distance is as likely as any other, but nearer than λ none is preferred. For large d the weights of two
//! negatives may differ by a factor of 10¹⁰⁰, so they are computed from logarithms.

use ndarray::ArrayView2;
use rand::Rng as _;

use super::batch::check;
use crate::loss::distance::distances;
use crate::loss::{Distance, Triplet};
use crate::math::unit_rows;
use crate::rng::Rng;
use crate::{Error, Result};

/// Draws a negative for each positive pair.
#[derive(Clone, Copy, PartialEq)]
pub struct DistanceWeighted {
    /// λ: nearer than this, nearness does not count.
    pub cutoff: f32,
    /// From here on a negative has weight 0, since it has no loss.
    pub farthest: f32,
}

impl Default for DistanceWeighted {
    /// λ = 0.5, and 1.4, just below √2, as in the paper's programs.
    fn default() -> Self {
        Self {
            cutoff: 0.5,
            farthest: 1.4,
        }
    }
}

crate::show::shown_as_line!(DistanceWeighted, |this| {
    let Self { cutoff, farthest } = this;
    format!("Negatives by distance, evenly from {cutoff} to {farthest}")
});

impl DistanceWeighted {
    /// # Errors
    /// Not 0 < λ < farthest ≤ 2.
    pub fn check(&self) -> Result<()> {
        let Self { cutoff, farthest } = *self;
        match 0.0 < cutoff && cutoff < farthest && farthest <= 2.0 {
            true => Ok(()),
            false => {
                let got = format!("{cutoff} and {farthest}");
                Err(Error::value(
                    "the distances of negatives",
                    "0 < cutoff < farthest ≤ 2",
                    got,
                ))
            }
        }
    }

    /// For each anchor and positive among the rows of `x`, `(n, d)`, one negative. The rows are scaled to
    /// length 1 first. A pair whose negatives are all too far has no triplet.
    ///
    /// ```
    /// use course::contrast::miners::DistanceWeighted;
    /// let x = ndarray::array![[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [-1.0, 0.0]];
    /// let found = DistanceWeighted::default().triplets(x.view(), &[0, 0, 1, 2], &mut course::rng::seeded(1))?;
    /// // Row 3 is at least √2 away from both.
    /// assert!(found.len() == 2 && found.iter().all(|t| t.negative == 2));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// There are not as many labels as rows, or those of [`DistanceWeighted::check`].
    pub fn triplets(&self, x: ArrayView2<f32>, labels: &[u32], rng: &mut Rng) -> Result<Vec<Triplet>> {
        self.check()?;
        check(x, labels)?;
        let unit = unit_rows(&x.to_owned());
        let to = distances(unit.view(), unit.view(), Distance::Euclidean)?; // (n, n)
        let n = labels.len();
        let mut found = Vec::new();
        for a in 0..n {
            let negatives: Vec<usize> = (0..n).filter(|&j| labels[j] != labels[a]).collect();
            let of: Vec<f32> = negatives.iter().map(|&j| to[[a, j]]).collect();
            let weights = self.weights(&of, x.ncols());
            let total: f64 = weights.iter().sum();
            for p in (0..n).filter(|&p| p != a && labels[p] == labels[a] && total > 0.0) {
                let mut left = rng.random::<f64>() * total;
                let drawn = weights.iter().position(|w| {
                    left -= w;
                    left < 0.0
                });
                // Rounding may leave a little; then it is the last one that has a weight.
                let Some(drawn) = drawn.or_else(|| weights.iter().rposition(|&w| w > 0.0)) else {
                    continue;
                };
                found.push(Triplet {
                    anchor: a as u32,
                    positive: p as u32,
                    negative: negatives[drawn] as u32,
                });
            }
        }
        Ok(found)
    }

    /// The weights of negatives at these distances in d dimensions; the largest is 1.
    ///
    /// ```
    /// use course::contrast::miners::DistanceWeighted;
    /// // In three dimensions q(r) is proportional to r: twice as far, half as likely.
    /// let weights = DistanceWeighted::default().weights(&[0.5, 1.0, 0.25, 1.5], 3);
    /// assert_eq!(weights, [1.0, 0.5, 1.0, 0.0]);
    /// ```
    pub fn weights(&self, distances: &[f32], d: usize) -> Vec<f64> {
        let d = d as f64;
        let logarithm = |&r: &f32| match r < self.farthest {
            false => f64::NEG_INFINITY,
            true => {
                let r = f64::from(r.max(self.cutoff));
                (2.0 - d) * r.ln() - (d - 3.0) / 2.0 * (1.0 - r * r / 4.0).ln()
            }
        };
        let logarithms: Vec<f64> = distances.iter().map(logarithm).collect();
        let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weight = |&w: &f64| {
            if w == f64::NEG_INFINITY {
                0.0
            } else {
                (w - most).exp()
            }
        };
        logarithms.iter().map(weight).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a circle from one anchor: negatives at distances of ½ to 1.3, drawn 3,000 times each by their
    /// weight.
    #[test]
    fn negatives_are_drawn_by_their_weights() {
        let r = [0.5, 0.8, 1.1, 1.3_f32];
        let mut x = ndarray::Array2::<f32>::zeros((6, 2));
        for (i, &r) in [0.0, 0.0].iter().chain(&r).enumerate() {
            let (sin, cos) = (2.0 * (r / 2.0).asin()).sin_cos();
            x.row_mut(i).assign(&ndarray::array![cos, sin]);
        }
        let miner = DistanceWeighted::default();
        let rng = &mut crate::rng::seeded(3);
        let mut counts = [0; 4];
        for _ in 0..6000 {
            for t in miner.triplets(x.view(), &[0, 0, 1, 2, 3, 4], rng).unwrap() {
                counts[t.negative as usize - 2] += 1;
            }
        }
        let weights = miner.weights(&r, 2);
        let total: f64 = weights.iter().sum();
        for (count, weight) in counts.iter().zip(weights) {
            // 12,000 draws: a standard deviation of at most 0.0046.
            assert!(
                (f64::from(*count) / 12_000.0 - weight / total).abs() < 0.02,
                "{counts:?}"
            );
        }
    }

    #[test]
    fn far_weights_and_wrong_bounds() {
        let miner = DistanceWeighted::default();
        let weights = miner.weights(&[0.1, 0.5, 1.39], 2000);
        assert_eq!(weights[..2], [1.0, 1.0]);
        assert!(weights[2] >= 0.0 && weights[2] < 1e-100);
        assert_eq!(miner.weights(&[1.4, 2.0], 8), [0.0, 0.0]);
        let same = |seed| {
            let x = ndarray::array![[1.0_f32, 0.0], [0.9, 0.1], [0.8, 0.6], [0.6, 0.8]];
            miner
                .triplets(x.view(), &[0, 0, 1, 2], &mut crate::rng::seeded(seed))
                .unwrap()
        };
        assert_eq!(same(5), same(5));
        for wrong in [
            DistanceWeighted {
                cutoff: 0.0,
                farthest: 1.4,
            },
            DistanceWeighted {
                cutoff: 1.5,
                farthest: 1.4,
            },
            DistanceWeighted {
                cutoff: f32::NAN,
                farthest: 1.4,
            },
        ] {
            assert!(wrong.check().is_err(), "{wrong}");
        }
    }
}
