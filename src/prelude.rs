//! Everything that a lecture needs, by one line: `use course::prelude::*;`.

pub use crate::check::{self, quiz};
pub use crate::corpus::dedup;
pub use crate::corpus::{
    Corpus, Cut, Document, Gaps, Subsample, TextFiles, Texts, Unit, Vocabulary, Weight, Window, sentences,
    words,
};
pub use crate::count::{
    Beagle, BeagleModel, Cooccurrence, Hal, Idf, Lsa, Norm, Ppmi, PpmiOptions, Side, Sparse, Svd, SvdOptions,
    TermDocument, Terms, Tf, Tfidf, Weighting, circular_convolution, circular_correlation, cooccurrence, hal,
    lsa, term_document, truncated_svd,
};
pub use crate::data::{digits, jargon, sotu, udhr, wordnet};
pub use crate::embeddings::{
    Alignment, AnalogyMethod, AnalogyQuestions, Embeddings, Metric, RatedPairs, Tsne, Vector, cosine, dot,
    euclidean, pca, spearman,
};
pub use crate::error::{Error, Result};
pub use crate::indexing::{
    Context, Distortion, Projection, ProjectionKind, RandomIndex, RandomIndexing, WordOrder, distortion,
    jl_dimension, jl_distortion,
};
pub use crate::math::{Clusters, cosine_silhouette, spherical_kmeans};
pub use crate::plot::{self, Cell, Column, Drawing, Table};
pub use crate::plot::{
    arrows, bars, curves, grouped_bars, grouped_words, heat_map, histogram, scatter, shaded, side_by_side,
    token_lines, tokens,
};
pub use crate::predict::{
    Architecture, Output, Progress, Word2Vec, Word2VecModel, sgns_plain, show_progress,
};
pub use crate::predict::{Checkpoint, Doc2Vec, NGram, NGramModel, Noise};
#[cfg(feature = "nn")]
pub use crate::predict::{
    Collobert, CollobertModel, Nnlm, NnlmModel, Softmax, Tagged, Tagger, TaggerModel, with_capitals,
};
pub use crate::predict::{Glove, GloveModel, glove_gradient, glove_loss, glove_plain, glove_weight};
pub use crate::rng::{self, seeded};
pub use crate::show::Show as _;
#[cfg(feature = "nn")]
pub use crate::tokenize::Gpt;
pub use crate::tokenize::measures::{
    self, FertilityCurve, ModelSize, fertility, known_models, tokens_by_language,
};
pub use crate::tokenize::{
    Bpe, BpeTraining, Encoding, Level, Pattern, Score, Special, Tokenizer, Unigram, UnigramTraining,
    WordPiece, WordPieceTraining, bpe_plain, encode_all, formats,
};
pub use crate::topic::{
    self, Gibbs, Lda, LearnAlpha, OnlineLda, OnlineTopics, PlainGibbs, TopicCurve, TopicDocs, TopicModel,
    TopicWords,
};
pub use crate::words::{FastText, FastTextModel};
pub use crate::words::{PhraseModel, PhraseScore, Phrases, phrase_npmi, phrase_score};
pub use crate::words::{SenseModel, Senses};
