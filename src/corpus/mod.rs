//! Texts: reading them, cutting them into words, counting them.
//!
//! | what | where |
//! |---|---|
//! | what a word is, and a sentence | [`words`], [`sentences`] |
//! | documents in memory, with title, year and class | [`Corpus`], [`Document`] |
//! | a word wherever it occurs | [`Concordance`] |
//! | anything that gives its documents one after the other | [`Texts`] |
//! | a user's own file or folder, of any size | [`TextFiles`] |
//! | which words there are and how often | [`Vocabulary`] |
//! | which words are near which | [`Window`] |
//! | leaving out most of the most frequent words | [`Subsample`] |
//! | leaving out what occurs more than once | [`dedup`] |
//!
//! Everything that counts or learns takes `&dyn Texts`, so that a corpus in memory and a file of many
//! gigabytes are the same call. The built-in texts are in [`data`](crate::data).

mod ahead;
mod batches;
mod concordance;
mod counting;
pub mod dedup;
mod document;
mod documents;
mod index;
mod lines;
mod mixed;
mod reading;
mod sentences;
mod spelling;
mod subsample;
mod texts;
mod vocabulary;
mod windows;
mod words;

pub(crate) use ahead::{Numbered, Supervise, each_batch};
pub(crate) use batches::{Batch, each_group};
pub use concordance::{Concordance, Occurrence};
pub use document::Document;
pub use documents::Corpus;
pub(crate) use index::WordIndex;
pub use reading::{TextFiles, Unit};
pub use sentences::sentences;
pub use spelling::spelled_like;
pub use subsample::{Subsample, keep_probability};
pub use texts::Texts;
pub use vocabulary::Vocabulary;
pub use windows::{Gaps, Pair, Weight, Window};
pub use words::{Cut, CutWords, words};

/// A whole number with a comma after every three digits.
pub(crate) fn grouped(n: u64) -> String {
    crate::plot::number::Format::Grouped.write_whole(n.into())
}
