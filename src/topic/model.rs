//! What topic models end in: P(word | topic), P(topic | document), P(topic); and what is done with them.
//!
//! The topics of a **new document** are found with φ held fixed. For each of its words the topics share the
//! responsibility. θ is the share of all words that each topic is responsible for, and the two steps are
//! repeated (EM, with α as a count that was there before):
//!
//! ```text
//! rᵢₖ ∝ θₖ · φ(wᵢ | k)        θₖ ∝ αₖ + Σᵢ rᵢₖ        50 times, from θ = 1/K
//! ```
//!
//! **Perplexity by document completion**: θ is found from every second word of a held-out document, and the
//! other words are predicted, exp(−mean log Σₖ θₖ φ(w | k)). The model is as undecided as if it threw a die
//! with this many words on it; lower is better. If θ were scored on the very words that it was found from, a
//! longer θ would be rewarded for knowing them.

use ndarray::Array2;
use rayon::prelude::*;

use super::TopicDocs;
use crate::corpus::Vocabulary;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// Rounds of EM for a new document.
const ROUNDS: usize = 50;
/// Added to P(word | topic), so that no word is impossible.
const FLOOR: f64 = 1e-12;
/// How many words of a topic are shown.
const SHOWN: usize = 8;

/// A trained topic model. It owns everything that it shows.
#[derive(Clone, PartialEq)]
pub struct TopicModel {
    vocabulary: Vocabulary,
    alpha: Vec<f32>,
    /// P(word | topic), shape (V, K).
    pub(super) word_topic: Array2<f32>,
    /// P(topic | document), shape (n_docs, K).
    document_topics: Array2<f32>,
    /// P(topic): each topic's share of the running words.
    pub(super) share: Vec<f32>,
}

impl TopicModel {
    pub(super) fn new(
        vocabulary: Vocabulary,
        alpha: Vec<f32>,
        word_topic: Vec<f32>,
        document_topics: Vec<f32>,
        share: Vec<f32>,
    ) -> Result<Self> {
        let k = alpha.len();
        let matrix = |numbers: Vec<f32>| {
            let rows = numbers.len() / k.max(1);
            Array2::from_shape_vec((rows, k), numbers)
                .map_err(|e| Error::shape("a topic model", format!("rows of {k}"), e))
        };
        Ok(Self {
            vocabulary,
            alpha,
            word_topic: matrix(word_topic)?,
            document_topics: matrix(document_topics)?,
            share,
        })
    }

    /// A model from P(word | topic), shape `(K, V)`, whose rows sum to 1. They may come from another program,
    /// or from a known story. All topics are equally frequent, and there are no documents.
    ///
    /// # Errors
    /// The number of columns is not the number of words, there is no topic, or a number is negative or not
    /// finite.
    pub fn from_phi(vocabulary: Vocabulary, phi: &Array2<f32>, alpha: f32) -> Result<Self> {
        let (k, v) = phi.dim();
        super::lda::check(k, f64::from(alpha), 1.0)?;
        if v != vocabulary.len() {
            return Err(Error::shape(
                "P(word | topic)",
                format!("{} columns, one for each word", vocabulary.len()),
                v,
            ));
        }
        if let Some(x) = phi.iter().find(|x| !(**x >= 0.0 && x.is_finite())) {
            return Err(Error::value(
                "P(word | topic)",
                "numbers that are not negative",
                x,
            ));
        }
        let word_topic = phi.t().iter().copied().collect();
        Self::new(
            vocabulary,
            vec![alpha; k],
            word_topic,
            Vec::new(),
            vec![1.0 / k as f32; k],
        )
    }

    /// `K`.
    pub fn n_topics(&self) -> usize {
        self.alpha.len()
    }

    /// The words that the model knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// α of each topic.
    pub fn alpha(&self) -> &[f32] {
        &self.alpha
    }

    /// φ = P(word | topic), shape `(K, V)`; each row sums to 1.
    pub fn phi(&self) -> Array2<f32> {
        self.word_topic.t().as_standard_layout().into_owned()
    }

