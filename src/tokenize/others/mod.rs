//! Other people's tokenizers under this pack's trait, so that every measure and picture works on them too.
mod hf;
mod tiktoken;

pub use hf::Hf;
pub use tiktoken::Tiktoken;
