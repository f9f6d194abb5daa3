//! Coherence: do the words of a topic occur together?
//!
//! Perplexity says how well a model predicts, but people find the topics of better predictors no better
//! (Chang et al. 2009, "Reading tea leaves"). What agrees with people's judgement is whether the most
//! probable words of a topic occur in the same documents. The **normalised pointwise mutual information** of
//! two words,
//!
//! ```text
//! NPMI(a, b) = log( P(a, b) / (P(a) P(b)) ) / −log P(a, b)         P: the share of the documents that have them
//! ```
//!
//! is −1 for words that never meet, 0 for chance, and 1 for words that are always together (Bouma 2009; Lau,
//! Newman and Baldwin 2014). The coherence of a topic is the mean over the pairs of its ten most probable
//! words.

use std::collections::HashMap;

use super::{TopicDocs, TopicModel};
use crate::Result;
use crate::plot::{Column, Table};

/// NPMI of two words, one in `a` and one in `b` of `n` documents, that occur together in `both` of them.
///
/// ```
/// use course::topic::pair_npmi;
/// assert_eq!(pair_npmi(5, 5, 0, 100), -1.0);
/// assert_eq!(pair_npmi(5, 5, 5, 100), 1.0);
/// assert!(pair_npmi(10, 10, 1, 100).abs() < 1e-12); // 1/100 = 1/10 · 1/10
/// ```
pub fn pair_npmi(a: usize, b: usize, both: usize, n: usize) -> f64 {
    if both == 0 {
        return -1.0;
    }
    if both >= n {
        return 1.0;
    }
    let (a, b, both, n) = (a as f64, b as f64, both as f64, n as f64);
    let p = both / n;
    (p * n * n / (a * b)).ln() / -p.ln()
}

/// The mean NPMI in `docs`, for each list, of all pairs of its words. A list of one word has no pair: its
/// result is not a number.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::topic::{TopicDocs, npmi};
/// let words = Vocabulary::from_words(["a", "b", "c"].map(String::from).into())?;
/// let docs = TopicDocs::new(words, vec![vec![0, 1], vec![0, 1], vec![2], vec![2, 2]])?;
/// assert_eq!(npmi(&docs, &[vec![0, 1], vec![0, 2]]), [1.0, -1.0]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn npmi(docs: &TopicDocs, lists: &[Vec<u32>]) -> Vec<f64> {
    // The documents of each word in the lists, in ascending order.
    let mut places: HashMap<u32, Vec<usize>> = lists.iter().flatten().map(|&w| (w, Vec::new())).collect();
    for (i, document) in docs.iter().enumerate() {
        for word in document {
            if let Some(places) = places.get_mut(word)
                && places.last() != Some(&i)
            {
                places.push(i);
            }
        }
    }
    let mean = |list: &Vec<u32>| {
        let (mut sum, mut n) = (0.0, 0);
        for (i, a) in list.iter().enumerate() {
            for b in &list[..i] {
                let (a, b) = (&places[a], &places[b]);
                sum += pair_npmi(a.len(), b.len(), common(a, b), docs.len());
                n += 1;
            }
        }
        sum / f64::from(n)
    };
    lists.iter().map(mean).collect()
}

/// How many numbers are in both ascending lists.
fn common(a: &[usize], b: &[usize]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// The coherence of each topic, and their mean.
#[derive(Clone, PartialEq)]
pub struct Coherence {
    /// NPMI of each topic.
    pub topics: Vec<f64>,
    names: Vec<String>,
}

impl Coherence {
    /// The mean over the topics.
    pub fn mean(&self) -> f64 {
        self.topics.iter().sum::<f64>() / self.topics.len() as f64
    }

    fn table(&self) -> Table {
        let mut order: Vec<usize> = (0..self.topics.len()).collect();
        order.sort_by(|&a, &b| self.topics[b].total_cmp(&self.topics[a]));
        let rows = order
            .into_iter()
            .map(|k| (k, self.topics[k], self.names[k].clone()));
        Table::new([
            Column::new("topic"),
            Column::new("NPMI").decimals(3).bars(),
            Column::new("its most probable words"),
        ])
        .rows(rows)
        .note(format!("mean {:.3}", self.mean()))
    }
}

crate::show::shown_as_table!(Coherence);

impl TopicModel {
    /// How well the ten most probable words of each topic go together in `docs`.
    ///
    /// # Errors
    /// Never for a model that was trained.
    pub fn coherence(&self, docs: &TopicDocs) -> Result<Coherence> {
        let top = |topic| Ok(self.top(topic, 10)?.into_iter().map(|w| w as u32).collect());
        let lists: Vec<Vec<u32>> = (0..self.n_topics()).map(top).collect::<Result<_>>()?;
        let words = |list: &Vec<u32>| self.vocabulary().decode(list).map(|words| words.join(" "));
        Ok(Coherence {
            topics: npmi(docs, &lists),
            names: lists.iter().map(words).collect::<Result<_>>()?,
        })
    }
}
