//! BERT: an encoder in which every token looks at the tokens before it and after it.
//!
//! | what | where |
//! |---|---|
//! | sizes, `config.json` | `sizes.rs` |
//! | texts as rows, packed or padded; attention within each | `batch.rs` |
//! | a layer; all layers | `layer.rs`, `encoder.rs` |
//! | pretraining: heads and loss, which tokens are hidden, pairs of sentences | `heads.rs`, `loss.rs`, `masking.rs`, `pairs.rs` |
//! | with a tokenizer: states, words for a gap | `model.rs` |
//! | sentence vectors | `sentence.rs` |
//!
//! Source: Devlin, Chang, Lee and Toutanova (2018), *BERT: Pre-training of Deep Bidirectional Transformers
//! for Language Understanding*.

mod batch;
mod encoder;
mod heads;
mod layer;
mod loss;
mod masking;
mod model;
mod pairs;
mod sentence;
mod sizes;

pub use batch::BertBatch;
pub use encoder::BertEncoder;
pub use masking::{Masked, Masking};
pub(super) use model::matrix;
pub use model::{Bert, FillIn};
pub use pairs::{SentencePair, sentence_pairs};
pub use sizes::BertSizes;
