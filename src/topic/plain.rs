//! Collapsed Gibbs sampling, to be read from top to bottom.
//!
//! θ and φ are integrated out; what is left is a topic zᵢ for each position. One topic after the other is
//! forgotten and drawn again, given all others:
//!
//! ```text
//! P(zᵢ = k | z without i, w) ∝ (n_dk + α) · (n_wk + η) / (n_k + V·η)
//!                              this document     this word    all words
//!                              likes topic k     is in k      of topic k
//! ```
//!
//! `n_dk` positions of document d, `n_wk` positions of word w and `n_k` positions in all have topic k, with
//! position i not counted. After enough sweeps over all positions the topics are a sample from the posterior.
//! Time: `K` for each position and sweep; memory: a count for each word and topic. Source: Griffiths and
//! Steyvers 2004.
//!
//! Left out: speed. [`Gibbs`](super::Gibbs) draws from the same distribution several times as fast.

use rand::Rng as _;

use super::TopicDocs;
use crate::rng::{Rng, seeded};
use crate::{Error, Result};

/// The weights of the topics for one position. The counts do not contain the topic that it has now.
///
/// `n_dk`, `n_wk` and `n_k` have a count for each topic. The result has a weight for each topic; the weights
/// do not sum to 1.
///
/// ```
/// use course::topic::conditional;
/// // Topic 0: 2 places of this document, 1 of this word, 5 in all. Topic 1: 0, 3, 4. Two words, α = 1, η = 1/2.
/// let weights = conditional(&[2, 0], &[1, 3], &[5, 4], 1.0, 0.5, 2);
/// assert_eq!(weights, [3.0 * 1.5 / 6.0, 1.0 * 3.5 / 5.0]);
/// ```
pub fn conditional(
    n_dk: &[u32],
    n_wk: &[u32],
    n_k: &[u32],
    alpha: f64,
    eta: f64,
    n_words: usize,
) -> Vec<f64> {
    let counts = n_dk.iter().zip(n_wk).zip(n_k);
    counts
        .map(|((&dk, &wk), &k)| {
            (f64::from(dk) + alpha) * (f64::from(wk) + eta) / (f64::from(k) + n_words as f64 * eta)
        })
        .collect()
}

/// The plain sampler: documents, a topic for each position, and three tables of counts.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::topic::{PlainGibbs, TopicDocs};
/// let words = Vocabulary::from_words(["river", "bank", "money"].map(String::from).into())?;
/// let docs = TopicDocs::new(words, vec![vec![0, 1, 0], vec![2, 1, 2]])?;
/// let mut sampler = PlainGibbs::new(&docs, 2, 0.1, 0.1, 7)?;
/// (0..50).for_each(|_| sampler.sweep());
/// assert_eq!(sampler.topics().iter().map(Vec::len).collect::<Vec<_>>(), [3, 3]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct PlainGibbs {
    documents: Vec<Vec<u32>>,
    /// z: a topic for each position.
    topics: Vec<Vec<usize>>,
    document_topic: Vec<Vec<u32>>, // (n_docs, K)
    word_topic: Vec<Vec<u32>>,     // (V, K)
    topic: Vec<u32>,               // K
    alpha: f64,
    eta: f64,
    rng: Rng,
}

crate::show::shown_as_line!(PlainGibbs, |this| {
    format!(
        "Gibbs sampling: {} documents, {} topics",
        this.documents.len(),
        this.topic.len()
    )
});

impl PlainGibbs {
    /// Draws a topic at random for each position.
    ///
    /// # Errors
    /// There is no word, there is no topic, or α or η is not positive.
    pub fn new(docs: &TopicDocs, n_topics: usize, alpha: f64, eta: f64, seed: u64) -> Result<Self> {
        docs.require_words()?;
        super::lda::check(n_topics, alpha, eta)?;
        let mut sampler = Self {
            documents: docs.iter().map(<[u32]>::to_vec).collect(),
            topics: Vec::new(),
            document_topic: vec![vec![0; n_topics]; docs.len()],
            word_topic: vec![vec![0; n_topics]; docs.vocabulary().len()],
            topic: vec![0; n_topics],
            alpha,
            eta,
            rng: seeded(seed),
        };
        for d in 0..sampler.documents.len() {
            let drawn: Vec<usize> = sampler.documents[d]
                .iter()
                .map(|_| sampler.rng.random_range(0..n_topics))
                .collect();
            sampler.topics.push(drawn);
            for i in 0..sampler.documents[d].len() {
                sampler.count(d, i, 1);
            }
        }
        Ok(sampler)
    }

    /// Draws the topic of each position again.
    pub fn sweep(&mut self) {
        for d in 0..self.documents.len() {
            for i in 0..self.documents[d].len() {
                self.count(d, i, -1);
                let word = self.documents[d][i] as usize;
                let weights = conditional(
                    &self.document_topic[d],
                    &self.word_topic[word],
                    &self.topic,
                    self.alpha,
                    self.eta,
                    self.word_topic.len(),
                );
                self.topics[d][i] = choose(&weights, self.rng.random());
                self.count(d, i, 1);
            }
        }
    }

    /// Adds position `i` of document `d` to the three tables, or takes it away.
    fn count(&mut self, d: usize, i: usize, by: i32) {
        let (word, topic) = (self.documents[d][i] as usize, self.topics[d][i]);
        for table in [
            &mut self.document_topic[d],
            &mut self.word_topic[word],
            &mut self.topic,
        ] {
            table[topic] = table[topic].saturating_add_signed(by);
        }
    }

    /// The topic of each position, document by document.
    pub fn topics(&self) -> &[Vec<usize>] {
        &self.topics
    }

    /// How many positions of each word have each topic: `V` rows of `K`.
    pub fn word_topic(&self) -> &[Vec<u32>] {
        &self.word_topic
    }

    /// What the document `d` looks like to the sampler: how many of its positions have each topic.
    ///
    /// # Errors
    /// There is no such document.
    pub fn document_topic(&self, d: usize) -> Result<&[u32]> {
        let row = self.document_topic.get(d).map(Vec::as_slice);
        let expected = || format!("a number below {}", self.document_topic.len());
        row.ok_or_else(|| Error::value("the document", expected(), d))
    }
}

/// The topic at which the cumulative sum of the weights passes `u` times their total.
pub(crate) fn choose(weights: &[f64], u: f64) -> usize {
    let mut left = u * weights.iter().sum::<f64>();
    for (k, weight) in weights.iter().enumerate() {
        if left < *weight {
            return k;
        }
        left -= weight;
    }
    weights.len().saturating_sub(1)
}
