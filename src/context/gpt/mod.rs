//! GPT: a language model of blocks, each token's vector made from those before it (Radford et al. 2018,
//! *Improving language understanding by generative pre-training*; 2019, *Language models are unsupervised
//! multitask learners*, GPT-2).
//!
//! ```text
//!     x = table[ids] + positions                       (batch, n, width)
//!     x = block(x), L times                            attention is causal
//!     logits = norm(x) Wᵀ                              (batch, n, vocab_size); W is the table again, or its own
//!     loss = −mean ln softmax(logits)[next id]
//! ```
//!
//! | what | where |
//! |---|---|
//! | sizes, counted parameters and operations | `config.rs`: [`GptConfig`] |
//! | the network: ids to logits, the cache | `network.rs`: [`Gpt`], [`GptCache`] |
//! | any tokenizer as the tokens of a language model | `tokens.rs`: [`TextTokens`] |
//! | network and tokens as a language model | `model.rs`: [`GptModel`] |
//! | its layers as those of any contextual model | `states.rs` |
//! | training on texts | `pretraining.rs`: [`Pretraining`] |

mod config;
mod model;
mod network;
mod pretraining;
mod states;
mod tokens;

pub use config::GptConfig;
pub use model::GptModel;
pub use network::{Gpt, GptCache};
pub use pretraining::Pretraining;
pub use tokens::TextTokens;
