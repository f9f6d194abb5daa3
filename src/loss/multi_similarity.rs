//! The multi-similarity loss: each anchor against all of its positives and negatives at once, the hard ones
//! first (Wang, Han, Huang, Dong and Scott, *Multi-similarity loss with general pair weighting for deep
//! metric learning*, 2019).
//!
//! ```text
//!     L = 1/α ln(1 + Σ_p e^(−α(s_p − λ))) + 1/β ln(1 + Σ_n e^(β(s_n − λ)))          s similarities
//!     ∂L/∂s_p = −e^(−α(s_p − λ)) / (1 + Σ e^(−α(s − λ)))                            over the positives
//!     ∂L/∂s_n =  e^(β(s_n − λ)) / (1 + Σ e^(β(s − λ)))                              over the negatives
//! ```
//!
//! λ is the similarity that divides them, in the similarity's own unit. The larger α and β, the more of the
//! gradient goes to the worst pair of all; for large ones the loss is a hinge on that pair alone. The weight
//! of a pair depends on all others: a positive at 0.5 counts less if there is another one at 0. The paper has
//! α = 2, β = 50, and λ = 1 in its programs; λ = ½ is pytorch-metric-learning's, and the default here.

#[cfg(feature = "nn")]
use super::batch::one_label_a_row;
use super::log_one_plus::LogOnePlus;
#[cfg(feature = "nn")]
use super::{
    Average, Distance,
    distance::{distances, distances_gradient},
};
#[cfg(feature = "nn")]
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// The constants of the multi-similarity loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MultiSimilarity {
    /// α, how much more a positive counts that is less similar.
    pub alpha: f32,
    /// β, how much more a negative counts that is more similar.
    pub beta: f32,
    /// λ, the similarity between those of positives and those of negatives.
    pub base: f32,
}

crate::plot::shown_as_record!(MultiSimilarity);

impl Default for MultiSimilarity {
    /// α = 2, β = 50, λ = ½.
    fn default() -> Self {
        Self {
            alpha: 2.0,
            beta: 50.0,
            base: 0.5,
        }
    }
}

impl MultiSimilarity {
    /// # Errors
    /// α or β is not above 0, or a number is not finite.
    pub fn check(&self) -> Result<()> {
        Error::above_0("α", self.alpha)?;
        Error::above_0("β", self.beta)?;
        match self.base.is_finite() {
            true => Ok(()),
            false => Err(Error::value("λ", "a number", self.base.to_string())),
        }
    }

    /// Exponents of positives and of negatives.
    fn of_positive(&self, s: f64) -> f64 {
        -f64::from(self.alpha) * (s - f64::from(self.base))
    }

    fn of_negative(&self, s: f64) -> f64 {
        f64::from(self.beta) * (s - f64::from(self.base))
    }

    /// L of one anchor, and what turns a similarity into `∂L/∂s`.
    pub(super) fn of_anchor(&self, positives: &[f64], negatives: &[f64]) -> (f64, [LogOnePlus; 2]) {
        let p = LogOnePlus::of(positives.iter().map(|&s| self.of_positive(s)));
        let n = LogOnePlus::of(negatives.iter().map(|&s| self.of_negative(s)));
        let value = p.value / f64::from(self.alpha) + n.value / f64::from(self.beta);
        (value, [p, n])
    }

    /// `∂L/∂s` of a positive or a negative.
    pub(super) fn slope(&self, [p, n]: &[LogOnePlus; 2], s: f64, positive: bool) -> f64 {
        match positive {
            true => -p.share(self.of_positive(s)),
            false => n.share(self.of_negative(s)),
        }
    }
}

/// L of one anchor's similarities to its positives and to its negatives. Without any it is 0.
///
/// ```
/// use course::loss::{MultiSimilarity, multi_similarity};
/// let options = MultiSimilarity { alpha: 1.0, beta: 1.0, base: 0.5 };
/// // ln(1 + e⁰) for the positive at λ, and ln(1 + e⁰ + e⁰) for two negatives there.
/// let loss = multi_similarity(&[0.5], &[0.5, 0.5], &options)?;
/// assert!((loss - 6_f32.ln()).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// Those of [`MultiSimilarity::check`].
pub fn multi_similarity(positives: &[f32], negatives: &[f32], options: &MultiSimilarity) -> Result<f32> {
    options.check()?;
    Ok(options.of_anchor(&wide(positives), &wide(negatives)).0 as f32)
}

