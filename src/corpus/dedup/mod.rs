//! Texts that occur more than once, and how to remove the copies.
//!
//! A page that was collected a hundred times counts a hundred times. A model learns it by heart. If a text of
//! the test set is also in the training set, the test proves nothing. A tokenizer gives whole tokens to the
//! page's phrases, and hardly any other text uses them. There are three searches, from the cheapest to the
//! finest:
//!
//! | what is the same | how it is found | cost for n bytes |
//! |---|---|---|
//! | a document, or a line, to the letter | by a table of what was seen: [`same_documents`], [`without_repeated_lines`] | n |
//! | most of a document | by [MinHash] signatures in [bands](Bands): [`NearDuplicates`] | n, times permutations |
//! | any sequence of so many bytes | by a [suffix array](SuffixArray): [`Repeats`] | n in time, 17 n in memory |
//!
//! This folder is here and not beside the tokenizers, because nothing in it knows about tokens: it takes
//! texts and gives texts.
//!
//! Source: Lee et al. (2022), *Deduplicating Training Data Makes Language Models Better*.

mod bands;
mod exact;
mod groups;
mod lcp;
mod minhash;
mod near;
mod repeats;
mod shingles;
mod suffix_array;

pub use bands::Bands;
pub use exact::{RepeatedLines, same_documents, without_repeated_lines};
pub use groups::Groups;
pub use minhash::MinHash;
pub use near::{Near, NearDuplicates, NearPair};
pub use repeats::{Repeat, Repeats};
pub use shingles::{jaccard, shingles};
pub use suffix_array::SuffixArray;
