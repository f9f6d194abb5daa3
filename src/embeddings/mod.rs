//! Words as vectors: the one type that every static method ends in, and what can be done with it.
//!
//! | what | where |
//! |---|---|
//! | the type, and the vector that a cell keeps | [`Embeddings`], [`Vector`] |
//! | vectors that know nothing: all words equally far apart | [`Embeddings::one_hot`] |
//! | how alike two vectors are; chosen words with each other | [`similarity`], [`SimilarityMatrix`] |
//! | the words nearest to a word | [`Neighbours`] |
//! | the nearest of many vectors, exactly and fast | [`knn`] |
//! | man is to king as woman is to … | [`Analogy`] |
//! | the middle of some words, and the one that is not like them | [`Embeddings::centroid`], [`OddOneOut`] |
//! | agreement with people, and analogy questions | [`evaluation`] |
//! | files that word2vec, gensim, GloVe and safetensors read and write | [`formats`] |
//! | chosen words drawn in the plane, by their main directions | [`Embeddings::map`], [`Pca`] |
//! | the same by their near neighbours | [`Embeddings::map_tsne`], [`Tsne`] |
//! | two spaces rotated onto each other; which words moved | [`Alignment`], [`Changes`] |
//! | words along the line from one word to another | [`Bias`] |

mod aligned;
mod analogy;
mod bias;
mod centroid;
pub mod evaluation;
pub mod formats;
mod from_rows;
pub mod knn;
mod map;
mod neighbours;
mod odd_one_out;
mod one_hot;
mod pca;
mod select;
pub mod similarity;
mod similarity_matrix;
mod table;
mod tsne;
mod vector;

pub use aligned::{Alignment, Change, Changes};
pub(crate) use analogy::product as cos_mul;
pub use analogy::{Analogy, AnalogyMethod};
pub use bias::Bias;
pub use evaluation::{AnalogyQuestions, Comparison, RatedPairs, comparison, spearman};
pub use formats::Format;
pub use knn::{Metric, Nearest, nearest};
pub use neighbours::{Neighbour, NeighbourLists, Neighbours};
pub use odd_one_out::OddOneOut;
pub(crate) use pca::centred;
pub use pca::{Pca, pca};
pub(crate) use select::mean;
pub use similarity::{cosine, dot, euclidean};
pub use similarity_matrix::{SimilarityMatrix, WordPairs};
pub use table::Embeddings;
pub use tsne::{Tsne, TsneMap, TsneStep};
pub use vector::Vector;
