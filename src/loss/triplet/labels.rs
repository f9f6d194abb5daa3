//! Triplet losses of a batch of vectors with labels: which triplets of the batch count is part of the loss.
//!
//! | loss | its terms | source |
//! |---|---|---|
//! | [`batch_all`] | every anchor with every positive and every negative | Hermans, Beyer and Leibe 2017; see [`triplet`](super::triplet) |
//! | [`batch_hard`] | each anchor with its farthest positive and its nearest negative | the same |
//! | [`batch_semi_hard`] | each positive pair with the nearest negative that is farther away than the positive, d⁻ > d⁺; if there is none, with the farthest negative | Schroff, Kalenichenko and Philbin 2015 |
//!
//! A term is valid if it has all three. A batch of one class, or of classes with one row each, has no valid
//! term: its loss is 0 and so is its gradient; [`valid_anchors`] tells. For [`Average::All`] the terms of
//! [`batch_hard`] are the rows; for the other two they are the valid ones.
//!
//! sentence-transformers differs: an anchor without a positive counts with d⁺ = 0, a batch of one class has
//! the loss d⁺ + m, and the mean of `batch_all` is over terms that are not 0 ([`Average::NonZero`] here).
//! FaceNet has no triplet for a pair without a semi-hard negative; the farthest negative in its place is
//! TensorFlow's, and sentence-transformers'.
//!
//! Time: 2n²d operations for [`batch_hard`], whose gradient touches three rows an anchor; 6n²d and the number
//! of triplets for the other two, which keep a matrix of n² distances.
//!
//! [`Average::All`]: crate::loss::Average::All
//! [`Average::NonZero`]: crate::loss::Average::NonZero
//! [`valid_anchors`]: crate::loss::valid_anchors

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use super::rows::of_triplets;
use super::{Hardest, Tally, TripletOptions, hardest};
use crate::Result;
use crate::loss::Triplet;
use crate::loss::distance::{distances, distances_gradient};
use crate::loss::one_label_a_row;
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};

/// The triplet loss of each row of `x`, `(n, d)`, with its hardest positive and negative.
///
/// ```
/// use course::loss::{Distance, TripletOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[0_f32], [1.0], [3.0]], &Device::Cpu)?;
/// let options = TripletOptions { margin: Some(5.0), distance: Distance::Euclidean, ..Default::default() };
/// // Row 0: 1 − 3 + 5. Row 1: 1 − 2 + 5. Row 2 has no positive.
/// assert_eq!(tensors::batch_hard(&x, &[0, 0, 1], &options)?.to_scalar::<f32>()?, 3.5);
/// assert_eq!(tensors::batch_hard(&x, &[0, 0, 0], &options)?.to_scalar::<f32>()?, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, a number or the margin is not finite.
pub fn batch_hard(x: &Tensor, labels: &[u32], options: &TripletOptions) -> Result<Tensor> {
    options.check()?;
    with_gradient(&[x], &Hard { labels, options })
}

/// The triplet loss of all triplets of `x`, `(n, d)`.
///
/// ```
/// use course::loss::{Average, Distance, TripletOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[0_f32], [1.0], [3.0]], &Device::Cpu)?;
/// let options = TripletOptions { margin: Some(1.5), distance: Distance::Euclidean, average: Average::NonZero };
/// // max(0, 1 − 3 + 1.5) and max(0, 1 − 2 + 1.5): one of the two is not 0.
/// assert_eq!(tensors::batch_all(&x, &[0, 0, 1], &options)?.to_scalar::<f32>()?, 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or the margin is not finite.
pub fn batch_all(x: &Tensor, labels: &[u32], options: &TripletOptions) -> Result<Tensor> {
    dense(x, labels, options, false)
}

/// The triplet loss of all positive pairs of `x`, `(n, d)`, each with its semi-hard negative.
///
/// ```
/// use course::loss::{Distance, TripletOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[0_f32], [1.0], [3.0]], &Device::Cpu)?;
/// let options = TripletOptions { margin: Some(5.0), distance: Distance::Euclidean, ..Default::default() };
/// assert_eq!(tensors::batch_semi_hard(&x, &[0, 0, 1], &options)?.to_scalar::<f32>()?, 3.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or the margin is not finite.
pub fn batch_semi_hard(x: &Tensor, labels: &[u32], options: &TripletOptions) -> Result<Tensor> {
    dense(x, labels, options, true)
}

