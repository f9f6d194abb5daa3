//! Tokenizers.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

mod bpe;
mod formats;
mod measures;
mod pattern;
mod sentencepiece;
mod shapes;
mod unigram;
mod wordpiece;
