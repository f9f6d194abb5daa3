//! Online variational Bayes: topics from a stream of documents, batch by batch.
//!
//! The posterior is approximated by a product of Dirichlet distributions. Their parameters are λ for the
//! topics, `(V, K)` here, and γ for a document, `K`. For a document in which the word w occurs `n_w` times,
//! two steps are repeated until γ no longer changes:
//!
//! ```text
//! φ_wk ∝ exp(E[log θₖ] + E[log βₖw])        E[log θₖ] = Ψ(γₖ) − Ψ(Σγ),  E[log βₖw] = Ψ(λₖw) − Ψ(Σ_w λₖw)
//! γₖ   = α + Σ_w n_w φ_wk
//! ```
//!
//! After a batch of S of the D documents, λ moves towards what it would be if all documents were like these:
//!
//! ```text
//! λ ← (1 − ρ) λ + ρ (η + D/S · Σ n_w φ_wk)        ρ = (τ₀ + t)^−κ,  t = 1, 2, …
//! ```
//!
//! No topics are drawn, so the start is the only randomness, and documents can be worked on in parallel
//! without a change in the result. [`OnlineLda::train`] goes through documents that are in memory.
//! [`OnlineLda::begin`] is for a stream of documents, a batch at a time: it needs memory for λ and what is
//! computed from it, `16VK` bytes, and for one batch. Source: Hoffman, Blei and Bach 2010. Left out: learning
//! α and η.

mod checkpoint;
mod steps;

use rand_distr::{Distribution, Gamma};
use serde::{Deserialize, Serialize};

use super::{TopicDocs, TopicModel};
use crate::corpus::Vocabulary;
use crate::{Error, Result, rng::seeded};
use steps::{Bag, bag};

/// The settings of online variational Bayes.
///
/// ```
/// use course::topic::{OnlineLda, bars};
/// let docs = bars(100, 40, 1)?.docs;
/// let model = OnlineLda { n_topics: 10, batch: 20, epochs: 5, ..OnlineLda::default() }.train(&docs)?;
/// assert_eq!(model.n_topics(), 10);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnlineLda {
    /// `K`.
    pub n_topics: usize,
    /// As in [`Lda`](super::Lda).
    pub alpha: f32,
    /// As in [`Lda`](super::Lda).
    pub eta: f32,
    /// Documents in a batch.
    pub batch: usize,
    /// How often all documents are read.
    #[serde(alias = "passes")]
    pub epochs: usize,
    /// τ₀: the larger it is, the less the first batches count.
    pub offset: f64,
    /// κ, above 0.5 and at most 1: how fast the steps become smaller.
    pub decay: f64,
    /// The most rounds for one document.
    pub rounds: usize,
    /// The rounds end when the numbers of a document's γ change by less than this on average.
    pub tolerance: f64,
    /// The seed of the random numbers that λ starts with.
    pub seed: u64,
}

crate::plot::shown_as_record!(OnlineLda);

impl Default for OnlineLda {
    fn default() -> Self {
        Self {
            n_topics: 50,
            alpha: 0.1,
            eta: 0.01,
            batch: 256,
            epochs: 10,
            offset: 10.0,
            decay: 0.7,
            rounds: 100,
            tolerance: 1e-3,
            seed: 1,
        }
    }
}

/// What has been learned from the batches so far. It holds no document, and can be written to a file and read
/// again.
///
/// ```
/// use course::topic::{OnlineLda, TopicDocs, bars};
/// let docs = bars(100, 40, 1)?.docs;
/// let settings = OnlineLda { n_topics: 10, ..OnlineLda::default() };
/// // A hundred documents are expected; they come in four batches.
/// let mut topics = settings.begin(docs.vocabulary(), 100)?;
/// for batch in 0..4 {
///     let documents = docs.iter().skip(25 * batch).take(25).map(<[u32]>::to_vec).collect();
///     topics.learn(&TopicDocs::new(docs.vocabulary().clone(), documents)?)?;
/// }
/// assert_eq!((topics.batches(), topics.model()?.n_topics()), (4, 10));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct OnlineTopics {
    settings: OnlineLda,
    vocabulary: Vocabulary,
    /// D.
    n_docs: usize,
    lambda: Vec<f64>, // (V, K)
    /// exp(E[log β]), (V, K).
    expected: Vec<f64>,
    batches: usize,
}

