//! What large language models are made of, as a library: the algorithms of the course, fast and exact, and the
//! pictures that explain them.
//!
//! A folder is a chapter and a file is one idea. Arrows go one way:
//!
//! ```text
//! texts -> corpus -> vocabulary -> counts or training pairs -> embeddings -> evaluation and pictures
//! ```
//!
//! In a notebook, `use course::prelude::*;` brings what all lectures share, and `use course::prelude::counts::*;` what one
//! of them is about.

pub mod check;
pub mod corpus;
pub mod count;
pub mod data;
pub mod embeddings;
pub mod error;
pub mod fetched;
mod files;
pub mod indexing;
pub mod lm;
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
pub mod words;

pub use error::{Error, Result};
