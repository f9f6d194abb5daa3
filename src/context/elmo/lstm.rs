//! An LSTM whose state is smaller than its memory, and whose numbers cannot run away.
//!
//! ```text
//!     [i j f o] = [x h] W + b                                     x (in), h (p), W (in + p, 4 cell)
//!     c ← clip(σ(f + 1) ∘ c + σ(i) ∘ tanh(j))                     the memory, (cell)
//!     h ← clip((σ(o) ∘ tanh(c)) P)                                the state, P (cell, p)
//! ```
//!
//! A large memory with a small state: the recurrent product costs 8 · cell · p instead of 8 · cell². The 1 at
//! the forget gate lets a fresh LSTM remember. Clipping holds what a long text would let grow.
//!
//! Cost a token: 8 cell (in + p) + 2 cell p operations, one token after the other.
//!
//! Source: Hochreiter and Schmidhuber (1997), *Long Short-Term Memory*; Sak, Senior and Beaufays (2014), for
//! the projection.

use super::ElmoSizes;
use super::highway::sigmoid;
use crate::Result;
use crate::nn::{Init, Scope, Tensor, Var};
use crate::rng::Rng;

/// An LSTM layer of one direction.
#[derive(Clone)]
pub(super) struct Lstm {
    weight: Var,
    bias: Var,
    projection: Var,
    cell_clip: Option<f64>,
    projection_clip: Option<f64>,
}

/// What goes on from one token to the next: the state `(texts, p)` and the memory `(texts, cell)`.
pub(super) type Memory = (Tensor, Tensor);

impl Lstm {
    pub(super) fn new(mut scope: Scope, sizes: &ElmoSizes, rng: &mut Rng) -> Result<Self> {
        let (p, cell) = (sizes.projection, sizes.cell);
        let start = |inputs: usize| Init::Uniform((1.0 / inputs as f64).sqrt());
        Ok(Self {
            weight: scope.parameter("W_0", (2 * p, 4 * cell), start(2 * p), rng)?,
            bias: scope.parameter("B", 4 * cell, Init::Zeros, rng)?,
            projection: scope.parameter("W_P_0", (cell, p), start(cell), rng)?,
            cell_clip: sizes.cell_clip,
            projection_clip: sizes.projection_clip,
        })
    }

    /// The states of all tokens, `(texts, n, p)`, of x of the same shape; and how it stands after the last.
    /// It starts at `before`, or at 0.
    pub(super) fn forward(&self, x: &Tensor, before: Option<&Memory>) -> Result<(Tensor, Memory)> {
        let (texts, n, p) = x.dims3()?;
        let cell = self.projection.dim(0)?;
        let zeros = |n| Tensor::zeros((texts, n), x.dtype(), x.device());
        let (mut h, mut c) = match before {
            Some(before) => before.clone(),
            None => (zeros(p)?, zeros(cell)?),
        };
        // The part of the inputs, for all tokens at once.
        let (of_input, of_state) = (self.weight.narrow(0, 0, p)?, self.weight.narrow(0, p, p)?);
        let inputs = x
            .contiguous()?
            .reshape((texts * n, p))?
            .matmul(&of_input)?
            .broadcast_add(&self.bias)?;
        let inputs = inputs.reshape((texts, n, 4 * cell))?;
        let mut states = Vec::with_capacity(n);
        for t in 0..n {
            let z = (inputs.narrow(1, t, 1)?.squeeze(1)? + h.matmul(&of_state)?)?;
            let gate = |k: usize| z.narrow(1, k * cell, cell);
            let (i, j, f, o) = (gate(0)?, gate(1)?, gate(2)?, gate(3)?);
            let kept = sigmoid(&(f + 1.0)?)?.mul(&c)?;
            c = clip((kept + sigmoid(&i)?.mul(&j.tanh()?)?)?, self.cell_clip)?;
            let out = sigmoid(&o)?.mul(&c.tanh()?)?;
            h = clip(out.matmul(&self.projection)?, self.projection_clip)?;
            states.push(h.clone());
        }
        let states = match states.is_empty() {
            true => x.zeros_like()?,
            false => Tensor::stack(&states, 1)?,
        };
        Ok((states, (h, c)))
    }
}

