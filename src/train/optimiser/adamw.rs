//! AdamW: Adam, with a separate pull of every weight towards 0 (Loshchilov and Hutter 2019, "Decoupled Weight
//! Decay Regularization").
//!
//! ```text
//!     x ← x − η λ x                                                         λ the weight decay
//!     x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)                    Adam's step
//! ```
//!
//! A penalty `λ x²/2` in the loss would add `λ x` to the gradient, and Adam would divide it by √v: weights
//! with large gradients would be pulled less. Outside the gradient, the pull is the same for all. As in torch
//! and candle, the decay comes first and is in proportion to the learning rate; a parameter without a
//! gradient is not pulled either.
//!
//! Biases and the scales of norms do their work no better near 0, so most recipes decay only matrices.

use serde::{Deserialize, Serialize};

use super::Adam;
use crate::Result;
use crate::nn::{Tensor, Var};

/// AdamW's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdamW {
    /// The step.
    pub adam: Adam,
    /// λ.
    pub weight_decay: f64,
    /// Which parameters the decay pulls.
    pub decays: Decays,
}

crate::plot::shown_as_record!(AdamW);

/// Which parameters a weight decay pulls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Decays {
    /// All.
    All,
    /// Those of two dimensions or more: no biases, no norms.
    Matrices,
    /// Those whose names contain none of these texts, such as `bias` and `norm`.
    Without(Vec<String>),
}

impl Default for AdamW {
    /// λ = 0.01, as in torch, on matrices.
    fn default() -> Self {
        Self {
            adam: Adam::default(),
            weight_decay: 0.01,
            decays: Decays::Matrices,
        }
    }
}

impl AdamW {
    /// Step number `t` of the parameter `x`, which has this name.
    pub(super) fn step(
        &self,
        (name, x): (&str, &Var),
        g: &Tensor,
        state: &mut [Tensor],
        t: i32,
        learning_rate: f64,
    ) -> Result<()> {
        let keep = match self.decays.takes(name, x) {
            true => 1.0 - learning_rate * self.weight_decay,
            false => 1.0,
        };
        self.adam.step(x, g, state, (t, learning_rate, keep))
    }
}

impl Decays {
    fn takes(&self, name: &str, x: &Tensor) -> bool {
        match self {
            Self::All => true,
            Self::Matrices => x.rank() >= 2,
            Self::Without(parts) => !parts.iter().any(|part| name.contains(part)),
        }
    }
}
