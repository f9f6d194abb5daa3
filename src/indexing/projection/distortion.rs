//! What a projection did to the distances.

use std::fmt;

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::plot::{Histogram, histogram};
use crate::{Error, Result};

/// The most points that are accepted: they have half a gigabyte of ratios.
const MOST: usize = 16_000;

/// For each pair of points, the squared distance after, divided by that before: 1 where nothing changed.
#[derive(Clone, PartialEq)]
pub struct Distortion {
    ratios: Vec<f32>,
    same: usize,
}

/// Compares the squared distances of all pairs of rows in `before` and `after`. Pairs of equal points have no
/// ratio and are left out. Runs on all threads; O(n² (D + k)).
///
/// ```
/// use course::indexing::distortion;
/// use ndarray::array;
/// // Distances 3, 4, 5 without the second coordinate: 3, 0, 3.
/// let d = distortion(array![[0.0, 0.0], [3.0, 0.0], [0.0, 4.0]].view(), array![[0.0], [3.0], [0.0]].view())?;
/// assert_eq!(d.ratios(), [1.0, 0.0, 0.36]);
/// assert_eq!(d.largest(), 1.0);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The numbers of rows differ, or there are more than 16,000.
pub fn distortion(before: ArrayView2<f32>, after: ArrayView2<f32>) -> Result<Distortion> {
    let n = before.nrows();
    if after.nrows() != n {
        let expected = format!("{n}, as many as before");
        return Err(Error::shape("the points after", expected, after.nrows()));
    }
    if n > MOST {
        return Err(Error::shape("the points", format!("at most {MOST}"), n));
    }
    let squared = |points: ArrayView2<f32>, i: usize, j: usize| -> f64 {
        let difference = |(a, b): (&f32, &f32)| (f64::from(*a) - f64::from(*b)).powi(2);
        points.row(i).iter().zip(points.row(j)).map(difference).sum()
    };
    let of_row = |i: usize| -> Vec<f32> {
        let pair = |j| match squared(before, i, j) {
            0.0 => None,
            old => Some((squared(after, i, j) / old) as f32),
        };
        (i + 1..n).filter_map(pair).collect()
    };
    let ratios = (0..n).into_par_iter().map(of_row).collect::<Vec<_>>().concat();
    let same = n * n.saturating_sub(1) / 2 - ratios.len();
    Ok(Distortion { ratios, same })
}

impl Distortion {
    /// The ratios, in the order of the pairs (0, 1), (0, 2), … (1, 2), …
    pub fn ratios(&self) -> &[f32] {
        &self.ratios
    }

    /// The largest distance of a ratio from 1. This is the smallest ε for which the lemma's promise is kept;
    /// 0 without pairs.
    pub fn largest(&self) -> f32 {
        self.ratios
            .iter()
            .fold(0.0, |most, ratio| (ratio - 1.0).abs().max(most))
    }

    /// The typical distance of a ratio from 1: the root of the mean of squares; 0 without pairs. For a
    /// Gaussian projection to k dimensions it is √(2/k).
    pub fn typical(&self) -> f32 {
        let sum: f64 = self
            .ratios
            .iter()
            .map(|ratio| f64::from(ratio - 1.0).powi(2))
            .sum();
        (sum / self.ratios.len().max(1) as f64).sqrt() as f32
    }

    /// The share of pairs whose ratio is within `eps` of 1; 1 without pairs.
    pub fn within(&self, eps: f32) -> f32 {
        let kept = self
            .ratios
            .iter()
            .filter(|ratio| (**ratio - 1.0).abs() <= eps)
            .count();
        if self.ratios.is_empty() {
            1.0
        } else {
            kept as f32 / self.ratios.len() as f32
        }
    }

    /// A histogram of the ratios.
    pub fn histogram(&self) -> Histogram {
        histogram(self.ratios.iter().copied())
            .x_label("squared distance after / before")
            .y_label("pairs")
    }
}

impl fmt::Display for Distortion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.ratios.len();
        write!(
            f,
            "{pairs} squared distances changed by {:.1}% typically and {:.1}% at most",
            100.0 * self.typical(),
            100.0 * self.largest()
        )?;
        match self.same {
            0 => Ok(()),
            n => write!(f, "; {n} pairs of equal points left out"),
        }
    }
}

crate::show::shown_as_line!(Distortion);
