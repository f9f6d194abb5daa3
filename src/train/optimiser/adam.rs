//! Adam: a step size of its own for each number, whatever the size of its gradient (Kingma and Ba 2015,
//! "Adam: A Method for Stochastic Optimization").
//!
//! ```text
//!     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²      running means of g and g²
//!     x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)    η the learning rate, t = 1, 2, …
//! ```
//!
//! Both means begin at 0, and are too small at first: the divisions by `1 − βᵗ` correct that. If all
//! gradients agree, a step is η long. If they contradict each other, m is small compared with √v, and so is
//! the step. It costs two more numbers for each parameter.

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::nn::{AdamStep, Tensor, Var, adam_step};

/// Adam's settings; the defaults are the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adam {
    /// β₁: how much of the old mean of the gradient is kept.
    pub beta1: f64,
    /// β₂: how much of the old mean of its square is kept.
    pub beta2: f64,
    /// ε: keeps a step finite where all gradients are 0.
    pub epsilon: f64,
}

crate::plot::shown_as_record!(Adam);

impl Default for Adam {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
        }
    }
}

impl Adam {
    /// What is kept for each parameter.
    pub(super) const STATE: [&str; 2] = ["m", "v"];

    /// Step number `t` of a parameter `x` with gradient `g`; all tensors have the same shape. Before it, x is
    /// multiplied by `keep`.
    pub(super) fn step(
        &self,
        x: &Var,
        g: &Tensor,
        state: &mut [Tensor],
        (t, learning_rate, keep): (i32, f64, f64),
    ) -> Result<()> {
        let (b1, b2) = (self.beta1, self.beta2);
        let [m, v] = state else {
            return super::wrong_state(Self::STATE.len(), state.len());
        };
        let scales = [b1, b2].map(|b| 1.0 / (1.0 - b.powi(t)));
        let step = AdamStep {
            betas: [b1, b2],
            epsilon: self.epsilon,
            scales,
            learning_rate,
            keep,
        };
        if let Some(after) = adam_step(x, g, [m, v], &step)? {
            let [new_x, new_m, new_v] = after;
            (*m, *v) = (new_m, new_v);
            return Ok(x.set(&new_x)?);
        }
        *m = ((&*m * b1)? + (g * (1.0 - b1))?)?;
        *v = ((&*v * b2)? + (g.sqr()? * (1.0 - b2))?)?;
        let by = ((&*m * scales[0])? / ((&*v * scales[1])?.sqrt()? + self.epsilon)?)?;
        Ok(x.set(&((x.as_tensor() * keep)? - (by * learning_rate)?)?)?)
    }
}
