//! Checks that a gradient is the slope of its loss: every number is moved a little up and down, and the
//! change of the loss is measured.
//!
//! ```text
//!     ∂L/∂x ≈ (L(x + h) − L(x − h)) / 2h                h = 10⁻⁵
//! ```
//!
//! In `f64` the estimate is exact to about 10⁻¹⁰: the slope leaves out a term in h², and the rounding of L,
//! 10⁻¹⁶ of itself, is divided by h. In `f32` rounding would drown it, so `f32` is refused. It needs two
//! losses for each number, so it is for small models. It detects a wrong formula, and a gradient that got
//! lost on its way, with which a model trains without complaint. It cannot detect a gradient that is right
//! for the wrong loss.

use candle_core::{DType, Device, Tensor, Var};

use super::backward;
use crate::{Error, Result};

const H: f64 = 1e-5;

/// What a [`gradient_check`] found.
#[derive(Clone, PartialEq)]
pub struct GradientCheck {
    /// How many numbers were moved.
    pub checked: usize,
    /// How many of them have a gradient larger than 10⁻⁶: if there are few, little has been checked.
    pub not_zero: usize,
    /// The largest difference, as a share of the gradient if that is above 1.
    pub largest: f64,
    /// Where it is: the variable's name and the number's index in memory order.
    pub at: (String, usize),
    /// The gradient there.
    pub gradient: f64,
    /// The slope there.
    pub slope: f64,
}

/// Compares the gradient of `loss`, one number of type `F64`, with its slope, for each number of the
/// variables. Afterwards the variables are as they were.
///
/// ```
/// use course::nn::{DType, Device, Init, Parameters, gradient_check};
/// let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
/// let x = parameters.scope("").parameter("x", 3, Init::Normal(1.0), &mut course::rng::seeded(1))?;
/// let check = gradient_check(parameters.iter(), || Ok(x.sqr()?.sum_all()?))?;
/// assert!(check.within(1e-8).is_ok());
///
/// // A gradient that stops on its way: the loss of this one is right, and its gradient is 0.
/// let stopped = gradient_check(parameters.iter(), || Ok(x.sqr()?.sum_all()?.detach()))?;
/// assert!(stopped.within(1e-8).is_err());
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// A variable or the loss is not `F64`, the loss is not one number, or `loss` fails.
pub fn gradient_check<'a>(
    variables: impl IntoIterator<Item = (&'a str, &'a Var)>,
    loss: impl Fn() -> Result<Tensor>,
) -> Result<GradientCheck> {
    let gradients = backward(&loss()?)?;
    let value = || -> Result<f64> { Ok(loss()?.to_scalar::<f64>()?) };
    let mut check = GradientCheck {
        checked: 0,
        not_zero: 0,
        largest: 0.0,
        at: (String::new(), 0),
        gradient: 0.0,
        slope: 0.0,
    };
    for (name, variable) in variables {
        if variable.dtype() != DType::F64 {
            return Err(Error::value(name, "f64", variable.dtype().as_str()));
        }
        let start: Vec<f64> = variable.flatten_all()?.to_vec1()?;
        let gradient: Vec<f64> = match gradients.get(variable) {
            Some(gradient) => gradient.flatten_all()?.to_vec1()?,
            None => vec![0.0; start.len()],
        };
        let set = |numbers: &[f64]| -> Result<()> {
            let tensor = Tensor::from_slice(numbers, variable.shape(), &Device::Cpu)?;
            Ok(variable.set(&tensor.to_device(variable.device())?)?)
        };
        for (i, gradient) in gradient.into_iter().enumerate() {
            let mut moved = start.clone();
            let mut value_at = |x: f64| {
                moved[i] = x;
                set(&moved)?;
                value()
            };
            let (up, down) = (value_at(start[i] + H), value_at(start[i] - H));
            set(&start)?;
            check.add(name, i, gradient, (up? - down?) / (2.0 * H));
        }
    }
    Ok(check)
}

