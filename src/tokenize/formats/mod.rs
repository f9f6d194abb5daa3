//! Tokenizers in files: what other programs have trained, and what they are to read.
//!
//! | format | of | read | written |
//! |---|---|---|---|
//! | `tokenizer.json` | the `tokenizers` library: nearly every model that is published | [`load`], [`Bpe::from_json`], … | [`Bpe::to_json`], [`WordPiece::to_json`], [`Unigram::to_json`] |
//! | SentencePiece model | Llama 2, Mistral, T5, …: a list of pieces with scores, in protobuf | [`load`], [`Bpe::from_sentencepiece`], [`Unigram::from_sentencepiece`] | no |
//! | vocabularies of GPT | `tiktoken` | [`Gpt`](super::Gpt) | as `tokenizer.json` |
//!
//! A `tokenizer.json` can ask for more than this pack's tokenizers do: other normalisations, other cuts,
//! tokens that take their spaces along. Whatever part of a file they do not do exactly, reading it as one of
//! them is an error that names the part; [`load`] falls back to [`Hf`](super::Hf), which is the `tokenizers`
//! library itself, where that is compiled in. A SentencePiece model is read exactly or refused. Tests compare
//! numbers, places and texts on hundreds of generated files and on seventy trainings.
//!
//! In a `tokenizer.json` an added token is taken out of every text before anything else. A special one is
//! text here unless [allowed](Bpe::ids_with_special); a file with added tokens that are not special is the
//! library's.
//!
//! No crate for protobuf or SentencePiece is needed: of such a model only pieces, scores, kinds and a few
//! settings count, and protobuf is numbers with a field's number before each (`protobuf.rs`).

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
