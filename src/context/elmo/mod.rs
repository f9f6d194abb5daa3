//! ELMo: the states of two language models, LSTMs that read a text from both sides.
//!
//! | what | where |
//! |---|---|
//! | sizes, `options.json` | `sizes.rs` |
//! | a word: its characters, filters, highways | `characters.rs`, `words.rs`, `highway.rs` |
//! | an LSTM with projection and clipping | `lstm.rs` |
//! | both directions; their loss as language models | `encoder.rs` |
//! | texts in, states out | `model.rs` |
//! | one vector from all layers | `mix.rs` |
//!
//! Source: Peters, Neumann, Iyyer, Gardner, Clark, Lee and Zettlemoyer (2018), *Deep contextualized word
//! representations*.

#[cfg(feature = "nn")]
mod characters;
#[cfg(feature = "nn")]
mod encoder;
#[cfg(feature = "nn")]
mod highway;
#[cfg(feature = "nn")]
mod lstm;
mod mix;
#[cfg(feature = "nn")]
mod model;
#[cfg(feature = "nn")]
mod sizes;
#[cfg(feature = "nn")]
mod words;

#[cfg(feature = "nn")]
pub use characters::elmo_characters;
#[cfg(feature = "nn")]
pub use encoder::{ElmoEncoder, ElmoMemory};
pub use mix::{mix, mix_gradient};
#[cfg(feature = "nn")]
pub use model::Elmo;
#[cfg(feature = "nn")]
pub use sizes::ElmoSizes;
