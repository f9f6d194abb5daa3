//! Layers: a few parameters, and what they do to a tensor. Names and forms are those of the ecosystem's
//! files.
//!
//! | layer | parameters | computes |
//! |---|---|---|
//! | [`Linear`] | `weight (outputs, inputs)`, `bias (outputs)` | y = x Wᵀ + b |
//! | [`Embedding`] | `weight (rows, dimension)` | row i for id i |
//! | [`LayerNorm`] | `weight (n)`, `bias (n)` | [`layer_norm`] |
//! | [`RmsNorm`] | `weight (n)` | [`rms_norm`] |
//! | [`SwiGlu`] | `gate_proj`, `up_proj`, `down_proj`, linear without a bias | W₃ (silu(W₁ x) ∘ W₂ x) |
//!
//! SwiGLU is from Shazeer 2020, *GLU variants improve transformer*; the names are Llama's. silu(x) = x / (1 +
//! e⁻ˣ).

use candle_core::{Tensor, Var};
use candle_nn::Module as _;

use super::{Init, Scope, layer_norm, rms_norm};
use crate::rng::Rng;
use crate::{Error, Result};

/// y = x Wᵀ + b, of x `(…, inputs)`: `(…, outputs)`. candle-nn's, whatever the layout of x.
#[derive(Clone)]
pub struct Linear(candle_nn::Linear);

impl Linear {
    /// A weight that begins as `init` says, and a bias of 0.
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

    /// Of variables that are there: a head that shares its weight with an [`Embedding`].
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
        // candle-nn multiplies batch by batch what is not contiguous.
        let rows = x.contiguous()?.reshape(((), last))?;
        let shape = [lead, &[self.0.weight().dim(0)?]].concat();
        Ok(self.0.forward(&rows)?.reshape(shape)?)
    }

    /// W, `(outputs, inputs)`.
    pub fn weight(&self) -> &Tensor {
        self.0.weight()
    }
}

/// A table of vectors: ids of any shape `(…)` in, their rows `(…, dimension)` out.
#[derive(Clone)]
pub struct Embedding {
    weight: Var,
}

impl Embedding {
    /// `rows` vectors of `dimension` numbers.
    ///
    /// # Errors
    /// The name is taken; see [`Init::draw`].
    pub fn new(mut scope: Scope, rows: usize, dimension: usize, init: Init, rng: &mut Rng) -> Result<Self> {
        let weight = scope.parameter("weight", (rows, dimension), init, rng)?;
        Ok(Self { weight })
    }

    /// The rows of `ids`, which are of type `U32`, `U8` or `I64`.
    ///
    /// # Errors
    /// An id has no row. candle alone would give zeros for the largest number of its type.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor> {
        let (rows, dimension) = self.weight.dims2()?;
        let flat = ids.flatten_all()?.contiguous()?;
        if flat.elem_count() > 0 {
            let wide = flat.to_dtype(candle_core::DType::I64)?;
            let (least, most) = (wide.min_all()?, wide.max_all()?);
            for id in [least.to_scalar::<i64>()?, most.to_scalar::<i64>()?] {
                if id < 0 || id >= rows as i64 {
                    let expected = format!("0 to {}", rows as i64 - 1);
                    return Err(Error::value("an id of an embedding", expected, id.to_string()));
                }
            }
        }
        let shape = [ids.dims(), &[dimension]].concat();
        Ok(self.weight.index_select(&flat, 0)?.reshape(shape)?)
    }

    /// The table, `(rows, dimension)`.
    pub fn weight(&self) -> &Var {
        &self.weight
    }
}

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

    /// Of x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        layer_norm(x, &self.weight, &self.bias, self.epsilon)
    }
}

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

    /// Of x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        rms_norm(x, &self.weight, self.epsilon)
    }
}

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

    /// Of x `(…, n)`, in the same shape.
    ///
    /// # Errors
    /// The last dimension is not `n`.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let gate = self.gate.forward(x)?.silu()?;
        self.down.forward(&(gate * self.up.forward(x)?)?)
    }
}

