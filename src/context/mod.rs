//! Networks that read a text as a whole: each token's vector depends on the tokens around it.
//!
//! ```text
//! ids -> table + positions -> blocks (attention, hidden layer) -> norm -> head -> logits of the next token
//! ```
//!
//! | what | where |
//! |---|---|
//! | what every model gives of a text: tokens with places, a matrix a layer | [`Contextual`], [`States`] |
//! | attention: plain, masks, several heads, the cache, weights to look at | [`attention`] |
//! | where a token stands: sinusoidal, rotary, ALiBi | [`positions`] |
//! | a block: attention, hidden layer, norms | `Block`, in `block.rs` |
//! | a GPT: sizes, the network, the language model, pretraining | `gpt/` |
//! | BERT: the encoder, its pretraining, MiniLM, sentence vectors | `bert/` |
//! | ELMo: characters to words, LSTMs from both sides, the mix of layers | `elmo/` |
//! | XLNet: permutations, two streams, relative positions, memory | `xlnet/` |
//!
//! The networks exist with the feature `nn`; the plain forms always.

pub mod attention;
#[cfg(feature = "nn")]
mod bert;
#[cfg(feature = "nn")]
mod block;
mod contextual;
mod elmo;
#[cfg(feature = "nn")]
mod gpt;
pub mod positions;
mod xlnet;

#[cfg(feature = "nn")]
pub use bert::{
    Bert, BertBatch, BertEncoder, BertSizes, FillIn, Masked, Masking, SentencePair, sentence_pairs,
};
#[cfg(feature = "nn")]
pub use block::{Activation, Block, BlockSizes, NormKind};
pub use contextual::{Contextual, States};
#[cfg(feature = "nn")]
pub use elmo::{Elmo, ElmoEncoder, ElmoMemory, ElmoSizes, elmo_characters};
pub use elmo::{mix, mix_gradient};
#[cfg(feature = "nn")]
pub use gpt::{Gpt, GptCache, GptConfig, GptModel, Pretraining, TextTokens};
pub use xlnet::Permutation;
#[cfg(feature = "nn")]
pub use xlnet::{Xlnet, XlnetEncoder, XlnetMemory, XlnetSizes, XlnetStates};
