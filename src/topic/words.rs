//! Words by their topics: Bayes' theorem turns P(word | topic) around,
//!
//! ```text
//! P(topic | word) = P(word | topic) · P(topic) / P(word)        P(word) = Σₖ P(word | k) · P(k)
//! ```
//!
//! and a word has a vector of `K` numbers that sum to 1. Its dimensions have a meaning, unlike those of most
//! embeddings: a person can read why two words are alike.

use ndarray::Array2;

use super::TopicModel;
use crate::embeddings::Embeddings;
use crate::plot::{Column, GroupedWords, Table, grouped_words};
use crate::{Error, Result};

/// P(topic | word) from P(word | topic) of one word and the share of each topic. For a word that no topic
/// has, all topics are equally probable.
pub(crate) fn topic_given_word<'a>(word: impl IntoIterator<Item = &'a f32>, shares: &[f32]) -> Vec<f32> {
    let joint: Vec<f32> = word.into_iter().zip(shares).map(|(p, share)| p * share).collect();
    let (sum, flat) = (joint.iter().sum::<f32>(), 1.0 / shares.len() as f32);
    joint
        .into_iter()
        .map(|x| if sum > 0.0 { x / sum } else { flat })
        .collect()
}

impl TopicModel {
    /// P(topic | word) for every word, as vectors of `K` numbers.
    ///
    /// # Errors
    /// Never for a model that was trained: its numbers are finite.
    ///
    /// ```
    /// use course::topic::{Lda, bars};
    /// let model = Lda::topics(10).train(&bars(50, 30, 1)?.docs)?;
    /// let vectors = model.word_vectors()?;
    /// assert_eq!((vectors.len(), vectors.dimension()), (25, 10));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn word_vectors(&self) -> Result<Embeddings> {
        let mut numbers = Vec::with_capacity(self.word_topic.len());
        for row in self.word_topic.rows() {
            numbers.extend(topic_given_word(row, &self.share));
        }
        let matrix = Array2::from_shape_vec(self.word_topic.dim(), numbers)
            .map_err(|e| Error::shape("the word vectors", format!("{:?}", self.word_topic.dim()), e))?;
        Embeddings::new(self.vocabulary().clone(), matrix)
    }

    /// P(topic | word) of one word.
    ///
    /// # Errors
    /// The word is not known.
    pub fn topics_of(&self, word: &str) -> Result<Vec<f32>> {
        let id = self.vocabulary().require(word)? as usize;
        Ok(topic_given_word(self.word_topic.row(id), &self.share))
    }

    /// An explanation of a word: its most probable topics, each with its most probable words.
    ///
    /// # Errors
    /// The word is not known.
    pub fn explain(&self, word: &str, n: usize) -> Result<Table> {
        let p = self.topics_of(word)?;
        let mut order: Vec<usize> = (0..p.len()).collect();
        order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
        let mut table = Table::new([
            Column::new("topic"),
            Column::new("P(topic | word)").decimals(2).bars().range(0.0, 1.0),
            Column::new("its most probable words"),
        ])
        .title(format!("What “{word}” is about"));
        for topic in order.into_iter().take(n) {
            let words: Vec<String> = self
                .top_words(topic, 7)?
                .into_iter()
                .map(|(word, _)| word)
                .collect();
            table = table.row((topic, p[topic], words.join(" ")));
        }
        Ok(table)
    }

    /// A text in the colours of its `n` main topics, at most 4. Each known word has the colour of its most
    /// probable topic in this text.
    ///
    /// # Errors
    /// Never: every word that is kept has a number.
    pub fn coloured(&self, text: &str, n: usize) -> Result<GroupedWords> {
        let pieces: Vec<&str> = text.split_whitespace().collect();
        let id = |piece: &str| {
            crate::corpus::words(piece)
                .first()
                .and_then(|word| self.vocabulary().id(word))
        };
        let ids: Vec<Option<u32>> = pieces.iter().map(|piece| id(piece)).collect();
        let known: Vec<u32> = ids.iter().copied().flatten().collect();
        let (theta, mut topics) = (self.infer(&known)?, self.word_topics(&known)?.into_iter());
        let mut main: Vec<usize> = (0..self.n_topics()).collect();
        main.sort_by(|&a, &b| theta[b].total_cmp(&theta[a]));
        main.truncate(n.min(4));
        let groups: Vec<Option<usize>> = ids
            .iter()
            .map(|id| {
                let (topic, _) = id.and_then(|_| topics.next())?;
                main.iter().position(|&k| k == topic)
            })
            .collect();
        let name = |&k: &usize| Ok(format!("{} ({:.0}%)", self.name(k)?, 100.0 * theta[k]));
        Ok(grouped_words(
            pieces,
            groups,
            main.iter().map(name).collect::<Result<Vec<String>>>()?,
        ))
    }

    /// The documents whose topics are most similar to `theta`, as (number, cosine), the best first.
    ///
    /// # Errors
    /// `theta` does not have `K` numbers.
    pub fn similar_documents(&self, theta: &[f32], n: usize) -> Result<Vec<(usize, f32)>> {
        let mut found = Vec::new();
        for (i, row) in self.document_topics().rows().into_iter().enumerate() {
            found.push((i, crate::embeddings::cosine(theta, &row.to_vec())?));
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.truncate(n);
        Ok(found)
    }
}
