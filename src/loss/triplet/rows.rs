//! The triplet loss of given triplets: rows of one matrix by their numbers, or three matrices row by row.
//!
//! Value and gradient are computed at once, in one pass over the vectors: a row is in the processor's nearest
//! cache when its gradient is written. Cost: about 9 operations for each number of a triplet, so the time is
//! that of reading the vectors and writing the gradients.

use ndarray::{Array2, ArrayD, ArrayView2};
use rayon::prelude::*;

use super::{Tally, TripletOptions};
use crate::loss::Triplet;
use crate::loss::listed::{Between, Listed};
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// How many rows a thread takes at a time: which ones does not depend on the threads.
const ROWS: usize = 64;

/// The triplet loss of the rows of `x`, `(n, d)`, that are listed. An empty list has loss 0 and gradient 0.
/// All of a list's triplets are valid.
///
/// ```
/// use course::loss::{Triplet, TripletOptions, tensors};
/// use course::nn::{Device, Var, backward};
/// let x = Var::new(&[[0_f32], [1.0], [1.1]], &Device::Cpu)?;
/// let list = [Triplet { anchor: 0, positive: 1, negative: 2 }];
/// let loss = tensors::triplet(&x, &list, &TripletOptions { margin: Some(0.71), ..Default::default() })?;
/// assert!((loss.to_scalar::<f32>()? - 0.5).abs() < 1e-6); // 1 − 1.21 + 0.71
/// let gradient = backward(&loss)?.get(&x).expect("a gradient").to_vec2::<f32>()?;
/// assert!((gradient[0][0] - 0.2).abs() < 1e-6); // −2 + 2.2
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A triplet has a row that is not there, or the margin is not finite.
pub fn of_list(x: &Tensor, triplets: &[Triplet], options: &TripletOptions) -> Result<Tensor> {
    options.check()?;
    with_gradient(&[x], &List { triplets, options })
}

/// The triplet loss of the rows of three matrices, all `(n, d)`: anchors, positives, negatives.
///
/// ```
/// use course::loss::{Distance, TripletOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let row = |x: [f32; 2]| Tensor::new(&[x], &Device::Cpu);
/// let options = TripletOptions { margin: Some(5.0), distance: Distance::Euclidean, ..Default::default() };
/// let (a, n) = (row([0.0, 0.0])?, row([3.0, 4.0])?);
/// assert_eq!(tensors::triplet_row_by_row(&a, &a, &n, &options)?.to_scalar::<f32>()?, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, or the margin is not finite.
pub fn of_rows(
    anchors: &Tensor,
    positives: &Tensor,
    negatives: &Tensor,
    options: &TripletOptions,
) -> Result<Tensor> {
    options.check()?;
    let shape = anchors.dims2()?;
    for (what, other) in [("the positives", positives), ("the negatives", negatives)] {
        if other.dims2()? != shape {
            let (expected, got) = (
                format!("{shape:?}, as the anchors"),
                format!("{:?}", other.dims()),
            );
            return Err(Error::shape(what, expected, got));
        }
    }
    with_gradient(&[anchors, positives, negatives], &RowByRow { options })
}

struct List<'a> {
    triplets: &'a [Triplet],
    options: &'a TripletOptions,
}

impl WithGradient for List<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let x = inputs.matrix(0)?;
        let (value, gradient) = of_triplets(x, self.triplets, self.options, self.triplets.len())?;
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(gradient.into_dyn())],
        })
    }
}

/// L and `∂L/∂x`; `all` is how many terms count for [`Average::All`](crate::loss::Average::All).
pub(super) fn of_triplets<T: Real>(
    x: ArrayView2<T>,
    triplets: &[Triplet],
    options: &TripletOptions,
    all: usize,
) -> Result<(f64, Array2<T>)> {
    let pairs = triplets
        .iter()
        .flat_map(|t| [(t.anchor, t.positive), (t.anchor, t.negative)]);
    let listed = Listed::new(x, pairs.collect(), options.distance)?;
    let distances: Vec<f64> = listed.distances().collect();
    let (mut tally, mut slopes) = (Tally::default(), Vec::with_capacity(distances.len()));
    for (to_positive, to_negative) in distances
        .iter()
        .step_by(2)
        .zip(distances.iter().skip(1).step_by(2))
    {
        let (loss, slope) = options.term(*to_positive, *to_negative);
        tally.add(loss);
        slopes.extend([slope, -slope]);
    }
    let divisor = options.average.divisor(all, tally.valid, tally.non_zero);
    slopes.iter_mut().for_each(|slope| *slope /= divisor);
    Ok((tally.sum / divisor, listed.gradient(&slopes)))
}

