//! Gradients by the names of their parameters: added up over parts of a batch, and clipped by their norm.
//!
//! **Accumulation.** The mean loss of a batch is the mean of the losses of its parts, each weighted by its
//! share of the examples; the same holds for the gradient. So a batch that does not fit into memory is
//! computed part by part, and ends in one step.
//!
//! **Clipping** (Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural
//! networks"): where the loss has a cliff, the gradient is so long that one step undoes many. Its direction
//! is kept and its length is bounded, with all parameters taken as one vector.
//!
//! ```text
//!     ‖g‖ = √ Σ g²            g ← g · min(1, most / (‖g‖ + 10⁻⁶))             as torch does
//! ```

use std::collections::BTreeMap;

use crate::Result;
use crate::nn::{DType, GradStore, Parameters, Tensor, backward};

/// A gradient for each parameter that a loss depends on and that is not frozen.
#[derive(Clone, Default)]
pub struct Gradients(BTreeMap<String, Tensor>);

crate::show::shown_as_line!(Gradients, |this| {
    format!("the gradients of {} parameters", this.0.len())
});

impl Gradients {
    /// The gradients of a loss, which is a single number.
    ///
    /// # Errors
    /// An operation has no gradient.
    pub fn of(loss: &Tensor, parameters: &Parameters) -> Result<Self> {
        Ok(Self::taken(&mut backward(loss)?, parameters))
    }

    /// Those of the parameters, out of all gradients of a loss.
    pub(crate) fn taken(all: &mut GradStore, parameters: &Parameters) -> Self {
        let found = parameters.trainable().filter_map(|(name, x)| {
            let gradient = all.remove(x)?;
            Some((name.to_owned(), gradient))
        });
        Self(found.collect())
    }

    /// Adds `share` times the other gradients to these.
    ///
    /// # Errors
    /// Two gradients of one name have different shapes.
    pub fn add(&mut self, others: Self, share: f64) -> Result<()> {
        for (name, gradient) in others.0 {
            // The usual case, one part: nothing is copied.
            let gradient = if share == 1.0 {
                gradient
            } else {
                (gradient * share)?
            };
            let sum = match self.0.remove(&name) {
                Some(sum) => (sum + gradient)?,
                None => gradient,
            };
            self.0.insert(name, sum);
        }
        Ok(())
    }

    /// The gradient of a parameter.
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.0.get(name)
    }

    /// The length of all gradients as one vector.
    ///
    /// # Errors
    /// Never for gradients of a loss.
    pub fn norm(&self) -> Result<f64> {
        let mut sum = 0.0_f64;
        for gradient in self.0.values() {
            let squares = gradient.to_dtype(DType::F64)?.sqr()?.sum_all()?;
            sum += squares.to_scalar::<f64>()?;
        }
        Ok(sum.sqrt())
    }

    /// Makes the gradients no longer than `most`. Returns how long they were.
    ///
    /// # Errors
    /// Never for gradients of a loss.
    ///
    /// ```
    /// # use course::nn::{DType, Device, Init, Parameters};
    /// # use course::train::Gradients;
    /// # let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
    /// # let x = parameters.scope("").parameter("x", 1, Init::Ones, &mut course::rng::seeded(1))?;
    /// let mut gradients = Gradients::of(&(x.sum_all()? * 10.0)?, &parameters)?;
    /// assert_eq!(gradients.clip(1.0)?, 10.0);
    /// assert!((gradients.norm()? - 1.0).abs() < 1e-6);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn clip(&mut self, most: f64) -> Result<f64> {
        let norm = self.norm()?;
        // A norm at the limit is made a little shorter, too, because torch bounds the quotient.
        let factor = most / (norm + 1e-6);
        if factor < 1.0 {
            for gradient in self.0.values_mut() {
                *gradient = (&*gradient * factor)?;
            }
        }
        Ok(norm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{Device, Init};
    use crate::rng::seeded;

    /// Two parameters, x of 2 numbers and y of 1, and gradients of these numbers.
    fn gradients(x: [f32; 2], y: f32) -> (Parameters, Gradients) {
        let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
        let mut scope = parameters.scope("");
        let rng = &mut seeded(1);
        let at_x = scope.parameter("x", 2, Init::Zeros, rng).unwrap();
        let at_y = scope.parameter("y", 1, Init::Zeros, rng).unwrap();
        let of = |variable: &Tensor, by: &[f32]| {
            let by = Tensor::new(by, &Device::Cpu).unwrap();
            (variable * by).unwrap().sum_all().unwrap()
        };
        let loss = (of(&at_x, &x) + of(&at_y, &[y])).unwrap();
        let gradients = Gradients::of(&loss, &parameters).unwrap();
        (parameters, gradients)
    }

    fn numbers(gradients: &Gradients, name: &str) -> Vec<f32> {
        gradients.get(name).unwrap().to_vec1().unwrap()
    }

    /// torch 2.15.0: `clip_grad_norm_` of (3, 4) at 5, printed by tests/oracles/optimisers.py.
    #[test]
    fn clipping_at_the_limit_is_torchs() {
        let (_, mut g) = gradients([3.0, 4.0], 0.0);
        assert_eq!(g.clip(5.0).unwrap(), 5.0);
        let got = numbers(&g, "x");
        assert!(
            (got[0] - 2.999_999_3).abs() < 3e-7 && (got[1] - 3.999_999).abs() < 3e-7,
            "{got:?}"
        );
    }

    /// All parameters are one vector: (2, 3, 6) has length 7. A gradient that is short enough stays the same
    /// to the bit.
    #[test]
    fn the_norm_is_over_all_parameters() {
        let (_, mut g) = gradients([2.0, 3.0], 6.0);
        assert_eq!(g.clip(8.0).unwrap(), 7.0);
        assert_eq!((numbers(&g, "x"), numbers(&g, "y")), (vec![2.0, 3.0], vec![6.0]));
        g.clip(3.5).unwrap();
        assert!((g.norm().unwrap() - 3.5).abs() < 1e-5);
        assert!((numbers(&g, "y")[0] - 3.0).abs() < 1e-5);
    }

    #[test]
    fn gradients_add_up_by_their_shares_and_frozen_ones_are_left_out() {
        let (mut parameters, g) = gradients([2.0, 4.0], 8.0);
        let mut sum = Gradients::default();
        sum.add(g.clone(), 0.25).unwrap();
        sum.add(g, 0.5).unwrap();
        assert_eq!(
            (numbers(&sum, "x"), numbers(&sum, "y")),
            (vec![1.5, 3.0], vec![6.0])
        );
        parameters.freeze("x").unwrap();
        let y = parameters.get("y").unwrap();
        let loss = (y.sum_all().unwrap() + parameters.get("x").unwrap().sum_all().unwrap()).unwrap();
        let g = Gradients::of(&loss, &parameters).unwrap();
        assert!(g.get("x").is_none() && g.get("y").is_some());
    }
}
