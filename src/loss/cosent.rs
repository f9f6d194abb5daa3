//! CoSENT: pairs with grades, in the right order. A pair of a higher grade should be more similar than each
//! pair of a lower grade, by how much does not matter (Su, *CoSENT: a more efficient sentence vector scheme
//! than Sentence-BERT*, 2022).
//!
//! ```text
//!     L = ln(1 + Σ_{yᵢ > yⱼ} e^(λ(sⱼ − sᵢ)))          s the similarities of the pairs, y their grades
//!     ∂L/∂sᵢ = λ (Σ_{yₖ > yᵢ} w_ki − Σ_{yⱼ < yᵢ} w_ij)      w_ij = e^(λ(sⱼ − sᵢ)) / (1 + Σ e^(…))
//! ```
//!
//! Only the order of the grades counts: 1 against 0 is as good as 5 against 4, and equal grades say nothing
//! about each other. It is a soft form of "the largest mistake in the order": the larger λ (20 with cosines),
//! the more of the gradient goes to the worst two pairs. It is a sum over n² pairs of pairs and not a mean,
//! so it grows with the batch: every pair twice adds ln 4.

#[cfg(feature = "nn")]
use super::Distance;
use super::log_one_plus::LogOnePlus;
#[cfg(feature = "nn")]
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// L of the similarities of pairs and of their grades; `scale` is λ. Time: O(n²).
///
/// ```
/// use course::loss::cosent;
/// // The pair of grade 1 should be above: it is below by 0.6, so ln(1 + e^(20 · 0.6)).
/// let loss = cosent(&[0.2, 0.8], &[1.0, 0.0], 20.0)?;
/// assert!((loss - 12.000006).abs() < 1e-5);
/// assert_eq!(cosent(&[0.2, 0.8], &[1.0, 1.0], 20.0)?, 0.0); // no order to keep
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// There are not as many grades as similarities, a grade is NaN, or λ is not above 0.
pub fn cosent(similarities: &[f32], grades: &[f32], scale: f32) -> Result<f32> {
    check(similarities.len(), grades, scale)?;
    Ok(value_and_gradient(&wide(similarities), grades, f64::from(scale)).0 as f32)
}

/// `∂L/∂s` of [`cosent`], a number for each pair. They sum to 0.
///
/// ```
/// use course::loss::cosent_gradient;
/// assert_eq!(cosent_gradient(&[0.5, 0.5], &[1.0, 0.0], 20.0)?, [-10.0, 10.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// As [`cosent`].
pub fn cosent_gradient(similarities: &[f32], grades: &[f32], scale: f32) -> Result<Vec<f32>> {
    check(similarities.len(), grades, scale)?;
    let (_, gradient) = value_and_gradient(&wide(similarities), grades, f64::from(scale));
    Ok(gradient.into_iter().map(|x| x as f32).collect())
}

pub(super) fn check(pairs: usize, grades: &[f32], scale: f32) -> Result<()> {
    if pairs != grades.len() {
        let expected = format!("{pairs}, one for each pair");
        return Err(Error::shape("the grades", expected, grades.len().to_string()));
    }
    if grades.iter().any(|y| y.is_nan()) {
        return Err(Error::value("the grades", "numbers", "NaN"));
    }
    Error::above_0("the scale", scale)
}

pub(super) fn value_and_gradient(s: &[f64], grades: &[f32], scale: f64) -> (f64, Vec<f64>) {
    let n = s.len();
    // All (i, j) whose order the grades say: i above j.
    let ordered = (0..n).flat_map(|i| {
        let below = move |j: &usize| grades[i] > grades[*j];
        (0..n).filter(below).map(move |j| (i, j))
    });
    let z = |(i, j): (usize, usize)| scale * (s[j] - s[i]);
    let sum = LogOnePlus::of(ordered.clone().map(z));
    let mut gradient = vec![0.0; n];
    for (i, j) in ordered {
        let w = scale * sum.share(z((i, j)));
        gradient[i] -= w;
        gradient[j] += w;
    }
    (sum.value, gradient)
}

