//! Counting: which words keep company, as matrices of counts.
//!
//! | what | where |
//! |---|---|
//! | how often each word stands near each other | [`cooccurrence`] |
//! | the company of a word, words that keep the same company | [`Company`], [`Alike`] |
//! | the matrix that everything counted is stored in | [`Sparse`] |

mod blocks;
mod build;
mod company;
mod cooccurrence;
mod entries;
mod products;
mod sparse;
mod tally;

pub use company::{Alike, By, Companion, Company};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use sparse::Sparse;
