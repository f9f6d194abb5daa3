//! Counting: which words keep company, as matrices of counts.
//!
//! | what | where |
//! |---|---|
//! | how often each word stands near each other | [`cooccurrence`] |
//! | the company of a word, words that keep the same company | [`Company`], [`Alike`] |
//! | BEAGLE: a word as the sum of its sentences and of its places in them | [`Beagle`] |
//! | two vectors bound into one, and loosened again | [`circular_convolution`], [`circular_correlation`] |
//! | the matrix that everything counted is stored in | [`Sparse`] |

mod beagle;
mod blocks;
mod build;
mod company;
mod cooccurrence;
mod entries;
mod products;
mod sparse;
mod tally;

pub use beagle::{Beagle, BeagleModel, circular_convolution, circular_correlation};
pub use company::{Alike, By, Companion, Company};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use sparse::Sparse;
