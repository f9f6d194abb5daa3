//! Attention: each token asks the others a question, and takes from them in proportion to how well they
//! answer.
//!
//! ```text
//!     P = softmax(Q Kᵀ / √d)                 how much each query looks at each key; rows sum to 1
//!     O = P V                                what it takes: the mean of the values, weighted by P
//! ```
//!
//! | what | where |
//! |---|---|
//! | the formula written out, on rows of numbers | [`attend`], [`masked_softmax`] |
//! | who may look at whom: causal, padding, prefix, window, permutation | [`AttentionMask`] |
//! | heads, split and joined | [`split_heads`], [`join_heads`] |
//! | several heads as a layer, also with fewer heads of keys than of queries | `MultiHead` |
//! | keys and values of the past, kept | `KeysValues` |
//! | weights to look at | [`AttentionWeights`] |
//!
//! The fast form, with its gradients, is [`nn::attention`](crate::nn::attention()). The layer uses it.
//! Source: Vaswani et al. 2017, *Attention is all you need*.

#[cfg(feature = "nn")]
mod cache;
mod heads;
mod mask;
#[cfg(feature = "nn")]
mod multi_head;
mod plain;
mod weights;

#[cfg(feature = "nn")]
pub use cache::KeysValues;
pub use heads::{join_heads, split_heads};
pub use mask::AttentionMask;
#[cfg(feature = "nn")]
pub use multi_head::{HeadSizes, MultiHead};
pub use plain::{Attended, attend, masked_softmax};
pub use weights::AttentionWeights;
