//! What a lecture needs, in two lines: one for what all lectures share, and one for its own subject.
//!
//! ```
//! use course::prelude::counts::*;
//! use course::prelude::*;
//! let counted = term_document(&["a whale", "a sea"], Terms::default())?;
//! assert_eq!(counted.vocabulary().len(), 3);
//! # Ok::<(), course::Error>(())
//! ```
//!
//! A name is here if most lectures use it, and if it means the same in all of them. Everything else is in the
//! module of its lecture: [`vectors`], [`counts`], [`indexing`], [`topics`], [`predict`],
//! [`words`](mod@words), [`tokens`](mod@tokens), [`ranking`], [`attention`].

pub use crate::check::{self, quiz};
pub use crate::corpus::{Corpus, Document, TextFiles, Texts, Vocabulary, Window, sentences, words};
pub use crate::count::{Cooccurrence, cooccurrence};
pub use crate::data::{digits, jargon, sotu, udhr, wordnet};
pub use crate::embeddings::{
    AnalogyQuestions, Embeddings, Metric, RatedPairs, Vector, cosine, dot, euclidean, spearman,
};
pub use crate::error::{Error, Result};
pub use crate::plot::{self, Column, Drawing, Table};
pub use crate::plot::{
    arrows, bars, curves, film, grouped_bars, grouped_words, heat_map, histogram, scatter, shaded,
    side_by_side, token_lines, tokens,
};
pub use crate::rng::{self, seeded};
pub use crate::show::Show as _;

/// Lecture 1: words as vectors, windows, similarity, maps.
pub mod vectors {
    pub use crate::corpus::{Cut, Gaps, Subsample, Unit, Weight};
    pub use crate::embeddings::{Alignment, AnalogyMethod, Tsne, pca};
}

/// Lecture 2: matrices of counts, their weights and their compressions.
pub mod counts {
    pub use crate::corpus::Weight;
    pub use crate::count::{
        Beagle, BeagleModel, Hal, Idf, Lsa, Norm, Ppmi, PpmiOptions, Side, Sparse, Svd, SvdOptions,
        TermDocument, Terms, Tf, Tfidf, Weighting, circular_convolution, circular_correlation, hal, lsa,
        term_document, truncated_svd,
    };
    pub use crate::plot::Cell;
}

/// Lecture 3: random indexing, random projection, and what they are compared with.
pub mod indexing {
    pub use crate::count::{Beagle, BeagleModel, Sparse, circular_convolution, circular_correlation};
    pub use crate::indexing::{
        Context, Distortion, Projection, ProjectionKind, RandomIndex, RandomIndexing, WordOrder, distortion,
        jl_dimension, jl_distortion,
    };
    pub use crate::plot::Cell;
}

/// Lecture 4: topic models.
pub mod topics {
    pub use crate::topic::{
        self, Gibbs, Lda, LearnAlpha, OnlineLda, OnlineTopics, PlainGibbs, TopicCurve, TopicDocs, TopicModel,
        TopicWords,
    };
}

/// Lecture 5: vectors that are trained to predict.
pub mod predict {
    pub use crate::corpus::{Cut, Gaps, Subsample, Weight};
    pub use crate::embeddings::{Comparison, Tsne, comparison, pca};
    pub use crate::lm::{
        LanguageModel, Mixture, NGram, NGramModel, NextTokens, Sampling, TokenStream, perplexity_table,
    };
    pub use crate::loss::{glove_gradient, glove_loss, glove_weight};
    pub use crate::predict::{
        Architecture, Doc2Vec, Glove, GloveModel, Noise, Output, Word2Vec, Word2VecModel, glove_plain,
        sgns_plain,
    };
    #[cfg(feature = "nn")]
    pub use crate::predict::{
        Collobert, CollobertModel, Nnlm, NnlmModel, Softmax, Tagged, Tagger, TaggerModel, with_capitals,
    };
    pub use crate::train::{Checkpoint, Progress, show_progress};
}