    /// θ = P(topic | document) of the documents that the model was trained on, shape `(n_docs, K)`; each row
    /// sums to 1.
    pub fn document_topics(&self) -> &Array2<f32> {
        &self.document_topics
    }

    /// P(topic): for each topic, its share of all running words.
    pub fn shares(&self) -> &[f32] {
        &self.share
    }

    /// The `n` most probable words of a topic, with their probabilities. Words of equal probability are in
    /// the order of the vocabulary.
    ///
    /// # Errors
    /// There is no such topic.
    pub fn top_words(&self, topic: usize, n: usize) -> Result<Vec<(String, f32)>> {
        let found = self.top(topic, n)?;
        Ok(found
            .into_iter()
            .map(|w| (self.vocabulary.words()[w].clone(), self.word_topic[[w, topic]]))
            .collect())
    }

    pub(super) fn top(&self, topic: usize, n: usize) -> Result<Vec<usize>> {
        self.check_topic(topic)?;
        let mut words: Vec<usize> = (0..self.vocabulary.len()).collect();
        let column = self.word_topic.column(topic);
        words.sort_by(|&a, &b| column[b].total_cmp(&column[a]));
        words.truncate(n);
        Ok(words)
    }

    pub(super) fn check_topic(&self, topic: usize) -> Result<()> {
        if topic < self.n_topics() {
            return Ok(());
        }
        Err(Error::value(
            "the topic",
            format!("a number below {}", self.n_topics()),
            topic,
        ))
    }

    /// A name for a topic, made from a few of its words: "war army enemy".
    ///
    /// # Errors
    /// There is no such topic.
    pub fn name(&self, topic: usize) -> Result<String> {
        let words: Vec<String> = self
            .top_words(topic, 3)?
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        Ok(words.join(" "))
    }

    /// The topics in the order of their share, each with its `n` most probable words.
    ///
    /// # Errors
    /// Never for a model that was trained.
    pub fn topics(&self, n: usize) -> Result<Table> {
        let mut order: Vec<usize> = (0..self.n_topics()).collect();
        order.sort_by(|&a, &b| self.share[b].total_cmp(&self.share[a]));
        let mut table = Table::new([
            Column::new("topic"),
            Column::new("share").percent(1).bars(),
            Column::new("its most probable words"),
        ]);
        for topic in order {
            let words: Vec<String> = self
                .top_words(topic, n)?
                .into_iter()
                .map(|(word, _)| word)
                .collect();
            table = table.row((topic, self.share[topic], words.join(" ")));
        }
        Ok(table)
    }

    /// θ = P(topic | document) of a new document, which is given as the numbers of its words; θ sums to 1.
    /// For a document without words it has the proportions of α.
    ///
    /// # Errors
    /// A word number that is not in the vocabulary.
    pub fn infer(&self, words: &[u32]) -> Result<Vec<f32>> {
        if let Some(id) = words.iter().find(|&&id| id as usize >= self.vocabulary.len()) {
            let expected = format!("a number below {}", self.vocabulary.len());
            return Err(Error::value("the number of a word", expected, id));
        }
        Ok(self
            .theta(words.iter().copied())
            .into_iter()
            .map(|x| x as f32)
            .collect())
    }

    /// The same for a text; unknown words are left out.
    ///
    /// # Errors
    /// Never: every word that is kept has a number.
    pub fn infer_text(&self, text: &str) -> Result<Vec<f32>> {
        self.infer(&self.vocabulary.encode(crate::corpus::words(text)))
    }

    fn theta(&self, words: impl Iterator<Item = u32>) -> Vec<f64> {
        let k = self.n_topics();
        let rows: Vec<f64> = words
            .flat_map(|w| self.word_topic.row(w as usize).to_vec())
            .map(|p| f64::from(p) + FLOOR)
            .collect(); // (n, K)
        let mut theta = vec![1.0 / k as f64; k];
        let mut next = vec![0.0; k];
        for _ in 0..ROUNDS {
            next.iter_mut()
                .zip(&self.alpha)
                .for_each(|(next, &alpha)| *next = f64::from(alpha));
            for row in rows.chunks(k) {
                let sum: f64 = row.iter().zip(&theta).map(|(p, t)| p * t).sum();
                for ((next, p), t) in next.iter_mut().zip(row).zip(&theta) {
                    *next += p * t / sum;
                }
            }
            let sum: f64 = next.iter().sum();
            theta.iter_mut().zip(&next).for_each(|(t, n)| *t = n / sum);
        }
        theta
    }

