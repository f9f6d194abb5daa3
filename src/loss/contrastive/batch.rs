//! The losses of pairs on vectors: pairs of rows of one matrix, or of two matrices row by row.

use ndarray::ArrayD;

use super::PairOptions;
use crate::loss::Pair;
use crate::loss::listed::Listed;
use crate::loss::tensors::distances_row_by_row;
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// The loss of listed pairs of rows of `x`, `(n, d)`. An empty list has loss 0 and gradient 0.
///
/// ```
/// use course::loss::{Pair, PairOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[0_f32], [0.5], [0.25]], &Device::Cpu)?;
/// let pairs = [
///     Pair { anchor: 0, other: 1, positive: true },
///     Pair { anchor: 0, other: 2, positive: false },
/// ];
/// let lecture = PairOptions { squared: false, ..Default::default() };
/// assert_eq!(tensors::pair_loss(&x, &pairs, &lecture)?.to_scalar::<f32>()?, (0.5 + 0.75) / 2.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// A pair has a row that is not there, or the margin is not finite.
pub fn of_list(x: &Tensor, pairs: &[Pair], options: &PairOptions) -> Result<Tensor> {
    options.check()?;
    with_gradient(&[x], &List { pairs, options })
}

/// The loss of the pairs of rows of two matrices, both `(n, d)`, with a mark for each whether it is a
/// positive pair.
///
/// ```
/// use course::loss::{Distance, PairOptions, tensors};
/// use course::nn::{Device, Tensor};
/// let a = Tensor::new(&[[1_f32, 0.0], [1.0, 0.0]], &Device::Cpu)?;
/// let b = Tensor::new(&[[0_f32, 1.0], [0.6, 0.8]], &Device::Cpu)?;
/// // Cosine distances of 1, for a positive pair, and of 0.4: (1² + (0.5 − 0.4)²) / 2, and the mean.
/// let options = PairOptions { margin: 0.5, distance: Distance::Cosine, ..Default::default() };
/// let loss = tensors::pair_loss_row_by_row(&a, &b, &[true, false], &options)?;
/// assert!((loss.to_scalar::<f32>()? - 1.01 / 4.0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, there are not as many marks as rows, or the margin is not finite.
pub fn of_rows(a: &Tensor, b: &Tensor, positive: &[bool], options: &PairOptions) -> Result<Tensor> {
    options.check()?;
    let d = distances_row_by_row(a, b, options.distance)?;
    if d.dims() != [positive.len()] {
        let expected = format!("{:?}, one for each row", d.dims());
        return Err(Error::shape(
            "the marks of positive pairs",
            expected,
            positive.len().to_string(),
        ));
    }
    with_gradient(&[&d], &OfDistances { positive, options })
}

struct List<'a> {
    pairs: &'a [Pair],
    options: &'a PairOptions,
}

impl WithGradient for List<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let pairs = self.pairs.iter().map(|pair| (pair.anchor, pair.other)).collect();
        let listed = Listed::new(inputs.matrix(0)?, pairs, self.options.distance)?;
        let positive = self.pairs.iter().map(|pair| pair.positive);
        let (value, slopes) = value_and_slopes(listed.distances().zip(positive), self.options);
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(listed.gradient(&slopes).into_dyn())],
        })
    }
}

struct OfDistances<'a> {
    positive: &'a [bool],
    options: &'a PairOptions,
}

impl WithGradient for OfDistances<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let d = inputs.vector(0)?;
        let d = d.iter().map(|d| d.wide()).zip(self.positive.iter().copied());
        let (value, slopes) = value_and_slopes(d, self.options);
        let slopes: ArrayD<T> = slopes
            .into_iter()
            .map(T::nearest)
            .collect::<ndarray::Array1<T>>()
            .into_dyn();
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(slopes)],
        })
    }
}

