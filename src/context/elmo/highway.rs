//! A highway: a layer that chooses, number by number, between what it computes and what came in.
//!
//! ```text
//!     t = relu(x W_t + b_t)        g = σ(x W_g + b_g)        y = g ∘ t + (1 − g) ∘ x
//! ```
//!
//! Where g is 0 a number drives past. So many such layers can be stacked, and a gradient reaches the first.
//! The original file calls W_g the *carry* weights, though they decide what is *not* carried.
//!
//! Source: Srivastava, Greff and Schmidhuber (2015), *Highway Networks*.

use crate::Result;
use crate::nn::{Init, Scope, Tensor, Var};
use crate::rng::Rng;

#[derive(Clone)]
pub(super) struct Highway {
    transform: (Var, Var),
    gate: (Var, Var),
}

impl Highway {
    /// For rows of `n` numbers. The gates begin nearly closed, so that a fresh layer carries its input.
    pub(super) fn new(mut scope: Scope, n: usize, rng: &mut Rng) -> Result<Self> {
        let weights = Init::Normal((1.0 / n as f64).sqrt());
        let mut pair = |name: &str, bias| -> Result<(Var, Var)> {
            let w = scope.parameter(&format!("W_{name}"), (n, n), weights, rng)?;
            Ok((w, scope.parameter(&format!("b_{name}"), n, bias, rng)?))
        };
        Ok(Self {
            transform: pair("transform", Init::Zeros)?,
            gate: pair("carry", Init::Constant(-2.0))?,
        })
    }

    /// y of x, `(rows, n)` both.
    pub(super) fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let line = |(w, b): &(Var, Var)| x.matmul(w)?.broadcast_add(b);
        let (t, g) = (line(&self.transform)?.relu()?, sigmoid(&line(&self.gate)?)?);
        Ok((x + g.mul(&(t - x)?)?)?)
    }
}

/// σ(x) = ½ (1 + tanh(x/2)): of no x infinite on the way.
pub(super) fn sigmoid(x: &Tensor) -> Result<Tensor> {
    Ok(((x * 0.5)?.tanh()?.affine(0.5, 0.5))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Parameters, gradient_check};
    use crate::rng::seeded;

    /// One number, x = 1: t = relu(3 − 1) = 2, g = σ(ln 3) = ¾, y = ¾ · 2 + ¼ · 1.
    #[test]
    fn on_paper() {
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let layer = Highway::new(parameters.scope("h"), 1, &mut seeded(1)).unwrap();
        let set = |name: &str, x: f64, shape: &[usize]| {
            let x = Tensor::from_slice(&[x], shape, &Device::Cpu).unwrap();
            parameters.set(name, &x).unwrap();
        };
        set("h.W_transform", 3.0, &[1, 1]);
        set("h.b_transform", -1.0, &[1]);
        set("h.W_carry", 3_f64.ln(), &[1, 1]);
        set("h.b_carry", 0.0, &[1]);
        let x = Tensor::new(&[[1_f64]], &Device::Cpu).unwrap();
        let y = layer.forward(&x).unwrap().to_vec2::<f64>().unwrap();
        assert!((y[0][0] - 1.75).abs() < 1e-12, "{y:?}");
        let far = Tensor::new(&[-2000_f64, 0.0, 2000.0], &Device::Cpu).unwrap();
        assert_eq!(sigmoid(&far).unwrap().to_vec1::<f64>().unwrap(), [0.0, 0.5, 1.0]);
    }

    #[test]
    fn it_has_its_gradients() {
        let (mut parameters, rng) = (Parameters::new(DType::F64, &Device::Cpu), &mut seeded(2));
        let layer = Highway::new(parameters.scope("h"), 4, rng).unwrap();
        let x = Init::Normal(1.0)
            .draw(&[3, 4], DType::F64, &Device::Cpu, rng)
            .unwrap();
        let loss = || Ok(layer.forward(&x)?.sqr()?.sum_all()?);
        gradient_check(parameters.iter(), loss)
            .unwrap()
            .within(1e-6)
            .unwrap();
    }
}
