//! Topics: what a text is about, as a mixture of distributions over words.
//!
//! **Latent Dirichlet allocation** tells a story of how a text came to be. There are `K` topics; a topic φₖ
//! is a distribution over the `V` words. For each document
//!
//! ```text
//! θ_d ~ Dirichlet(α)                 how much of each topic is in it                 K numbers
//! for each place i:  z_i ~ θ_d       the topic of this place
//!                    w_i ~ φ_{z_i}   the word, from that topic                       φₖ ~ Dirichlet(η), V numbers
//! ```
//!
//! Only the words are seen. Given them, three questions are answered by counting which position has which
//! topic: P(word | topic), P(topic | document), and, by Bayes' theorem, P(topic | word), which gives each
//! word a vector whose dimensions have a meaning. The story leaves out the order of the words.
//!
//! There are two ways to run the story backwards. **Gibbs sampling** draws the topic of one position after
//! the other, given all others (Griffiths and Steyvers 2004, "Finding scientific topics"),
//!
//! ```text
//! P(z_i = k | all others) ∝ (n_dk + α) · (n_wk + η) / (n_k + V·η)          counts without place i
//! ```
//!
//! and **variational Bayes** fits a simpler distribution to the posterior, batch by batch (Hoffman, Blei and
//! Bach 2010, "Online learning for latent Dirichlet allocation"). The model is that of Blei, Ng and Jordan
//! (2003).
//!
//! | what | where |
//! |---|---|
//! | documents as lists of words' numbers, and which words count | [`TopicDocs`], [`TopicWords`] |
//! | the sampler to read from top to bottom | [`conditional`], [`PlainGibbs`] |
//! | the fast sampler: settings, running, stopping and going on | [`Lda`], [`Gibbs`] |
//! | variational Bayes, also of a stream | [`OnlineLda`], [`OnlineTopics`] |
//! | what both end in: topics, documents, word vectors, new documents, perplexity | [`TopicModel`] |
//! | do a topic's words belong together? | [`npmi`], [`Coherence`] |
//! | how many topics? | [`TopicCurve`] |
//! | the story told forwards | [`generate`], [`bars`] |

mod alpha;
mod coherence;
mod curve;
mod docs;
mod estimates;
mod generate;
mod gibbs;
mod lda;
mod model;
mod online;
mod plain;
mod words;

pub use alpha::LearnAlpha;
pub use coherence::{Coherence, npmi, pair_npmi};
pub use curve::{TopicCurve, TopicCurvePoint};
pub use docs::{TopicDocs, TopicWords};
pub(crate) use estimates::{phi, theta, topic_counts};
pub use generate::{Generated, bars, generate, matrix};
pub use gibbs::Gibbs;
pub use lda::Lda;
pub use model::{TopicModel, perplexity};
pub use online::{OnlineLda, OnlineTopics};
pub(crate) use plain::choose;
pub use plain::{PlainGibbs, conditional};
pub(crate) use words::topic_given_word;
