//! Beyond one vector for each word: words that were never seen, expressions of several words, and several
//! senses of one word.
//!
//! | what | where |
//! |---|---|
//! | words as the mean of their n-grams, also those never seen | [`FastText`] |
//! | expressions, such as *new_york*, found by counting and joined in any texts | [`Phrases`] |
//! | several vectors for a word, by clusters of its contexts | [`Senses`] |
//!
//! The rest of the lecture is part of what all methods share: the rotation of one space onto another,
//! [`Alignment`](crate::embeddings::Alignment), and the multiplicative analogy,
//! [`AnalogyMethod`](crate::embeddings::AnalogyMethod).

mod fasttext;
mod phrases;
mod senses;

pub use fasttext::{FastText, FastTextModel, ngram_bucket, ngrams};
pub use phrases::{JoinedTexts, Phrase, PhraseModel, PhraseScore, Phrases, phrase_npmi, phrase_score};
pub(crate) use senses::nearest;
pub use senses::{Sense, SenseExample, SenseModel, SenseTexts, Senses};