fn clip(x: Tensor, most: Option<f64>) -> Result<Tensor> {
    Ok(match most {
        Some(most) => x.clamp(-most, most)?,
        None => x,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::{DType, Device, Parameters, gradient_check};
    use crate::rng::seeded;

    fn small(clip: Option<f64>) -> (Parameters, Lstm) {
        let sizes = ElmoSizes {
            projection: 2,
            cell: 3,
            cell_clip: clip,
            projection_clip: clip,
            ..Default::default()
        };
        let mut parameters = Parameters::new(DType::F64, &Device::Cpu);
        let lstm = Lstm::new(parameters.scope("l"), &sizes, &mut seeded(1)).unwrap();
        (parameters, lstm)
    }

    fn numbers(x: &Tensor) -> Vec<f64> {
        x.flatten_all().unwrap().to_vec1().unwrap()
    }

    /// All weights 0 and biases 0, but 1000 for j and o and i: c = clip(σ(1) · c + 1), h = clip(Σ tanh(c)).
    #[test]
    fn a_memory_is_clipped_on_paper() {
        let (parameters, lstm) = small(Some(1.5));
        for (name, variable) in parameters
            .iter()
            .map(|(n, v)| (n.to_owned(), v.clone()))
            .collect::<Vec<_>>()
        {
            parameters.set(&name, &variable.zeros_like().unwrap()).unwrap();
        }
        let bias: Vec<f64> = (0..12)
            .map(|k| if (6..9).contains(&k) { 0.0 } else { 1000.0 })
            .collect();
        parameters
            .set("l.B", &Tensor::new(bias, &Device::Cpu).unwrap())
            .unwrap();
        parameters
            .set(
                "l.W_P_0",
                &Tensor::new(&[[1.0, 0.25], [1.0, 0.0], [1.0, 0.0]], &Device::Cpu).unwrap(),
            )
            .unwrap();
        let x = Tensor::zeros((1, 2, 2), DType::F64, &Device::Cpu).unwrap();
        let (states, (_, c)) = lstm.forward(&x, None).unwrap();
        // After one token c = 1, and then σ(1) + 1 = 1.73, clipped to 1.5.
        assert_eq!(numbers(&c), [1.5; 3]);
        let expected = [1.5, 0.25 * 1_f64.tanh(), 1.5, 0.25 * 1.5_f64.tanh()];
        for (got, expected) in numbers(&states).iter().zip(expected) {
            assert!((got - expected).abs() < 1e-12, "{got}, {expected}");
        }
    }

    /// Two halves, the second starting where the first ended, are the whole.
    #[test]
    fn a_memory_goes_on() {
        let (_, lstm) = small(Some(0.2));
        let x = Init::Normal(2.0)
            .draw(&[2, 5, 2], DType::F64, &Device::Cpu, &mut seeded(2))
            .unwrap();
        let (whole, _) = lstm.forward(&x, None).unwrap();
        let (first, memory) = lstm.forward(&x.narrow(1, 0, 2).unwrap(), None).unwrap();
        let (second, _) = lstm.forward(&x.narrow(1, 2, 3).unwrap(), Some(&memory)).unwrap();
        let both = Tensor::cat(&[first, second], 1).unwrap();
        for (a, b) in numbers(&whole).iter().zip(numbers(&both)) {
            assert!((a - b).abs() < 1e-12);
        }
        let (none, _) = lstm.forward(&x.narrow(1, 0, 0).unwrap(), None).unwrap();
        assert_eq!(none.dims(), [2, 0, 2]);
    }

    #[test]
    fn it_has_its_gradients() {
        let (parameters, lstm) = small(None);
        let x = Init::Normal(1.0)
            .draw(&[2, 3, 2], DType::F64, &Device::Cpu, &mut seeded(3))
            .unwrap();
        let loss = || Ok(lstm.forward(&x, None)?.0.sqr()?.sum_all()?);
        gradient_check(parameters.iter(), loss)
            .unwrap()
            .within(1e-6)
            .unwrap();
    }
}
