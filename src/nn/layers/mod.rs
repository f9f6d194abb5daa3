//! Layers: a few parameters, and what they do to a tensor. Names and shapes are those of the ecosystem's
//! files.
//!
//! | layer | parameters | computes |
//! |---|---|---|
//! | [`Linear`] | `weight (outputs, inputs)`, `bias (outputs)` | y = x Wᵀ + b |
//! | [`Embedding`] | `weight (rows, dimension)` | row i for id i |
//! | [`LayerNorm`] | `weight (n)`, `bias (n)` | [`layer_norm`](super::layer_norm) |
//! | [`RmsNorm`] | `weight (n)` | [`rms_norm`](super::rms_norm) |
//! | [`SwiGlu`] | `gate_proj`, `up_proj`, `down_proj` | W₃ (silu(W₁ x) ∘ W₂ x) |

mod embedding;
mod linear;
mod norm;
mod swiglu;

pub use embedding::Embedding;
pub use linear::Linear;
pub use norm::{LayerNorm, RmsNorm};
pub use swiglu::SwiGlu;

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device, Tensor};

    use super::*;
    use crate::nn::{Init, Parameters, gradient_check};
    use crate::rng::seeded;

    /// The same word twice in a batch gets both gradients; and each layer lets gradients through to all of
    /// its parameters.
    #[test]
    fn every_layer_has_its_gradients() {
        let (mut parameters, rng) = (Parameters::new(DType::F64, &Device::Cpu), &mut seeded(3));
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
