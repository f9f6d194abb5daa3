//! Stochastic gradient descent, with momentum: a ball that rolls down the loss (Robbins and Monro 1951;
//! Polyak 1964).
//!
//! ```text
//!     v ← μ v + g                    μ the momentum
//!     x ← x − η v                    η the learning rate
//! ```
//!
//! Along a valley the gradients agree, and v grows to `g / (1 − μ)`; across it they alternate, and cancel.
//! With μ = 0 it is the plain step down the gradient, and nothing is kept for a parameter. As in torch, η is
//! outside of v, so a change of η takes effect at once.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::nn::{Tensor, Var};

/// Settings of stochastic gradient descent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sgd {
    /// μ: 0, or often 0.9.
    pub momentum: f64,
}

crate::plot::shown_as_record!(Sgd);

impl Sgd {
    /// What is kept for each parameter.
    pub(super) fn state(&self) -> &'static [&'static str] {
        if self.momentum == 0.0 { &[] } else { &["v"] }
    }

    /// A step of the parameter `x`.
    pub(super) fn step(&self, x: &Var, g: &Tensor, state: &mut [Tensor], learning_rate: f64) -> Result<()> {
        let by = match state {
            [] => g.clone(),
            [v, ..] => {
                *v = ((&*v * self.momentum)? + g)?;
                v.clone()
            }
        };
        Ok(x.set(&(x.as_tensor() - (by * learning_rate)?)?)?)
    }
}
