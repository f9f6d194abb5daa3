//! The linear layer: every output is a weighted sum of all inputs.
//!
//! ```text
//!     y = x Wᵀ + b            x (…, inputs), W (outputs, inputs), b (outputs), y (…, outputs)
//! ```
//!
//! Parameters: `weight`, `bias`. A row takes 2 · inputs · outputs operations. The product is
//! `fused/linear.rs`, or candle-nn's where that has no form.

use candle_core::{Tensor, Var};
use candle_nn::Module as _;

use crate::nn::{Init, Scope, fused};
use crate::rng::Rng;
use crate::{Error, Result};

/// y = x Wᵀ + b for x `(…, inputs)`: `(…, outputs)`. It works with any layout of x.
#[derive(Clone)]
pub struct Linear(candle_nn::Linear);

impl Linear {
    /// A layer whose weight begins as `init` says, with a bias of 0.
    ///
    /// # Errors
    /// The names are taken; see [`Init::draw`].
    pub fn new(mut scope: Scope, inputs: usize, outputs: usize, init: Init, rng: &mut Rng) -> Result<Self> {
        let weight = scope.parameter("weight", (outputs, inputs), init, rng)?;
        let bias = scope.parameter("bias", outputs, Init::Zeros, rng)?;
        Ok(Self::from_variables(&weight, Some(&bias)))
    }

    /// Without a bias: y = x Wᵀ.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn without_bias(
        mut scope: Scope,
        inputs: usize,
        outputs: usize,
        init: Init,
        rng: &mut Rng,
    ) -> Result<Self> {
        let weight = scope.parameter("weight", (outputs, inputs), init, rng)?;
        Ok(Self::from_variables(&weight, None))
    }

    /// A layer of existing variables, such as a head that shares its weight with an
    /// [`Embedding`](super::Embedding).
    pub fn from_variables(weight: &Var, bias: Option<&Var>) -> Self {
        let tensor = |variable: &Var| variable.as_tensor().clone();
        Self(candle_nn::Linear::new(tensor(weight), bias.map(tensor)))
    }

    /// y, `(…, outputs)`.
    ///
    /// # Errors
    /// The last dimension of `x` is not the number of inputs.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let inputs = self.0.weight().dim(1)?;
        let Some((&last, lead)) = x.dims().split_last().filter(|(last, _)| **last == inputs) else {
            let got = format!("{:?}", x.dims());
            return Err(Error::shape("a linear layer", format!("(…, {inputs})"), got));
        };
        // If x is not contiguous, candle-nn multiplies it batch by batch.
        let rows = x.contiguous()?.reshape(((), last))?;
        let shape = [lead, &[self.0.weight().dim(0)?]].concat();
        let y = match fused::linear(&rows, self.0.weight(), self.0.bias())? {
            Some(y) => y,
            None => self.0.forward(&rows)?,
        };
        Ok(y.reshape(shape)?)
    }

    /// W, `(outputs, inputs)`.
    pub fn weight(&self) -> &Tensor {
        self.0.weight()
    }
}

crate::show::shown_as_line!(Linear, |this| {
    let bias = if this.0.bias().is_some() {
        "with"
    } else {
        "without"
    };
    let shape = this.0.weight().dims();
    format!("A linear layer, (outputs, inputs) = {shape:?}, {bias} a bias")
});

#[cfg(test)]
mod tests {
    use candle_core::Device;

    use super::*;
    use crate::nn::Parameters;
    use crate::rng::seeded;

    #[test]
    fn a_linear_layer_takes_any_shape_and_layout() {
        let mut parameters = Parameters::new(candle_core::DType::F64, &Device::Cpu);
        let layer = Linear::new(parameters.scope("a"), 2, 3, Init::FanIn, &mut seeded(1)).unwrap();
        let weight = Tensor::new(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], &Device::Cpu).unwrap();
        parameters.set("a.weight", &weight).unwrap();
        parameters
            .set("a.bias", &Tensor::new(&[0.0, 0.0, 1.0], &Device::Cpu).unwrap())
            .unwrap();
        let row = Tensor::new(&[10.0, 100.0], &Device::Cpu).unwrap();
        let expected = [210.0, 430.0, 651.0];
        assert_eq!(layer.forward(&row).unwrap().to_vec1::<f64>().unwrap(), expected);
        let all = row.broadcast_as((2, 1, 3, 2)).unwrap();
        let y = layer.forward(&all).unwrap();
        assert_eq!(y.dims(), [2, 1, 3, 3]);
        assert_eq!(
            y.flatten_all().unwrap().to_vec1::<f64>().unwrap(),
            expected.repeat(6)
        );
        assert_eq!(
            layer.forward(&weight.t().unwrap()).unwrap_err().to_string(),
            "a linear layer: expected (…, 2), got [2, 3]"
        );
        assert_eq!(
            layer.to_string(),
            "A linear layer, (outputs, inputs) = [3, 2], with a bias"
        );
    }
}
