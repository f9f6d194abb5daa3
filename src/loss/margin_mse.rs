//! Margin-MSE: a small scorer learns from a large one how much better a positive is than a negative
//! (Hofstätter, Althammer, Schröder, Sertkan and Hanbury, *Improving efficient neural ranking models with
//! cross-architecture knowledge distillation*, 2020).
//!
//! ```text
//!     e = (s⁺ − s⁻) − (t⁺ − t⁻)             s the scores of the student, t those of the teacher
//!     L = e²                ∂L/∂s⁺ = 2e = −∂L/∂s⁻
//! ```
//!
//! Only differences are compared, so the two may score on scales with different zeros; the units must agree,
//! and so the student's score is a plain inner product that can be as large as the teacher's. A negative that
//! is as good as the positive is no mistake here: the teacher says so. There is no ½, as in the paper.

#[cfg(feature = "nn")]
use super::Distance;
#[cfg(feature = "nn")]
use crate::{Result, nn::Tensor};

/// L of the student's scores of positive and negative, and of the teacher's.
///
/// ```
/// use course::loss::margin_mse;
/// // The teacher sees a difference of 3, the student one of 1.
/// assert_eq!(margin_mse((2.0, 1.0), (10.0, 7.0)), 4.0);
/// assert_eq!(margin_mse((2.0, -1.0), (10.0, 7.0)), 0.0);
/// ```
pub fn margin_mse(student: (f32, f32), teacher: (f32, f32)) -> f32 {
    error(student, teacher).powi(2)
}

/// `(∂L/∂s⁺, ∂L/∂s⁻)`.
///
/// ```
/// use course::loss::margin_mse_gradient;
/// assert_eq!(margin_mse_gradient((2.0, 1.0), (10.0, 7.0)), (-4.0, 4.0));
/// ```
pub fn margin_mse_gradient(student: (f32, f32), teacher: (f32, f32)) -> (f32, f32) {
    let e = error(student, teacher);
    (2.0 * e, -2.0 * e)
}

/// The mean of L over n queries, with a positive and a negative each, all `(n, d)`, and the teacher's margins
/// t⁺ − t⁻. The student's score is the similarity of `distance`; the paper's is the inner product.
///
/// ```
/// use course::loss::{Distance, tensors};
/// use course::nn::{Device, Tensor};
/// let row = |x: [f32; 2]| Tensor::new(&[x], &Device::Cpu);
/// let (q, p, n) = (row([2.0, 1.0])?, row([1.0, 1.0])?, row([0.0, 2.0])?);
/// // The student's scores are 3 and 2.
/// let loss = tensors::margin_mse(&q, &p, &n, &[3.0], Distance::Dot)?;
/// assert_eq!(loss.to_scalar::<f32>()?, 4.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, or there are not as many margins as queries, and at least one.
#[cfg(feature = "nn")]
pub fn of_batch(
    queries: &Tensor,
    positives: &Tensor,
    negatives: &Tensor,
    teacher: &[f32],
    distance: Distance,
) -> Result<Tensor> {
    let to_positive = super::tensors::distances_row_by_row(queries, positives, distance)?;
    let to_negative = super::tensors::distances_row_by_row(queries, negatives, distance)?;
    if teacher.is_empty() || to_positive.dims() != [teacher.len()] {
        let expected = format!("{:?}, one for each query", to_positive.dims());
        return Err(crate::Error::shape(
            "the teacher's margins",
            expected,
            teacher.len().to_string(),
        ));
    }
    let teacher = Tensor::new(teacher, to_positive.device())?.to_dtype(to_positive.dtype())?;
    // s⁺ − s⁻ = d⁻ − d⁺
    Ok(((to_negative - to_positive)? - teacher)?.sqr()?.mean_all()?)
}

fn error(student: (f32, f32), teacher: (f32, f32)) -> f32 {
    (student.0 - student.1) - (teacher.0 - teacher.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loss is quadratic, so central differences of 2⁻⁴ are exact for these numbers.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        const H: f32 = 1.0 / 16.0;
        let teacher = (0.5, -1.0);
        for (p, n) in [(2.0, 1.0), (-1.0, 3.0), (0.0, -1.5)] {
            let of_p = (margin_mse((p + H, n), teacher) - margin_mse((p - H, n), teacher)) / (2.0 * H);
            let of_n = (margin_mse((p, n + H), teacher) - margin_mse((p, n - H), teacher)) / (2.0 * H);
            assert_eq!(margin_mse_gradient((p, n), teacher), (of_p, of_n));
        }
    }

    #[test]
    fn a_constant_on_all_scores_of_one_of_them_changes_nothing() {
        assert_eq!(
            margin_mse((2.0, 1.0), (3.0, 1.0)),
            margin_mse((102.0, 101.0), (-1.0, -3.0))
        );
    }

    #[cfg(feature = "nn")]
    #[test]
    fn the_gradient_on_vectors_is_the_slope() {
        use crate::loss::testing::var;
        use crate::nn::gradient_check;
        let [q, p, n] = [0, 10, 20].map(|from| var(from, (5, 3)));
        for distance in [Distance::Dot, Distance::Cosine] {
            let loss = || of_batch(&q, &p, &n, &[0.5, -1.0, 2.0, 0.0, 0.25], distance);
            let check = gradient_check([("q", &q), ("p", &p), ("n", &n)], loss).unwrap();
            check.within(1e-7).unwrap();
        }
        assert!(of_batch(&q, &p, &n, &[0.5], Distance::Dot).is_err());
    }

    #[cfg(feature = "nn")]
    #[test]
    fn a_batch_has_the_mean() {
        let var = |rows: [[f32; 2]; 2]| Tensor::new(&rows, &crate::nn::Device::Cpu).unwrap();
        let (q, p) = (var([[2.0, 1.0], [1.0, 0.0]]), var([[1.0, 1.0], [0.5, 3.0]]));
        let n = var([[0.0, 2.0], [-1.0, 7.0]]);
        let loss = of_batch(&q, &p, &n, &[3.0, 1.0], Distance::Dot).unwrap();
        let expected = (margin_mse((3.0, 2.0), (3.0, 0.0)) + margin_mse((0.5, -1.0), (1.0, 0.0))) / 2.0;
        assert_eq!(loss.to_scalar::<f32>().unwrap(), expected);
    }
}
