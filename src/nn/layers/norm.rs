//! Layer norm and RMS norm with the scales and shifts that they learn: see [`layer_norm`] and [`rms_norm`].
//!
//! Parameters: `weight` and, in layer norm, `bias`; each has as many numbers as a row.

use candle_core::{Tensor, Var};

use crate::Result;
use crate::nn::{Init, Scope, layer_norm, rms_norm};
use crate::rng::Rng;

/// [`layer_norm`] with its scales and shifts.
#[derive(Clone)]
pub struct LayerNorm {
    weight: Var,
    bias: Var,
    epsilon: f64,
}

impl LayerNorm {
    /// For rows of `n` numbers; the scales begin as 1, the shifts as 0.
    ///
    /// # Errors
    /// The names are taken.
    pub fn new(mut scope: Scope, n: usize, epsilon: f64, rng: &mut Rng) -> Result<Self> {
        let weight = scope.parameter("weight", n, Init::Ones, rng)?;
        let bias = scope.parameter("bias", n, Init::Zeros, rng)?;
        Ok(Self {
            weight,
            bias,
            epsilon,
        })
    }

    /// The layer norm of x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        layer_norm(x, &self.weight, &self.bias, self.epsilon)
    }
}

crate::show::shown_as_line!(LayerNorm, |this| {
    let (n, epsilon) = (this.weight.elem_count(), this.epsilon);
    format!("A layer norm of rows of {n} numbers, ε = {epsilon}")
});

/// [`rms_norm`] with its scales.
#[derive(Clone)]
pub struct RmsNorm {
    weight: Var,
    epsilon: f64,
}

impl RmsNorm {
    /// For rows of `n` numbers; the scales begin as 1.
    ///
    /// # Errors
    /// The name is taken.
    pub fn new(mut scope: Scope, n: usize, epsilon: f64, rng: &mut Rng) -> Result<Self> {
        let weight = scope.parameter("weight", n, Init::Ones, rng)?;
        Ok(Self { weight, epsilon })
    }

    /// The RMS norm of x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        rms_norm(x, &self.weight, self.epsilon)
    }
}

crate::show::shown_as_line!(RmsNorm, |this| {
    let (n, epsilon) = (this.weight.elem_count(), this.epsilon);
    format!("An RMS norm of rows of {n} numbers, ε = {epsilon}")
});
