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
}