/// `∂L/∂s` of [`multi_similarity`], for each positive and for each negative.
///
/// ```
/// use course::loss::{MultiSimilarity, multi_similarity_gradient};
/// let options = MultiSimilarity { alpha: 1.0, beta: 1.0, base: 0.5 };
/// let (positives, negatives) = multi_similarity_gradient(&[0.5], &[0.5, 0.5, 0.5], &options)?;
/// assert_eq!((positives, negatives), (vec![-0.5], vec![0.25; 3]));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// Those of [`MultiSimilarity::check`].
pub fn multi_similarity_gradient(
    positives: &[f32],
    negatives: &[f32],
    options: &MultiSimilarity,
) -> Result<(Vec<f32>, Vec<f32>)> {
    options.check()?;
    let (positives, negatives) = (wide(positives), wide(negatives));
    let (_, sums) = options.of_anchor(&positives, &negatives);
    let slopes = |all: &[f64], positive| {
        let slope = |&s| options.slope(&sums, s, positive) as f32;
        all.iter().map(slope).collect()
    };
    Ok((slopes(&positives, true), slopes(&negatives, false)))
}

/// The mean of L over the rows of `x`, `(n, d)`, each with all rows of its class as positives and all others
/// as negatives; the similarity is that of `distance`, the paper's is the cosine. [`Average::Valid`] leaves
/// out rows without a positive or a negative; [`Average::All`] is pytorch-metric-learning's.
///
/// ```
/// use course::loss::{Average, Distance, MultiSimilarity, tensors};
/// use course::nn::{Device, Tensor};
/// let x = Tensor::new(&[[1_f32, 0.0], [0.0, 1.0], [0.0, -1.0]], &Device::Cpu)?;
/// let (cosine, options) = (Distance::Cosine, MultiSimilarity::default());
/// let loss = tensors::multi_similarity(&x, &[0, 0, 1], cosine, Average::All, &options)?;
/// assert!((loss.to_scalar::<f32>()? - 0.437754).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// There are not as many labels as rows, or those of [`MultiSimilarity::check`].
#[cfg(feature = "nn")]
pub fn of_batch(
    x: &Tensor,
    labels: &[u32],
    distance: Distance,
    average: Average,
    options: &MultiSimilarity,
) -> Result<Tensor> {
    options.check()?;
    let (n, _) = x.dims2()?;
    one_label_a_row(labels, n)?;
    with_gradient(
        &[x],
        &OfBatch {
            labels,
            distance,
            average,
            options,
        },
    )
}

#[cfg(feature = "nn")]
struct OfBatch<'a> {
    labels: &'a [u32],
    distance: Distance,
    average: Average,
    options: &'a MultiSimilarity,
}

#[cfg(feature = "nn")]
impl WithGradient for OfBatch<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let x = inputs.matrix(0)?;
        let y = distances(x, x, self.distance)?; // (n, n)
        let similarity = |d: T| match self.distance {
            Distance::Cosine => 1.0 - d.wide(),
            _ => -d.wide(),
        };
        let mut slopes = ndarray::Array2::<T>::zeros(y.dim());
        let (mut terms, mut valid) = (Vec::with_capacity(y.nrows()), 0);
        for (i, y) in y.outer_iter().enumerate() {
            let of = |positive: bool| -> Vec<f64> {
                let is_in = |&j: &usize| j != i && (self.labels[i] == self.labels[j]) == positive;
                (0..y.len()).filter(is_in).map(|j| similarity(y[j])).collect()
            };
            let (positives, negatives) = (of(true), of(false));
            let is_valid = !positives.is_empty() && !negatives.is_empty();
            if !is_valid && self.average == Average::Valid {
                continue;
            }
            valid += usize::from(is_valid);
            let (value, sums) = self.options.of_anchor(&positives, &negatives);
            terms.push(value);
            for j in (0..y.len()).filter(|&j| j != i) {
                // The distance grows as the similarity falls.
                let positive = self.labels[i] == self.labels[j];
                slopes[[i, j]] = T::nearest(-self.options.slope(&sums, similarity(y[j]), positive));
            }
        }
        let non_zero = terms.iter().filter(|&&value| value != 0.0).count();
        let divisor = self.average.divisor(y.nrows(), valid, non_zero);
        let dy = slopes.mapv(|g| g / T::nearest(divisor));
        let [as_anchor, as_other] = distances_gradient(x, x, y.view(), dy.view(), self.distance)?;
        Ok(ValueAndGradients {
            value: terms.iter().sum::<f64>() / divisor,
            gradients: vec![Some((as_anchor + as_other).into_dyn())],
        })
    }
}

