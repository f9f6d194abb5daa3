//! Neural networks, on candle: what a chapter needs to write a network, and the only room that names candle.
//!
//! | what | where |
//! |---|---|
//! | the numbers that are learned, by name: freezing, counting | [`Parameters`], [`Scope`] |
//! | what they are before they have learned anything | [`Init`] |
//! | files of tensors, and how others call theirs | [`Tensors`], [`Names`] |
//! | layers | [`Linear`], [`Embedding`], [`LayerNorm`], [`RmsNorm`], [`SwiGlu`], [`dropout`] |
//! | operations with a gradient of our own, `fused/` | [`softmax`], [`log_softmax`], [`gelu`], … |
//! | … norms, attention, cross entropy | [`layer_norm`], [`rms_norm`], [`attention`], [`cross_entropy`] |
//! | operations whose gradient is computed elsewhere, as for losses | [`with_gradient`], [`of_two_matrices`] |
//! | the gradients of a loss | [`backward()`] |
//! | whether a gradient is right | [`gradient_check`] |
//! | where tensors are | [`device`] |
//!
//! A network is a struct that holds its layers and has a method from a tensor to a tensor. What is learned
//! has a name:
//!
//! ```
//! use course::nn::{DType, Device, Init, Linear, Names, Parameters, Tensor};
//! use course::nn::{backward, cross_entropy, gelu};
//! use course::rng::seeded;
//!
//! let mut parameters = Parameters::new(DType::F32, &Device::Cpu);
//! let rng = &mut seeded(1);
//! let up = Linear::new(parameters.scope("up"), 3, 8, Init::FanIn, rng)?;
//! let down = Linear::new(parameters.scope("down"), 8, 2, Init::FanIn, rng)?;
//! let loss = |x: &Tensor, targets: &[u32]| cross_entropy(&down.forward(&gelu(&up.forward(x)?)?)?, targets);
//!
//! // A step against the gradient makes the loss smaller.
//! let (x, targets) = (Tensor::new(&[[0_f32, 1.0, 2.0], [2.0, 1.0, 0.0]], &Device::Cpu)?, [0, 1]);
//! let before = loss(&x, &targets)?;
//! let gradients = backward(&before)?;
//! for (name, variable) in parameters.trainable() {
//!     let step = (gradients.get(variable).expect("a gradient") * 0.1)?;
//!     parameters.set(name, &(variable.as_tensor() - step)?)?;
//! }
//! assert!(loss(&x, &targets)?.to_scalar::<f32>()? < before.to_scalar::<f32>()?);
//!
//! let path = std::env::temp_dir().join("course-doc-nn.safetensors");
//! parameters.save(&path, DType::F16)?; // 2 bytes a number
//! parameters.load(&path, &Names::same())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Optimisers and the loop are in `train`, losses in `loss`.
//!
//! candle's operations on more than 65,536 numbers use threads that wait by spinning, beside those of rayon
//! that everything else uses. On few cores, or where something else runs too, `CANDLE_NUM_THREADS=1` in the
//! environment is faster: beside a compiler, a step of a small GPT took 225 ms with it and 520 without. The
//! notebooks' kernel sets it.

mod backward;
mod device;
mod dropout;
mod files;
mod fused;
mod gradient_check;
mod init;
mod layers;
mod memory;
mod names;
mod of_two_matrices;
mod parameters;
mod real;
#[cfg(test)]
mod testing;
mod with_gradient;

pub use backward::backward;
pub use candle_core::backprop::GradStore;
pub use candle_core::{D, DType, Device, IndexOp, Tensor, Var};
pub use device::device;
pub use dropout::dropout;
pub use files::Tensors;
pub(crate) use fused::{AdamStep, adam_step};
pub use fused::{
    Mask, attention, attention_of_heads, attention_of_heads_plain, attention_plain, attention_weights,
    cross_entropy, cross_entropy_plain, gelu, gelu_plain, gelu_tanh, gelu_tanh_plain, layer_norm,
    layer_norm_plain, log_softmax, log_softmax_plain, rms_norm, rms_norm_plain, softmax, softmax_plain,
};
pub use gradient_check::{GradientCheck, gradient_check};
pub use init::Init;
pub use layers::{Embedding, LayerNorm, Linear, RmsNorm, SwiGlu};
pub use names::Names;
pub use of_two_matrices::{OfTwoMatrices, of_two_matrices};
pub use parameters::{Parameters, Scope};
pub use real::Real;
pub use with_gradient::{Inputs, ValueAndGradients, WithGradient, with_gradient};

/// Turns candle's error into this library's.
impl From<candle_core::Error> for crate::Error {
    fn from(e: candle_core::Error) -> Self {
        Self::value("a network", "tensors that fit together", e.to_string())
    }
}