struct RowByRow<'a> {
    options: &'a TripletOptions,
}

impl WithGradient for RowByRow<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let [a, p, n] = [inputs.matrix(0)?, inputs.matrix(1)?, inputs.matrix(2)?];
        let (rows, d) = a.dim();
        let [mut of_a, mut of_p, mut of_n] = [(); 3].map(|()| vec![T::zero(); rows * d]);
        // As if the mean were over all rows; if it is over fewer, the gradient is scaled afterwards.
        let share = 1.0 / rows.max(1) as f64;
        let piece = ROWS * d.max(1);
        let tallies: Vec<Tally> = numbers(&a)
            .par_chunks(piece)
            .zip(numbers(&p).par_chunks(piece).zip(numbers(&n).par_chunks(piece)))
            .zip(
                of_a.par_chunks_mut(piece)
                    .zip(of_p.par_chunks_mut(piece).zip(of_n.par_chunks_mut(piece))),
            )
            .map(|((a, (p, n)), (of_a, (of_p, of_n)))| {
                let mut tally = Tally::default();
                let vectors = a.chunks(d).zip(p.chunks(d).zip(n.chunks(d)));
                let gradients = (of_a.chunks_mut(d)).zip(of_p.chunks_mut(d).zip(of_n.chunks_mut(d)));
                for ((a, (p, n)), (of_a, (of_p, of_n))) in vectors.zip(gradients) {
                    tally.add(self.one([a, p, n], share, [of_a, of_p, of_n]));
                }
                tally
            })
            .collect();
        // No numbers, but there may be rows: all their distances are alike.
        let mut tally = tallies.into_iter().fold(Tally::default(), Tally::and);
        if d == 0 {
            (0..rows).for_each(|_| tally.add(self.one::<T>([&[]; 3], share, [&mut [], &mut [], &mut []])));
        }
        let divisor = self.options.average.divisor(rows, rows, tally.non_zero);
        if divisor != rows as f64 {
            let by = T::nearest(rows as f64 / divisor);
            let all = of_a.iter_mut().chain(&mut of_p).chain(&mut of_n);
            all.for_each(|x| *x *= by);
        }
        let array = |numbers: Vec<T>| ArrayD::from_shape_vec(vec![rows, d], numbers).ok();
        Ok(ValueAndGradients {
            value: tally.sum / divisor,
            gradients: [of_a, of_p, of_n].into_iter().map(array).collect(),
        })
    }
}

impl RowByRow<'_> {
    /// L of one triplet; its gradient times `share` is written to the other three, which are 0.
    fn one<T: Real>(&self, [a, p, n]: [&[T]; 3], share: f64, [of_a, of_p, of_n]: [&mut [T]; 3]) -> f64 {
        let to_p = Between::new(a, p, self.options.distance);
        let to_n = Between::new(a, n, self.options.distance);
        let (loss, slope) = self.options.term(to_p.d, to_n.d);
        let g = slope * share;
        match (to_p.of_difference(), to_n.of_difference()) {
            _ if slope == 0.0 => {}
            (Some(by_p), Some(by_n)) => {
                let by = [g * by_p, g * by_n].map(T::nearest);
                differences(by, a, p, n, of_a, of_p, of_n);
            }
            _ => {
                to_p.add_first(g, [a, p], of_a);
                to_p.add_second(g, [a, p], of_p);
                to_n.add_first(-g, [a, n], of_a);
                to_n.add_second(-g, [a, n], of_n);
            }
        }
        loss
    }
}

/// The gradients by p (a − p) and n (a − n), in one pass. It is a function of its own because a compiler
/// knows of arguments that they do not overlap.
#[inline(never)]
fn differences<T: Real>(
    [by_p, by_n]: [T; 2],
    a: &[T],
    p: &[T],
    n: &[T],
    of_a: &mut [T],
    of_p: &mut [T],
    of_n: &mut [T],
) {
    let out = of_a.iter_mut().zip(of_p.iter_mut().zip(of_n));
    for ((of_a, (of_p, of_n)), (&a, (&p, &n))) in out.zip(a.iter().zip(p.iter().zip(n))) {
        let (from_p, from_n) = (by_p * (a - p), by_n * (a - n));
        *of_a = from_p - from_n;
        *of_p = -from_p;
        *of_n = from_n;
    }
}

/// The numbers of a matrix whose rows lie one behind the other, as the inputs of a loss do.
fn numbers<'a, T>(x: &ArrayView2<'a, T>) -> &'a [T] {
    x.to_slice().unwrap_or(&[])
}