struct Hard<'a> {
    labels: &'a [u32],
    options: &'a TripletOptions,
}

impl WithGradient for Hard<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let x = inputs.matrix(0)?;
        let found = hardest(x, self.labels, self.options.distance)?;
        let triplet = |(i, hardest): (usize, Hardest)| {
            Some(Triplet {
                anchor: i as u32,
                positive: hardest.positive?,
                negative: hardest.negative?,
            })
        };
        let triplets: Vec<Triplet> = found.into_iter().enumerate().filter_map(triplet).collect();
        let (value, gradient) = of_triplets(x, &triplets, self.options, x.nrows())?;
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(gradient.into_dyn())],
        })
    }
}

fn dense(x: &Tensor, labels: &[u32], options: &TripletOptions, semi_hard: bool) -> Result<Tensor> {
    options.check()?;
    let (n, _) = x.dims2()?;
    one_label_a_row(labels, n)?;
    with_gradient(
        &[x],
        &Dense {
            labels,
            options,
            semi_hard,
        },
    )
}

struct Dense<'a> {
    labels: &'a [u32],
    options: &'a TripletOptions,
    semi_hard: bool,
}

impl WithGradient for Dense<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let x = inputs.matrix(0)?;
        let y = distances(x, x, self.options.distance)?; // (n, n)
        let mut slopes = Array2::<f64>::zeros(y.dim());
        let rows: Vec<_> = slopes
            .axis_iter_mut(Axis(0))
            .zip(y.outer_iter())
            .enumerate()
            .collect();
        let tallies: Vec<Tally> = rows
            .into_par_iter()
            .map(|(i, (mut slopes, y))| {
                let to: Vec<f64> = y.iter().map(|y| y.wide()).collect();
                let mut add = |j: usize, by: f64| slopes[j] += by;
                self.anchor(i, &to, &mut add)
            })
            .collect();
        let tally = tallies.into_iter().fold(Tally::default(), Tally::and);
        let divisor = self
            .options
            .average
            .divisor(tally.valid, tally.valid, tally.non_zero);
        let dy = slopes.mapv(|g| T::nearest(g / divisor));
        let [as_anchor, as_other] = distances_gradient(x, x, y.view(), dy.view(), self.options.distance)?;
        Ok(ValueAndGradients {
            value: tally.sum / divisor,
            gradients: vec![Some((as_anchor + as_other).into_dyn())],
        })
    }
}

impl Dense<'_> {
    /// The terms of anchor i, whose distances from all rows are `to`; `add` takes each `∂L/∂d`.
    fn anchor(&self, i: usize, to: &[f64], add: &mut impl FnMut(usize, f64)) -> Tally {
        let mut tally = Tally::default();
        let (positives, negatives): (Vec<usize>, Vec<usize>) =
            (0..to.len()).partition(|&j| self.labels[i] == self.labels[j]);
        for p in positives.into_iter().filter(|&p| p != i) {
            let chosen = match self.semi_hard {
                false => &negatives[..],
                true => semi_hard(&negatives, to, to[p]),
            };
            let mut of_p = 0.0;
            for &n in chosen {
                let (loss, slope) = self.options.term(to[p], to[n]);
                tally.add(loss);
                of_p += slope;
                if slope != 0.0 {
                    add(n, -slope);
                }
            }
            add(p, of_p);
        }
        tally
    }
}

/// The nearest of the negatives that are farther than the positive, or else the farthest; one or none.
fn semi_hard<'a>(negatives: &'a [usize], to: &[f64], to_positive: f64) -> &'a [usize] {
    let (mut nearest, mut farthest): (Option<usize>, Option<usize>) = (None, None);
    for (k, &n) in negatives.iter().enumerate() {
        if to[n] > to_positive && nearest.is_none_or(|best| to[n] < to[negatives[best]]) {
            nearest = Some(k);
        }
        if farthest.is_none_or(|best| to[n] > to[negatives[best]]) {
            farthest = Some(k);
        }
    }
    match nearest.or(farthest) {
        Some(k) => &negatives[k..=k],
        None => &[],
    }
}