impl GradientCheck {
    fn add(&mut self, name: &str, i: usize, gradient: f64, slope: f64) {
        let difference = (gradient - slope).abs() / gradient.abs().max(slope.abs()).max(1.0);
        self.checked += 1;
        self.not_zero += usize::from(gradient.abs() > 1e-6);
        // NaN counts as the largest difference.
        if self.checked == 1 || difference.is_nan() || difference > self.largest {
            self.largest = difference;
            self.at = (name.to_owned(), i);
            (self.gradient, self.slope) = (gradient, slope);
        }
    }

    /// Returns the check itself, if the largest difference is at most `most` and at least a tenth of the
    /// gradients are not 0.
    ///
    /// # Errors
    /// Otherwise; the message says where the gradient and the slope differ.
    pub fn within(self, most: f64) -> Result<Self> {
        let ((name, i), Self { gradient, slope, .. }) = (&self.at, &self);
        // NaN is not within any bound.
        let is_within = self.largest <= most;
        if !is_within {
            return Err(Error::value(
                format!("the gradient of {name}, number {i}"),
                format!("the slope {slope}, to {most}"),
                gradient,
            ));
        }
        if self.not_zero * 10 < self.checked {
            return Err(Error::value(
                "a check of gradients",
                format!("most of {} gradients to be other than 0", self.checked),
                format!("{} of them", self.not_zero),
            ));
        }
        Ok(self)
    }
}

impl std::fmt::Display for GradientCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ((name, i), Self { gradient, slope, .. }) = (&self.at, self);
        write!(f, "{} gradients, {} of them not 0; ", self.checked, self.not_zero)?;
        write!(f, "they differ from the slope by at most {:.1e}, ", self.largest)?;
        write!(f, "at number {i} of {name}: {gradient} and {slope}")
    }
}

crate::show::shown_as_line!(GradientCheck);

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(numbers: &[f64]) -> Var {
        Var::from_slice(numbers, numbers.len(), &Device::Cpu).unwrap()
    }

    /// d(x²) = 2x; with twice that as the gradient, the largest difference is at the largest x, and the
    /// numbers stay what they were.
    #[test]
    fn a_wrong_gradient_is_told_where_it_is() {
        let x = variable(&[0.1, -0.4, 0.2]);
        // The value of Σx² with the gradient of 2 Σx².
        let wrong = || {
            let twice = (x.sqr()?.sum_all()? * 2.0)?;
            Ok((&twice - (twice.detach() * 0.5)?)?)
        };
        let check = gradient_check([("x", &x)], wrong).unwrap();
        assert_eq!((check.checked, check.not_zero, check.at.1), (3, 3, 1));
        assert!((check.gradient + 1.6).abs() < 1e-12 && (check.slope + 0.8).abs() < 1e-9);
        let e = check.within(1e-8).unwrap_err().to_string();
        assert!(
            e.starts_with("the gradient of x, number 1: expected the slope -0.8"),
            "{e}"
        );
        assert_eq!(x.to_vec1::<f64>().unwrap(), [0.1, -0.4, 0.2]);
    }

    #[test]
    fn a_check_of_nothing_is_no_check() {
        let (x, y) = (variable(&[1.0; 20]), variable(&[1.0]));
        let check = gradient_check([("x", &x), ("y", &y)], || Ok(y.sqr()?.sum_all()?)).unwrap();
        assert!(check.largest < 1e-9);
        assert!(check.within(1e-8).is_err());
        let narrow = Var::zeros(1, DType::F32, &Device::Cpu).unwrap();
        assert!(gradient_check([("narrow", &narrow)], || Ok(y.sqr()?.sum_all()?)).is_err());
        assert!(
            gradient_check([("y", &y)], || Ok((y.sqr()?.sum_all()? * f64::NAN)?))
                .unwrap()
                .within(1.0)
                .is_err()
        );
    }
}
