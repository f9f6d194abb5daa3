//! Tokens: cutting text into the pieces that a language model reads.
//!
//! | what | where |
//! |---|---|
//! | what every tokenizer does | [`Tokenizer`], [`Encoding`], [`encode_all`], [`encode_each`] |
//! | the cuts before any merge | [`Pattern`] |
//! | characters | [`Characters`] |
//! | byte-pair encoding | [`bpe_plain`], [`bpe_encode_plain`], [`bpe_decode_plain`] to read, [`Bpe`] to use |
//! | WordPiece | [`wordpiece_train_plain`], [`wordpiece_encode_plain`] to read, [`WordPiece`] to use |
//! | the unigram model | [`unigram_train_plain`], [`unigram_encode_plain`] to read, [`Unigram`] to use |
//! | tokenizers in files, of other programs too | [`formats`] |
//! | other libraries under the same trait | [`Hf`], [`Tiktoken`] |
//! | what a vocabulary does to a text, and what it costs | [`measures`] |
pub(crate) mod bpe;
mod characters;
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
pub(crate) mod unigram;
mod vocab;
mod wordpiece;

#[cfg(feature = "nn")]
pub use bpe::Gpt;
pub use bpe::{Bpe, BpeTraining, Level, Special, bpe_decode_plain, bpe_encode_plain, bpe_plain};
pub use characters::Characters;
#[cfg(feature = "nn")]
pub use others::{Hf, Tiktoken};
pub use pattern::{Pattern, Pieces};
pub use tokenizer::{Encoding, Token, Tokenizer, encode_all, encode_each};
pub use unigram::{Unigram, UnigramTraining, unigram_encode_plain, unigram_train_plain};
pub use vocab::Vocab;
pub use wordpiece::{
    Normalization, Score, WordPiece, WordPieceTraining, wordpiece_encode_plain, wordpiece_train_plain,
};
