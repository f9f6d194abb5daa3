//! Predicting: vectors of words that are trained to guess their neighbours, instead of counting them.
//!
//! | what | where |
//! |---|---|
//! | skip-gram and CBOW, by negative sampling or hierarchical softmax | [`Word2Vec`], [`sgns_plain`] to read |
//! | words drawn at random in the proportion of their counts to the power 3/4 | [`Noise`] |

mod noise;
mod shared;
mod word2vec;

pub use noise::Noise;
pub use word2vec::{Architecture, Output, Progress, Word2Vec, Word2VecModel, sgns_plain};