/// L of pairs, each a distance and whether it is positive, and `∂L/∂d` of each.
fn value_and_slopes(pairs: impl Iterator<Item = (f64, bool)>, options: &PairOptions) -> (f64, Vec<f64>) {
    let margin = f64::from(options.margin);
    let terms: Vec<(f64, f64, bool)> = pairs
        .map(|(d, positive)| {
            let (loss, slope) = match positive {
                true => (d, 1.0),
                false if d >= margin => (0.0, 0.0),
                false => (margin - d, -1.0),
            };
            match options.squared {
                true => (loss * loss / 2.0, loss * slope, positive),
                false => (loss, slope, positive),
            }
        })
        .collect();
    // The mean of the terms of one kind, or of all.
    let mean = |is_in: &dyn Fn(bool) -> bool| {
        let chosen = || terms.iter().filter(|(_, _, positive)| is_in(*positive));
        let (n, non_zero) = (chosen().count(), chosen().filter(|term| term.0 != 0.0).count());
        let divisor = options.average.divisor(n, n, non_zero);
        (chosen().map(|term| term.0).sum::<f64>() / divisor, divisor)
    };
    let (value, of_positive, of_negative) = match options.apart {
        true => {
            let (p, n) = (mean(&|positive| positive), mean(&|positive| !positive));
            (p.0 + n.0, p.1, n.1)
        }
        false => {
            let (value, divisor) = mean(&|_| true);
            (value, divisor, divisor)
        }
    };
    let slope = |&(_, slope, positive): &(f64, f64, bool)| match positive {
        true => slope / of_positive,
        false => slope / of_negative,
    };
    (value, terms.iter().map(slope).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::testing::gradient_of;
    use crate::loss::{Average, Distance, contrastive, pair_loss};
    use crate::nn::{DType, Device, Var, gradient_check};

    fn line(places: &[f32]) -> Var {
        Var::from_slice(places, (places.len(), 1), &Device::Cpu).unwrap()
    }

    fn value(loss: &Tensor) -> f32 {
        loss.to_scalar().unwrap()
    }

    /// All pairs of rows with these labels, each once.
    fn pairs(labels: &[u32]) -> Vec<Pair> {
        let n = labels.len();
        let all = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        all.map(|(i, j)| Pair {
            anchor: i as u32,
            other: j as u32,
            positive: labels[i] == labels[j],
        })
        .collect()
    }

    /// 0, 2, ½ with labels 0, 0, 1. Its power 2 squares the distance, not the loss.
    #[test]
    fn it_is_that_of_pytorch_metric_learning() {
        let x = line(&[0.0, 2.0, 0.5]);
        for (distance, expected) in [(Distance::Euclidean, 2.5), (Distance::SquaredEuclidean, 4.75)] {
            let options = PairOptions {
                squared: false,
                distance,
                average: Average::NonZero,
                apart: true,
                ..PairOptions::default()
            };
            let loss = of_list(&x, &pairs(&[0, 0, 1]), &options).unwrap();
            assert_eq!(value(&loss), expected);
        }
    }

    /// Distances of 0.9 and 0.1 with margin ½: 0.2425. They are those of a line here, and its are cosines.
    #[test]
    fn it_is_that_of_sentence_transformers() {
        let (a, b) = (line(&[0.0, 0.0]), line(&[0.9, 0.1]));
        let options = PairOptions {
            margin: 0.5,
            ..PairOptions::default()
        };
        let loss = of_rows(&a, &b, &[true, false], &options).unwrap();
        assert!((value(&loss) - 0.2425).abs() < 1e-6);
    }

    #[test]
    fn a_batch_is_the_mean_of_its_pairs() {
        let places = [0.0, 0.3, 0.9, 2.5, -0.2];
        let (x, pairs) = (line(&places), pairs(&[0, 1, 0, 1, 1]));
        for squared in [false, true] {
            let options = PairOptions {
                squared,
                ..PairOptions::default()
            };
            let one = |pair: &Pair| {
                let d = (places[pair.anchor as usize] - places[pair.other as usize]).abs();
                match squared {
                    true => contrastive(d, pair.positive, 1.0),
                    false => pair_loss(d, pair.positive, 1.0),
                }
            };
            let terms: Vec<f32> = pairs.iter().map(one).collect();
            let of = |average| value(&of_list(&x, &pairs, &PairOptions { average, ..options }).unwrap());
            let sum: f32 = terms.iter().sum();
            let non_zero = terms.iter().filter(|&&loss| loss > 0.0).count();
            assert!(non_zero < 10);
            assert!((of(Average::All) - sum / 10.0).abs() < 1e-6);
            assert!((of(Average::NonZero) - sum / non_zero as f32).abs() < 1e-6);
        }
    }

    #[test]
    fn the_gradient_is_the_slope() {
        let numbers: Vec<f64> = (0..18).map(|i| f64::from(i * i % 11) / 7.0 - 0.6).collect();
        let var = |from: usize| {
            let x = Tensor::from_slice(&numbers[from..from + 12], (4, 3), &Device::Cpu).unwrap();
            Var::from_tensor(&x).unwrap()
        };
        let (a, b) = (var(0), var(6));
        assert_eq!(a.dtype(), DType::F64);
        for distance in [
            Distance::Euclidean,
            Distance::SquaredEuclidean,
            Distance::Cosine,
            Distance::Dot,
        ] {
            for (squared, apart) in [(false, false), (true, false), (true, true)] {
                let options = PairOptions {
                    margin: 1.1,
                    squared,
                    distance,
                    average: Average::NonZero,
                    apart,
                };
                let list = pairs(&[0, 0, 1, 1]);
                let check = gradient_check([("a", &a)], || of_list(&a, &list, &options));
                check.unwrap().within(1e-7).unwrap();
                let marks = [true, false, false, true];
                let check = gradient_check([("a", &a), ("b", &b)], || of_rows(&a, &b, &marks, &options));
                check.unwrap().within(1e-7).unwrap();
            }
        }
    }

    #[test]
    fn nothing_to_compare_is_0_and_what_does_not_fit_is_said() {
        let x = line(&[1.0, 1.0]);
        let loss = of_list(&x, &[], &PairOptions::default()).unwrap();
        assert_eq!((value(&loss), gradient_of(&loss, &x)), (0.0, vec![vec![0.0]; 2]));
        // Equal vectors that should be apart: the loss is the margin's, and no direction leads away.
        let loss = of_list(&x, &pairs(&[0, 1]), &PairOptions::default()).unwrap();
        assert_eq!((value(&loss), gradient_of(&loss, &x)), (0.5, vec![vec![0.0]; 2]));
        let options = PairOptions {
            margin: f32::NAN,
            ..PairOptions::default()
        };
        let told = of_list(&x, &[], &options).unwrap_err().to_string();
        assert_eq!(told, "the margin: expected a finite number, got NaN");
        assert!(of_rows(&x, &x, &[true], &PairOptions::default()).is_err());
    }
}
