//! What is built in: texts, vectors, pieces of words, pictures. Each is unpacked and decoded on its first use.
//!
//! | what | where |
//! |---|---|
//! | definitions from WordNet, with part of speech and class | [`wordnet`] |
//! | addresses of presidents, with year and speaker | [`sotu`] |
//! | one declaration in many languages | [`udhr`] |
//! | words of programmers, with pronunciation and example | [`jargon`] |
//! | vectors of frequent English words | [`glove`] |
//! | the vocabulary of BERT | [`bert_vocab`] |
//! | pictures of handwritten digits | [`digits`] |
//!
//! The files are in the folder `data` of the repository, each with its licence and the script that made it.

pub mod bert_vocab;
pub mod digits;
pub mod glove;
pub mod jargon;
pub mod sotu;
pub mod udhr;
mod vendored;
pub mod wordnet;
