//! The built-in data: texts, vectors, pieces of words, pictures. Each is unpacked and decoded on its first
//! use.
//!
//! | what | where |
//! |---|---|
//! | meanings of English words, from WordNet | [`wordnet`] |
//! | the State of the Union addresses, with year, president and party | [`sotu`] |
//! | the Universal Declaration of Human Rights in 24 languages | [`udhr`] |
//! | the Jargon File: hackers' slang, explained | [`jargon`] |
//! | vectors of frequent English words | [`glove`] |
//! | the vocabulary of BERT, pieces of words | [`bert_vocab`] |
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