/// L of the rows of `a` and `b`, both `(n, d)`, as pairs with these grades: of their similarities, cosines in
/// Su's.
///
/// ```
/// use course::loss::{Distance, tensors};
/// use course::nn::{Device, Tensor};
/// let a = Tensor::new(&[[1_f32, 0.0], [1.0, 0.0]], &Device::Cpu)?;
/// let b = Tensor::new(&[[0.6_f32, 0.8], [0.8, 0.6]], &Device::Cpu)?;
/// let loss = tensors::cosent(&a, &b, &[1.0, 0.0], 20.0, Distance::Cosine)?;
/// assert!((loss.to_scalar::<f32>()? - 4.01815).abs() < 1e-5); // ln(1 + e^(20 · 0.2))
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, or as [`cosent`].
#[cfg(feature = "nn")]
pub fn of_batch(a: &Tensor, b: &Tensor, grades: &[f32], scale: f32, distance: Distance) -> Result<Tensor> {
    let d = super::tensors::distances_row_by_row(a, b, distance)?;
    check(d.elem_count(), grades, scale)?;
    // Only differences of similarities count, so the similarity may be −d for the cosine, too.
    with_gradient(&[&d.neg()?], &OfSimilarities { grades, scale })
}

#[cfg(feature = "nn")]
struct OfSimilarities<'a> {
    grades: &'a [f32],
    scale: f32,
}

#[cfg(feature = "nn")]
impl WithGradient for OfSimilarities<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let s: Vec<f64> = inputs.vector(0)?.iter().map(|s| s.wide()).collect();
        let (value, gradient) = value_and_gradient(&s, self.grades, f64::from(self.scale));
        let gradient: ndarray::Array1<T> = gradient.into_iter().map(T::nearest).collect();
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(gradient.into_dyn())],
        })
    }
}

fn wide(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().map(|&x| f64::from(x)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences of 10⁻⁵ in `f64`, whose error is below 10⁻⁸.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let (s, grades) = ([0.3, 0.1, 0.35, 0.2, 0.6], [0.0, 2.0, 1.0, 1.0, 5.0]);
        let (_, gradient) = value_and_gradient(&s, &grades, 20.0);
        for (i, got) in gradient.iter().enumerate() {
            let at = |h: f64| {
                let mut moved = s;
                moved[i] += h;
                value_and_gradient(&moved, &grades, 20.0).0
            };
            let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((got - slope).abs() < 1e-6, "{i}: {got} {slope}");
        }
        assert!(gradient.iter().sum::<f64>().abs() < 1e-12);
    }

    /// sentence-transformers: 13.386296 for the pairs twice.
    #[test]
    fn it_is_a_sum_and_not_a_mean() {
        let twice = cosent(&[0.2, 0.8, 0.2, 0.8], &[1.0, 0.0, 1.0, 0.0], 20.0).unwrap();
        assert!((twice - 13.386296).abs() < 1e-5, "{twice}");
    }

    #[test]
    fn only_the_order_of_grades_counts() {
        let s = [0.3, 0.1, 0.35];
        let of = |grades: [f32; 3]| cosent(&s, &grades, 20.0).unwrap();
        assert_eq!(of([0.0, 1.0, 2.0]), of([-7.0, 0.5, 100.0]));
        assert_eq!(cosent(&[], &[], 20.0).unwrap(), 0.0);
        assert!(cosent(&[-1e5, 1e5], &[1.0, 0.0], 20.0).unwrap().is_finite());
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let told = cosent(&s2(), &[1.0], 20.0).unwrap_err().to_string();
        assert_eq!(told, "the grades: expected 2, one for each pair, got 1");
        assert!(cosent(&s2(), &[1.0, f32::NAN], 20.0).is_err());
        for scale in [0.0, -1.0, f32::NAN] {
            assert!(cosent_gradient(&s2(), &[1.0, 0.0], scale).is_err());
        }
    }

    fn s2() -> [f32; 2] {
        [0.2, 0.8]
    }

    #[cfg(feature = "nn")]
    #[test]
    fn the_gradient_on_vectors_is_the_slope() {
        use crate::loss::testing::var;
        use crate::nn::gradient_check;
        let (a, b) = (var(0, (5, 3)), var(10, (5, 3)));
        for distance in [Distance::Cosine, Distance::Dot] {
            let loss = || of_batch(&a, &b, &[0.0, 2.0, 1.0, 1.0, 5.0], 3.0, distance);
            let check = gradient_check([("a", &a), ("b", &b)], loss).unwrap();
            check.within(1e-7).unwrap();
        }
        let equal = of_batch(&a, &b, &[1.0; 5], 20.0, Distance::Cosine).unwrap();
        assert_eq!(equal.to_scalar::<f64>().unwrap(), 0.0);
        assert!(of_batch(&a, &b, &[1.0; 4], 20.0, Distance::Cosine).is_err());
    }
}