/// Lecture 6: words that were never seen, expressions, senses.
pub mod words {
    pub use crate::embeddings::{Alignment, AnalogyMethod};
    pub use crate::math::{Clusters, cosine_silhouette, spherical_kmeans};
    pub use crate::predict::{Architecture, Word2Vec, Word2VecModel};
    pub use crate::train::{Checkpoint, Progress, show_progress};
    pub use crate::words::{
        FastText, FastTextModel, PhraseModel, PhraseScore, Phrases, SenseModel, Senses, phrase_npmi,
        phrase_score,
    };
}

/// Lecture 7: tokenizers, and what is measured on them.
pub mod tokens {
    pub use crate::corpus::dedup;
    #[cfg(feature = "nn")]
    pub use crate::tokenize::Gpt;
    pub use crate::tokenize::measures::{
        self, FertilityCurve, ModelSize, fertility, known_models, tokens_by_language,
    };
    pub use crate::tokenize::{
        Bpe, BpeTraining, Encoding, Level, Pattern, Score, Special, Tokenizer, Unigram, UnigramTraining,
        WordPiece, WordPieceTraining, bpe_decode_plain, bpe_encode_plain, bpe_plain, encode_all, formats,
        unigram_encode_plain, unigram_train_plain, wordpiece_encode_plain, wordpiece_train_plain,
    };
}

/// Lecture 8: losses that rank, what they are given to tell apart, and what they make of a space.
pub mod ranking {
    pub use crate::contrast::bound::{Bound, BoundCurve, Gaussians, Joint, LearnedScore, LogLinear};
    pub use crate::contrast::{
        self, Geometry, PairRetrieval, Retrieval, alignment, effective_rank, geometry, geometry_of_pairs,
        retrieval, retrieval_of_pairs, triplet_accuracy, uniformity,
    };
    #[cfg(feature = "nn")]
    pub use crate::contrast::{
        Batches, ByClass, Contrast, Encoder, History, Labelled, Mlp, Moment, Paired, VectorTable,
        WithoutDuplicates, WordAverage,
    };
    pub use crate::embeddings::pca;
    pub use crate::fetched::bible;
    pub use crate::loss::{
        Average, Distance, Pair, Triplet, contrastive, contrastive_gradient, info_nce, info_nce_both_ways,
        info_nce_gradient, log_sum_exp, pair_loss, pair_loss_gradient, supervised_contrastive, triplet,
        triplet_gradient,
    };
    pub use crate::train::{Checkpoint, Progress, show_progress};
    #[cfg(feature = "nn")]
    pub use crate::{
        loss::{
            Directions, FalseNegatives, InfoNce, PairOptions, SupervisedContrastive, Temperature,
            TripletOptions, tensors,
        },
        nn::{self, DType, Device, Init, Linear, Parameters, Tensor},
        train::{Adam, Along, Optimiser, Sgd, Training},
    };
}

/// Lecture 9: attention, positions, and a GPT.
pub mod attention {
    pub use crate::context::attention::{
        self, Attended, AttentionMask, AttentionWeights, attend, join_heads, masked_softmax, split_heads,
    };
    pub use crate::context::positions::{
        self, Positions, RotaryPairs, alibi_bias, alibi_slopes, rotate, sinusoidal,
    };
    #[cfg(feature = "nn")]
    pub use crate::context::{
        Activation, Block, BlockSizes, Gpt, GptCache, GptConfig, GptModel, NormKind, Pretraining, TextTokens,
        attention::{HeadSizes, KeysValues, MultiHead},
        positions::Rotary,
    };
    pub use crate::lm::{
        self, LanguageModel, NGram, NGramModel, NextTokens, Sampling, TokenSet, TokenStream, perplexity_table,
    };
    #[cfg(feature = "nn")]
    pub use crate::nn::{self, DType, Device, Init, Linear, Mask, Parameters, Tensor, backward};
    pub use crate::plot::links;
    pub use crate::tokenize::{Bpe, BpeTraining, Characters, Level, Tokenizer};
    #[cfg(feature = "nn")]
    pub use crate::train::{Adam, AdamW, Along, Decays, Gradients, Optimiser, Training};
    pub use crate::train::{Checkpoint, Fall, Progress, Schedule, show_progress};
}
