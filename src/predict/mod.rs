//! Predicting: vectors of words that are trained to guess their neighbours, instead of counting them.
//!
//! | what | where |
//! |---|---|
//! | skip-gram and CBOW; negative sampling or hierarchical softmax | [`Word2Vec`], [`sgns_plain`] to read |
//! | documents that guess their words | [`Doc2Vec`] |
//! | GloVe: vectors fitted to the logarithms of how often words meet | [`Glove`], [`glove_plain`] to read |
//! | sequences of words counted: what networks are compared with | [`NGram`](crate::lm::NGram) |
//! | Bengio's network, the first that learned vectors by predicting | [`Nnlm`] |
//! | Collobert and Weston's ranking of windows; a tagger on its vectors | [`Collobert`], [`Tagger`] |
//! | words drawn at random in the proportion of their counts to the power 3/4 | [`Noise`] |

#[cfg(feature = "nn")]
mod collobert;
mod doc2vec;
mod glove;
#[cfg(feature = "nn")]
mod nnlm;
mod noise;
mod shared;
#[cfg(feature = "nn")]
mod tagger;
pub(crate) mod training;
#[cfg(feature = "nn")]
mod window_net;
mod word2vec;

#[cfg(feature = "nn")]
pub use collobert::{Collobert, CollobertModel};
pub use doc2vec::{Doc2Vec, Doc2VecModel, DocArchitecture};
pub use glove::{Glove, GloveModel, PlainGlove, glove_plain};
#[cfg(feature = "nn")]
pub use nnlm::{Nnlm, NnlmModel, Softmax};
pub use noise::Noise;
#[cfg(feature = "nn")]
pub use tagger::{Tagged, Tagger, TaggerModel, TaggerScore, with_capitals};
pub(crate) use word2vec::huffman;
pub use word2vec::{Architecture, Output, Word2Vec, Word2VecModel, sgns_plain};