/// A layer's text form, one line, which is also how it shows itself.
macro_rules! shown_as_line {
    ($type:ty, $line:expr) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let line: fn(&Self) -> String = $line;
                f.write_str(&line(self))
            }
        }

        impl $type {
            /// Shows it in a notebook.
            pub fn evcxr_display(&self) {
                let text = self.to_string();
                crate::show::display(&crate::show::escape(&text), &text);
            }
        }

        crate::show::debug_shows!($type);
    };
}

shown_as_line!(Linear, |layer| {
    let bias = if layer.0.bias().is_some() {
        "with"
    } else {
        "without"
    };
    let shape = layer.0.weight().dims();
    format!("A linear layer, (outputs, inputs) = {shape:?}, {bias} a bias")
});
shown_as_line!(Embedding, |layer| format!(
    "An embedding, (rows, dimension) = {:?}",
    layer.weight.dims()
));
shown_as_line!(LayerNorm, |layer| format!(
    "A layer norm of rows of {:?}, ε = {}",
    layer.weight.dims(),
    layer.epsilon
));
shown_as_line!(RmsNorm, |layer| format!(
    "An RMS norm of rows of {:?}, ε = {}",
    layer.weight.dims(),
    layer.epsilon
));
shown_as_line!(SwiGlu, |layer| format!(
    "A SwiGLU, (hidden, inputs) = {:?}",
    layer.up.weight().dims()
));

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device};

    use super::*;
    use crate::nn::{Parameters, gradient_check};
    use crate::rng::seeded;

    fn parameters() -> Parameters {
        Parameters::new(DType::F64, &Device::Cpu)
    }

    #[test]
    fn a_linear_layer_takes_any_shape_and_layout() {
        let mut parameters = parameters();
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

    #[test]
    fn an_id_without_a_row_is_an_error() {
        let mut parameters = parameters();
        let layer = Embedding::new(parameters.scope("wte"), 3, 2, Init::Normal(1.0), &mut seeded(1)).unwrap();
        let ids = Tensor::new(&[[2_u32, 0]], &Device::Cpu).unwrap();
        assert_eq!(layer.forward(&ids).unwrap().dims(), [1, 2, 2]);
        for id in [3, u32::MAX] {
            let e = layer
                .forward(&Tensor::new(&[0, id], &Device::Cpu).unwrap())
                .unwrap_err();
            assert_eq!(
                e.to_string(),
                format!("an id of an embedding: expected 0 to 2, got {id}")
            );
        }
        assert!(
            layer
                .forward(&Tensor::new(&[-1_i64], &Device::Cpu).unwrap())
                .is_err()
        );
        let none = Tensor::zeros((2, 0), DType::U32, &Device::Cpu).unwrap();
        assert_eq!(layer.forward(&none).unwrap().dims(), [2, 0, 2]);
    }

    /// The same word twice in a batch gets both gradients; and each layer lets gradients through to all of
    /// its parameters.
    #[test]
    fn every_layer_has_its_gradients() {
        let (mut parameters, rng) = (parameters(), &mut seeded(3));
        let table = Embedding::new(parameters.scope("wte"), 3, 4, Init::Normal(1.0), rng).unwrap();
        let norm = LayerNorm::new(parameters.scope("ln"), 4, 1e-5, rng).unwrap();
        let wide = Linear::new(parameters.scope("fc"), 4, 5, Init::FanIn, rng).unwrap();
        let gates = SwiGlu::new(parameters.scope("mlp"), 5, 3, Init::FanIn, rng).unwrap();
        let last = RmsNorm::new(parameters.scope("norm"), 5, 1e-5, rng).unwrap();
        let ids = Tensor::new(&[[0_u32, 1, 0]], &Device::Cpu).unwrap();
        let target = Init::Normal(1.0)
            .draw(&[1, 3, 5], DType::F64, &Device::Cpu, rng)
            .unwrap();
        let loss = || {
            let x = wide.forward(&norm.forward(&table.forward(&ids)?)?)?;
            let y = last.forward(&(&x + gates.forward(&x)?)?)?;
            Ok((y * &target)?.sum_all()?)
        };
        gradient_check(parameters.iter(), loss)
            .unwrap()
            .within(1e-7)
            .unwrap();
    }
}
