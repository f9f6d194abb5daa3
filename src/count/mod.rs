//! Counting: which words keep company, as matrices of counts.
//!
//! | what | where |
//! |---|---|
//! | how often each word stands in each document | [`term_document`] |
//! | a word that is frequent here and rare elsewhere weighs more | [`Tfidf`], [`Weighting`] |
//! | words and documents in the same few dimensions | [`lsa`] |
//! | the best approximation by few dimensions | [`truncated_svd`], [`Svd`] |
//! | how often each word stands near each other | [`cooccurrence`] |
//! | the company of a word, words that keep the same company | [`Company`], [`Alike`] |
//! | BEAGLE: a word as the sum of its sentences and of its places in them | [`Beagle`] |
//! | two vectors bound into one, and taken apart again | [`circular_convolution`], [`circular_correlation`] |
//! | how much more often than by chance two words meet | [`Ppmi`] |
//! | what stands before a word, and what after it | [`hal`] |
//! | the matrix that everything counted is stored in | [`Sparse`] |

mod beagle;
mod blocks;
mod build;
mod company;
mod cooccurrence;
mod entries;
mod hal;
mod lsa;
mod ppmi;
mod products;
mod sparse;
mod svd;
mod tally;
mod term_document;
mod tfidf;

pub use beagle::{Beagle, BeagleModel, circular_convolution, circular_correlation};
pub use company::{Alike, By, Companion, Company};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use hal::{Hal, HalColumn, Side, hal, hal_plain};
pub use lsa::{Lsa, lsa};
pub(crate) use ppmi::ppmi;
pub use ppmi::{Ppmi, PpmiOptions};
pub use sparse::Sparse;
pub use svd::{Svd, SvdOptions, truncated_svd, truncated_svd_plain};
pub(crate) use svd::{coordinates, power_step};
pub use term_document::{TermDocument, Terms, term_document, term_document_plain};
pub(crate) use tfidf::weighed;
pub use tfidf::{Idf, Norm, Tf, Tfidf, Weighting};
