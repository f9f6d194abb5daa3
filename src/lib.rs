//! What large language models are made of, as a library: the algorithms of the course, fast and exact, and
//! the pictures that explain them.
//!
//! A folder is a chapter and a file is one idea. Arrows go one way:
//!
//! ```text
//! texts -> corpus -> vocabulary -> counts or training pairs -> embeddings -> evaluation and pictures
//! ```
//!
//! In a notebook, `use course::prelude::*;` brings what all lectures share, and
//! `use course::prelude::counts::*;` what one of them is about.
//!
//! The same names serve without a notebook:
//!
//! ```
//! use course::prelude::*;
//! use course::prelude::predict::*;
//!
//! # fn main() -> Result<()> {
//! // Vectors that come with the library, from GloVe.
//! let glove = Embeddings::glove();
//! println!("{}", glove.neighbours("whale", 5)?);
//!
//! // Vectors of one's own: every method ends in the same type.
//! let texts = ["the cat chased the mouse", "the dog chased the cat"].repeat(20);
//! let options = Word2Vec { dimension: 8, min_count: 1, ..Default::default() };
//! let own = options.train(&texts)?.embeddings()?;
//!
//! // Saved and loaded again, to the last bit.
//! let file = std::env::temp_dir().join("course-first-page.safetensors");
//! own.write(&file)?;
//! let again = Embeddings::read(&file)?;
//! assert_eq!(again.vector("cat")?, own.vector("cat")?);
//! # Ok(())
//! # }
//! ```
//!
//! Compile what learns with `--release`: without it one epoch of word2vec takes minutes instead of seconds.

pub mod check;
pub mod context;
pub mod contrast;
pub mod corpus;
pub mod count;
pub mod data;
pub mod embeddings;
pub mod error;
pub mod fetched;
mod files;
pub mod indexing;
pub mod lm;
pub mod loss;
pub mod math;
#[cfg(feature = "nn")]
pub mod nn;
pub mod plot;
pub mod predict;
pub mod prelude;
pub mod rng;
pub mod show;
pub mod tokenize;
pub mod topic;
pub mod train;
pub mod words;

pub use error::{Error, Result};

/// The README's examples are compiled and run with the others.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