fn wide(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().map(|&x| f64::from(x)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Central differences of 2⁻⁹: their error is `h²/6` times a third derivative of at most β²/6, here 64/6.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 512.0;
        let options = MultiSimilarity {
            beta: 8.0,
            ..MultiSimilarity::default()
        };
        let all = [0.9, 0.1, 0.45, 0.6, -0.5_f32];
        let loss = |s: &[f32]| multi_similarity(&s[..2], &s[2..], &options).unwrap();
        let (p, n) = multi_similarity_gradient(&all[..2], &all[2..], &options).unwrap();
        for (i, got) in p.into_iter().chain(n).enumerate() {
            let at = |h: f32| {
                let mut moved = all;
                moved[i] += h;
                loss(&moved)
            };
            let slope = (at(H) - at(-H)) / (2.0 * H);
            assert!((got - slope).abs() < 2e-4, "{i}: {got} {slope}");
        }
    }

    /// Three vectors, (1,0), (0,1), (0,−1), the first two of one class: pytorch-metric-learning's 0.437754 is
    /// the mean over the three anchors. The third has no positive.
    #[test]
    fn it_is_pytorch_metric_learnings() {
        let of = |p: &[f32], n: &[f32]| multi_similarity(p, n, &MultiSimilarity::default()).unwrap();
        let mean = (of(&[0.0], &[0.0]) + of(&[0.0], &[-1.0]) + of(&[], &[0.0, -1.0])) / 3.0;
        assert!((mean - 0.437754).abs() < 1e-6, "{mean}");
    }

    #[test]
    fn far_similarities_and_wrong_constants() {
        let options = MultiSimilarity::default();
        assert!((multi_similarity(&[-1e4], &[1e4], &options).unwrap() - 20_000.0).abs() < 0.01);
        assert_eq!(multi_similarity(&[], &[], &options).unwrap(), 0.0);
        for alpha in [0.0, -1.0, f32::NAN] {
            let wrong = MultiSimilarity { alpha, ..options };
            let told = multi_similarity(&[], &[], &wrong).unwrap_err().to_string();
            assert_eq!(told, format!("α: expected a number above 0, got {alpha}"));
        }
    }

    #[cfg(feature = "nn")]
    #[test]
    fn the_gradient_on_vectors_is_the_slope() {
        use crate::nn::{Device, Tensor, Var, gradient_check};
        let numbers: Vec<f64> = (0..18).map(|i| f64::from(i * i % 13) / 7.0 - 0.6).collect();
        let x = Tensor::from_vec(numbers, (6, 3), &Device::Cpu).unwrap();
        let x = Var::from_tensor(&x).unwrap();
        let options = MultiSimilarity {
            beta: 5.0,
            ..MultiSimilarity::default()
        };
        for distance in [Distance::Cosine, Distance::Dot, Distance::Euclidean] {
            for average in [Average::All, Average::Valid] {
                let loss = || of_batch(&x, &[0, 1, 0, 2, 1, 1], distance, average, &options);
                let check = gradient_check([("x", &x)], loss).unwrap();
                check.within(1e-7).unwrap();
            }
        }
        // Of one class: no valid row.
        let one = of_batch(&x, &[0; 6], Distance::Cosine, Average::Valid, &options).unwrap();
        assert_eq!(one.to_scalar::<f64>().unwrap(), 0.0);
        let gradient = one.backward().unwrap().get(&x).unwrap().abs().unwrap();
        assert_eq!(gradient.sum_all().unwrap().to_scalar::<f64>().unwrap(), 0.0);
        assert!(of_batch(&x, &[0; 5], Distance::Cosine, Average::Valid, &options).is_err());
    }

    /// (1,0), (0,1), (−1,0) of one class: pytorch-metric-learning's mean is over all, 1.366948.
    #[cfg(feature = "nn")]
    #[test]
    fn one_class_has_a_loss_where_all_rows_count() {
        let rows = [[1_f32, 0.0], [0.0, 1.0], [-1.0, 0.0]];
        let x = Tensor::new(&rows, &crate::nn::Device::Cpu).unwrap();
        let options = MultiSimilarity::default();
        let loss = of_batch(&x, &[0; 3], Distance::Cosine, Average::All, &options).unwrap();
        let loss = loss.to_scalar::<f32>().unwrap();
        assert!((loss - 1.366948).abs() < 1e-5, "{loss}");
    }
}
