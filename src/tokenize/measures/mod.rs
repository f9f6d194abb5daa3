//! What a vocabulary does to a text, in numbers.
//!
//! A tokenizer is chosen before the model is trained and stays with it, so it is worth measuring on its own.
//! Each measure takes any [`Tokenizer`](super::Tokenizer) and [texts](crate::corpus::Texts) of any size, and
//! counts with all threads. Its result shows itself as a table, and its method `plot` shows it as a picture.
//!
//! | question | measure |
//! |---|---|
//! | into how many tokens does a word fall, and how many words stay whole | [`fertility`] |
//! | how much text is in a token | [`compression`] |
//! | how much of the vocabulary does the text use | [`vocabulary_use`] |
//! | all of these for several tokenizers side by side | [`compare`] |
//! | which tokens are suspiciously long | [`longest_tokens`] |
//! | what does the same text cost in other languages | [`tokens_by_language`] |
//! | how do tokens a word fall as the vocabulary grows | [`FertilityCurve`] |
//! | what does a word cost to train on, and which vocabulary is the cheapest | [`ModelSize`] |
//! | how many words are in a model's context | [`context_in_words`] |
//! | how large is the matrix of embeddings | [`known_models`], [`EmbeddingSizes`] |

mod compare;
mod compression;
mod context;
mod cost;
mod curve;
mod fertility;
mod fold;
mod languages;
mod longest;
mod models;
mod usage;

pub use compare::{Comparison, compare};
pub use compression::{Compression, compression};
pub use context::{Contexts, context_in_words};
pub use cost::{CostByVocabulary, ModelSize, VocabularyCost};
pub use curve::FertilityCurve;
pub use fertility::{Fertility, fertility};
pub use languages::{ByLanguage, tokens_by_language, tokens_by_language_of};
pub use longest::{LongestTokens, longest_tokens};
pub use models::{EmbeddingSizes, KnownModel, known_models};
pub use usage::{VocabularyUse, vocabulary_use};
