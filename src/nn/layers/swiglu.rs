//! SwiGLU (Shazeer 2020, *GLU variants improve transformer*): a hidden layer in which one half of the units
//! opens and closes the other.
//!
//! ```text
//!     y = W₃ (silu(W₁ x) ∘ W₂ x)          silu(a) = a / (1 + e⁻ᵃ)
//! ```
//!
//! Shapes: x and y `(…, n)`, W₁ and W₂ `(hidden, n)`, W₃ `(n, hidden)`. Parameters, by Llama's names:
//! `gate_proj`, `up_proj`, `down_proj`, each a linear layer without a bias.

use candle_core::Tensor;

use super::Linear;
use crate::Result;
use crate::nn::{Init, Scope};
use crate::rng::Rng;

/// W₃ (silu(W₁ x) ∘ W₂ x): a hidden layer whose units are gates for one another.
#[derive(Clone)]
pub struct SwiGlu {
    gate: Linear,
    up: Linear,
    down: Linear,
}

impl SwiGlu {
    /// `(…, n)` to `(…, hidden)` and back.
    ///
    /// # Errors
    /// The names are taken; see [`Init::draw`].
    pub fn new(mut scope: Scope, n: usize, hidden: usize, init: Init, rng: &mut Rng) -> Result<Self> {
        Ok(Self {
            gate: Linear::without_bias(scope.scope("gate_proj"), n, hidden, init, rng)?,
            up: Linear::without_bias(scope.scope("up_proj"), n, hidden, init, rng)?,
            down: Linear::without_bias(scope.scope("down_proj"), hidden, n, init, rng)?,
        })
    }

    /// The result for x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let gate = self.gate.forward(x)?.silu()?;
        self.down.forward(&(gate * self.up.forward(x)?)?)
    }
}

crate::show::shown_as_line!(SwiGlu, |this| {
    format!("A SwiGLU, (hidden, inputs) = {:?}", this.up.weight().dims())
});
