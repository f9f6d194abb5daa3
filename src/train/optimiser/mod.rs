//! Optimisers: how a gradient becomes a step. Each file has the formula of one optimiser. Here is what they
//! share: steps over all parameters that are not frozen, and the state that is kept for each parameter from
//! step to step. It is kept under the parameter's name, so that a checkpoint can have it.
//!
//! A new optimiser is a file with its settings and its step, and a variant of [`Optimiser`] with a line in
//! each of its two matches.
//!
//! The optimisers are our own, since candle's AdamW keeps its moments private and could not resume from a
//! checkpoint. A test compares the two.

mod adam;
mod adamw;
mod sgd;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use adam::Adam;
pub use adamw::{AdamW, Decays};
pub use sgd::Sgd;

use super::Gradients;
use crate::nn::{Parameters, Tensor, Var};
use crate::{Error, Result};

/// Which optimiser, with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Optimiser {
    /// A step size of its own for each number.
    Adam(Adam),
    /// Adam, with weights that are pulled towards 0.
    AdamW(AdamW),
    /// Down the gradient, with momentum.
    Sgd(Sgd),
}

impl Optimiser {
    /// What the optimiser keeps for each parameter.
    fn state(&self) -> &'static [&'static str] {
        match self {
            Self::Adam(_) | Self::AdamW(_) => &Adam::STATE,
            Self::Sgd(sgd) => sgd.state(),
        }
    }

    fn step(&self, of: (&str, &Var), g: &Tensor, state: &mut [Tensor], t: i32, rate: f64) -> Result<()> {
        match self {
            Self::Adam(adam) => adam.step(of.1, g, state, (t, rate, 1.0)),
            Self::AdamW(adamw) => adamw.step(of, g, state, t, rate),
            Self::Sgd(sgd) => sgd.step(of.1, g, state, rate),
        }
    }

    /// The optimiser before its first step.
    pub fn begin(self) -> OptimiserState {
        OptimiserState {
            optimiser: self,
            steps: 0,
            kept: BTreeMap::new(),
        }
    }
}

/// An optimiser at work.
///
/// ```
/// use course::nn::{DType, Device, Init, Parameters};
/// use course::train::{Gradients, Optimiser, Sgd};
/// let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
/// let x = parameters.scope("").parameter("x", 2, Init::Constant(1.0), &mut course::rng::seeded(1))?;
/// let mut optimiser = Optimiser::Sgd(Sgd::default()).begin();
/// // The loss is the mean of x², its gradient x.
/// let gradients = Gradients::of(&x.sqr()?.mean_all()?, &parameters)?;
/// optimiser.step(&parameters, &gradients, 0.25)?;
/// assert_eq!(x.to_vec1::<f64>()?, [0.75, 0.75]);
/// # Ok::<(), course::Error>(())
/// ```
pub struct OptimiserState {
    optimiser: Optimiser,
    steps: i32,
    /// The tensors of [`Optimiser::state`] for each parameter that has had a gradient.
    kept: BTreeMap<String, Vec<Tensor>>,
}

crate::show::shown_as_line!(OptimiserState, |this| {
    format!("{:?} after {} steps", this.optimiser, this.steps)
});

impl OptimiserState {
    /// One step: every parameter that has a gradient and is not frozen is moved.
    ///
    /// # Errors
    /// A gradient does not have the shape of its parameter.
    pub fn step(&mut self, parameters: &Parameters, gradients: &Gradients, learning_rate: f64) -> Result<()> {
        self.steps = self.steps.saturating_add(1);
        for (name, x) in parameters.trainable() {
            let Some(g) = gradients.get(name) else { continue };
            let kept = match self.kept.get_mut(name) {
                Some(kept) => kept,
                None => {
                    let zeros = self.optimiser.state().iter().map(|_| Ok(x.zeros_like()?));
                    let zeros = zeros.collect::<Result<Vec<Tensor>>>()?;
                    self.kept.entry(name.to_owned()).or_insert(zeros)
                }
            };
            (self.optimiser).step((name, x), g, kept, self.steps, learning_rate)?;
        }
        Ok(())
    }

    /// How many steps have been made.
    pub fn steps(&self) -> i32 {
        self.steps
    }

    /// Everything that the optimiser keeps, as a name, the parameter's name and a tensor.
    pub(super) fn tensors(&self) -> impl Iterator<Item = (&'static str, &str, &Tensor)> {
        let kinds = self.optimiser.state();
        self.kept.iter().flat_map(move |(name, kept)| {
            let pairs = kinds.iter().zip(kept);
            pairs.map(move |(kind, tensor)| (*kind, name.as_str(), tensor))
        })
    }

    /// Takes over what [`tensors`](Self::tensors) returned after this many steps. `find` returns the tensor
    /// for a name, a parameter's name and a shape, if there is one.
    pub(super) fn go_on(
        &mut self,
        steps: i32,
        parameters: &Parameters,
        find: impl Fn(&str, &str, &Var) -> Result<Option<Tensor>>,
    ) -> Result<()> {
        self.steps = steps;
        for (name, x) in parameters.iter() {
            let kinds = self.optimiser.state().iter();
            let kept: Option<Vec<Tensor>> = kinds.map(|kind| find(kind, name, x)).collect::<Result<_>>()?;
            if let Some(kept) = kept {
                self.kept.insert(name.to_owned(), kept);
            }
        }
        Ok(())
    }
}

fn wrong_state<T>(expected: usize, got: usize) -> Result<T> {
    let tensors = |n: usize| format!("{n} tensors");
    Err(Error::shape(
        "an optimiser's state",
        tensors(expected),
        tensors(got),
    ))
}
