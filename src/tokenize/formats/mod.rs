//! Tokenizers in files: reading what other programs have trained, and writing what they can read.
//!
//! | format | of | read | written |
//! |---|---|---|---|
//! | `tokenizer.json` | the `tokenizers` library: nearly every model that is published | [`load`], [`Bpe::from_json`], … | [`Bpe::to_json`], [`WordPiece::to_json`], [`Unigram::to_json`] |
//! | SentencePiece model | Llama 2, Mistral, T5, …: a list of pieces with scores, in protobuf | [`load`], [`Bpe::from_sentencepiece`], [`Unigram::from_sentencepiece`] | no |
//! | vocabularies of GPT | `tiktoken` | [`Gpt`](super::Gpt) | as `tokenizer.json` |
//!
//! A `tokenizer.json` can ask for more than this pack's tokenizers do: other normalisations, other cuts,
//! tokens that take their spaces along. If a tokenizer of this pack cannot follow some part of a file
//! exactly, reading the file is an error that names the part. [`load`] then falls back to [`Hf`](super::Hf),
//! which is the `tokenizers` library itself, where that is compiled in. A SentencePiece model is read exactly
//! or refused. Tests compare ids, positions and texts on hundreds of generated files and on seventy
//! trainings.
//!
//! In a `tokenizer.json` an added token is cut out of every text before anything else. Here a special one is
//! text unless [allowed](Bpe::ids_with_special). A file with added tokens that are not special is left to the
//! library.
//!
//! No crate for protobuf or SentencePiece is needed. Of such a model only the pieces, scores, kinds and a few
//! settings matter, and protobuf is numbers, each with a field's number before it (`protobuf.rs`).

mod any;
mod bpe_json;
mod bpe_shape;
mod file;
pub(super) mod letters;
mod parts;
mod protobuf;
mod sentencepiece;
mod unigram_json;
mod wordpiece_json;

pub use any::{AnyTokenizer, fetched, load};

#[cfg(doc)]
use super::{Bpe, Unigram, WordPiece};
