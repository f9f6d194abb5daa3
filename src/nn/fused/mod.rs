//! Operations that are one step here and many in candle: a forward and a backward form, each with a plain
//! form beside it.
//!
//! candle makes a tensor for each arithmetic operation, and another one in the backward pass; a softmax is
//! five operations. Memory access takes most of the time, so here a row is read once and written once. The
//! plain form is a handful of candle's operations with the same result. Tests compare with it. It runs where
//! the fused form does not (on other devices than the CPU, with other types than `f32` and `f64`), and it is
//! the one to read first. The fused forms of candle-nn have no gradient, and say nothing when one is asked
//! for.
//!
//! The results do not depend on the number of threads. A gradient of a gradient is not defined for the fused
//! forms; the plain forms have it.
//!
//! | operation | file |
//! |---|---|
//! | softmax and its logarithm | `softmax.rs` |
//! | layer norm, RMS norm | `norm.rs` |
//! | GELU | `gelu.rs` |
//! | attention, also from the joint product of a layer | `attention/` |
//! | cross entropy | `cross_entropy.rs` |
//! | a linear layer's product | `linear.rs` |
//! | a step of Adam | `adam.rs` |

mod adam;
mod attention;
mod cross_entropy;
mod gelu;
mod linear;
mod norm;
mod number;
mod rows;
mod softmax;

pub(crate) use adam::{AdamStep, adam_step};
pub use attention::{
    Mask, attention, attention_of_heads, attention_of_heads_plain, attention_plain, attention_weights,
};
pub use cross_entropy::{cross_entropy, cross_entropy_plain};
pub use gelu::{gelu, gelu_plain, gelu_tanh, gelu_tanh_plain};
pub(in crate::nn) use linear::linear;
pub use norm::{layer_norm, layer_norm_plain, rms_norm, rms_norm_plain};
pub(in crate::nn) use number::{Number, numbers, numbers_of, of_type};
pub use softmax::{log_softmax, log_softmax_plain, softmax, softmax_plain};
