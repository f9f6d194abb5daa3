//! Tokens: cutting text into the pieces that a language model reads.
//!
//! | what | where |
//! |---|---|
//! | what every tokenizer does | [`Tokenizer`], [`Encoding`], [`encode_all`], [`encode_each`] |
//! | the cuts before any merge | [`Pattern`] |
//! | byte-pair encoding | [`bpe_plain`] to read, [`Bpe`] to use |
//! | WordPiece | [`WordPiece`] |
//! | the unigram model | [`Unigram`] |
//! | tokenizers in files, of other programs too | [`formats`] |
//! | other libraries under the same trait | [`Hf`], [`Tiktoken`] |
//! | what a vocabulary does to a text, and what it costs | [`measures`] |
mod bpe;
mod classes;
mod count;
mod decode;
pub mod formats;
pub mod measures;
#[cfg(feature = "nn")]
mod others;
mod pattern;
mod spaces;
mod tokenizer;
mod unigram;
mod vocab;
mod wordpiece;

#[cfg(feature = "nn")]
pub use bpe::Gpt;
pub use bpe::{Bpe, BpeTraining, Level, Special, bpe_plain};
#[cfg(feature = "nn")]
pub use others::{Hf, Tiktoken};
pub use pattern::{Pattern, Pieces};
pub use tokenizer::{Encoding, Token, Tokenizer, encode_all, encode_each};
pub use unigram::{Unigram, UnigramTraining};
pub use wordpiece::{Normalization, Score, WordPiece, WordPieceTraining};