impl OnlineLda {
    /// Trains a model; the stream has the documents in their order.
    ///
    /// # Errors
    /// There is no word, or a setting is not valid.
    pub fn train(&self, docs: &TopicDocs) -> Result<TopicModel> {
        docs.require_words()?;
        let mut topics = self.begin(docs.vocabulary(), docs.len())?;
        let mut bags = Vec::with_capacity(self.batch);
        for _ in 0..self.epochs {
            for (i, document) in docs.iter().enumerate() {
                bags.push(bag(document));
                if bags.len() == self.batch || i + 1 == docs.len() {
                    topics.step(&bags);
                    bags.clear();
                }
            }
        }
        topics.model_of(docs)
    }

    /// The start of a stream of about `n_docs` documents; `vocabulary` has the words that will be counted.
    ///
    /// # Errors
    /// There is no word or no document, or a setting is not valid.
    pub fn begin(&self, vocabulary: &Vocabulary, n_docs: usize) -> Result<OnlineTopics> {
        self.check(vocabulary, n_docs)?;
        // As in Hoffman's program: a start near 1 that prefers no topic.
        let gamma = Gamma::new(100.0, 0.01).map_err(|e| Error::value("λ", "a gamma distribution", e))?;
        let mut rng = seeded(self.seed);
        let lambda: Vec<f64> = (0..vocabulary.len() * self.n_topics)
            .map(|_| gamma.sample(&mut rng))
            .collect();
        Ok(OnlineTopics::with_lambda(
            self.clone(),
            vocabulary.clone(),
            n_docs,
            lambda,
            0,
        ))
    }

    fn check(&self, vocabulary: &Vocabulary, n_docs: usize) -> Result<()> {
        super::lda::check(self.n_topics, f64::from(self.alpha), f64::from(self.eta))?;
        for (what, ok, expected, got) in [
            ("the batch", self.batch > 0, "at least 1", self.batch as f64),
            ("the documents", n_docs > 0, "at least 1", n_docs as f64),
            ("the vocabulary", !vocabulary.is_empty(), "at least one word", 0.0),
            (
                "τ₀",
                self.offset >= 0.0 && self.offset.is_finite(),
                "not negative",
                self.offset,
            ),
            (
                "κ",
                self.decay > 0.5 && self.decay <= 1.0,
                "above 0.5 and at most 1",
                self.decay,
            ),
            ("the rounds", self.rounds > 0, "at least 1", self.rounds as f64),
            (
                "the tolerance",
                self.tolerance >= 0.0 && self.tolerance.is_finite(),
                "not negative",
                self.tolerance,
            ),
        ] {
            if !ok {
                return Err(Error::value(what, expected, got));
            }
        }
        Ok(())
    }
}

impl OnlineTopics {
    fn with_lambda(
        settings: OnlineLda,
        vocabulary: Vocabulary,
        n_docs: usize,
        lambda: Vec<f64>,
        batches: usize,
    ) -> Self {
        let mut topics = Self {
            settings,
            vocabulary,
            n_docs,
            expected: vec![0.0; lambda.len()],
            lambda,
            batches,
        };
        topics.expect();
        topics
    }

    /// Learns from the next documents, however many there are.
    ///
    /// # Errors
    /// The vocabulary of the batch is not the one that this began with, or the batch has no document.
    pub fn learn(&mut self, batch: &TopicDocs) -> Result<()> {
        if batch.vocabulary().words() != self.vocabulary.words() {
            return Err(Error::value(
                "the vocabulary of a batch",
                format!("the {} words that this began with", self.vocabulary.len()),
                format!("others, {} of them", batch.vocabulary().len()),
            ));
        }
        if batch.is_empty() {
            return Err(Error::value("a batch", "at least one document", "none"));
        }
        self.step(&batch.iter().map(bag).collect::<Vec<Bag>>());
        Ok(())
    }

    /// The words that are counted; each batch must have the same vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many batches this has learned from.
    pub fn batches(&self) -> usize {
        self.batches
    }

    /// The model as it is now, without documents; the share of a topic is its share of λ.
    ///
    /// # Errors
    /// Never for a stream that was begun: its numbers are finite.
    pub fn model(&self) -> Result<TopicModel> {
        let sums = self.sums();
        let whole: f64 = sums.iter().sum();
        self.finish(Vec::new(), sums.iter().map(|sum| (sum / whole) as f32).collect())
    }
}

crate::show::shown_as_line!(OnlineTopics, |this| {
    format!(
        "{} topics of a stream after {} batches over {} words",
        this.settings.n_topics,
        this.batches,
        this.vocabulary.len()
    )
});
