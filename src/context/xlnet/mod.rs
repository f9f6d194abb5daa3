//! XLNet: a language model that predicts the tokens of a text in any order.
//!
//! | what | where |
//! |---|---|
//! | sizes, `config.json` | `sizes.rs` |
//! | an order, and who may look at whom | `permutation.rs` |
//! | attention by relative positions, the relative shift | `relative.rs` |
//! | a layer of two streams; all layers, memory, loss | `layer.rs`, `encoder.rs` |
//! | texts in, states out | `model.rs` |
//!
//! Source: Yang, Dai, Yang, Carbonell, Salakhutdinov and Le (2019), *XLNet: Generalized Autoregressive
//! Pretraining for Language Understanding*.

#[cfg(feature = "nn")]
mod encoder;
#[cfg(feature = "nn")]
mod layer;
#[cfg(feature = "nn")]
mod model;
mod permutation;
#[cfg(feature = "nn")]
mod relative;
#[cfg(feature = "nn")]
mod sizes;

#[cfg(feature = "nn")]
pub use encoder::{XlnetEncoder, XlnetMemory, XlnetStates};
#[cfg(feature = "nn")]
pub use model::Xlnet;
pub use permutation::Permutation;
#[cfg(feature = "nn")]
pub use sizes::XlnetSizes;