    /// The most probable topic of each word of a document, and its probability: P(k | w, θ) ∝ θₖ φ(w | k).
    ///
    /// # Errors
    /// A word number that is not in the vocabulary.
    pub fn word_topics(&self, words: &[u32]) -> Result<Vec<(usize, f32)>> {
        let theta = self.infer(words)?;
        let of_word = |&w: &u32| {
            let row = self.word_topic.row(w as usize);
            let weights = || row.iter().zip(&theta).map(|(p, t)| p * t);
            let (best, weight) = weights()
                .enumerate()
                .fold((0, 0.0), |best, (k, x)| if x > best.1 { (k, x) } else { best });
            (best, weight / weights().sum::<f32>().max(f32::MIN_POSITIVE))
        };
        Ok(words.iter().map(of_word).collect())
    }

    /// Perplexity by document completion of documents that the model was not trained on. Documents of one
    /// word are left out.
    ///
    /// # Errors
    /// The documents have another vocabulary, or no document has two words.
    pub fn perplexity(&self, held_out: &TopicDocs) -> Result<f64> {
        if held_out.vocabulary().words() != self.vocabulary.words() {
            let got = format!("another one of {}", held_out.vocabulary().len());
            return Err(Error::value(
                "the vocabulary of the held-out documents",
                "the model's",
                got,
            ));
        }
        let every_second =
            |document: &[u32], from: usize| document.iter().skip(from).step_by(2).copied().collect();
        let of_one = |document: &&[u32]| {
            let (seen, hidden): (Vec<u32>, Vec<u32>) = (every_second(document, 0), every_second(document, 1));
            let theta = self.theta(seen.into_iter());
            let log: f64 = hidden
                .iter()
                .map(|&w| {
                    let row = self.word_topic.row(w as usize);
                    row.iter()
                        .zip(&theta)
                        .map(|(&p, t)| (f64::from(p) + FLOOR) * t)
                        .sum::<f64>()
                        .ln()
                })
                .sum();
            (log, hidden.len())
        };
        let documents: Vec<&[u32]> = held_out.iter().collect();
        let logs: Vec<(f64, usize)> = documents.par_iter().map(of_one).collect();
        let (log, n) = logs.iter().fold((0.0, 0), |sum, x| (sum.0 + x.0, sum.1 + x.1));
        if n == 0 {
            return Err(Error::value(
                "the held-out documents",
                "one with at least two words",
                "none",
            ));
        }
        Ok((-log / n as f64).exp())
    }

    /// Shows the topics in a notebook.
    pub fn evcxr_display(&self) {
        match self.topics(SHOWN) {
            Ok(table) => table.evcxr_display(),
            Err(e) => crate::show::display(&crate::show::escape(&e.to_string()), &e.to_string()),
        }
    }
}

/// exp(−mean log p) of the probabilities that a model gave to words: between 1, for certainty, and infinity.
///
/// ```
/// use course::topic::perplexity;
/// assert_eq!(perplexity(&[0.25; 8]), 4.0); // as undecided as with four equally likely words
/// assert!(perplexity(&[]).is_nan());
/// ```
pub fn perplexity(probabilities: &[f64]) -> f64 {
    (-probabilities.iter().map(|p| p.ln()).sum::<f64>() / probabilities.len() as f64).exp()
}

impl std::fmt::Display for TopicModel {
    /// The topics as a table.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.topics(SHOWN).map_err(|_| std::fmt::Error)?.fmt(f)
    }
}

crate::show::debug_shows!(TopicModel, |this, f| {
    write!(
        f,
        "topic model of {} topics and {} words",
        this.n_topics(),
        this.vocabulary.len()
    )
});
