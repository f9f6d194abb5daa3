//! Pairs of sentences: does the second follow the first?
//!
//! ```text
//!     [CLS] first [SEP] second [SEP]        parts 0 0 … 0 1 … 1
//! ```
//!
//! Half of the pairs are neighbours in a document, in the other half the second sentence is drawn from
//! another document. What is too long loses tokens at the end of the longer one. The paper's program joins
//! sentences until a pair is nearly as long as allowed; that is left out.
//!
//! Source: Devlin et al. (2018), *BERT*, section 3.1.

use rand::Rng as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// Two sentences as ids, and whether the second follows the first.
#[derive(Clone, Debug, PartialEq)]
pub struct SentencePair {
    /// The first sentence.
    pub first: Vec<u32>,
    /// The second.
    pub second: Vec<u32>,
    /// Whether it follows the first in a document.
    pub follows: bool,
}

crate::plot::shown_as_record!(SentencePair);

impl SentencePair {
    /// The ids of both with the tokens that are added, and the part of each.
    ///
    /// ```
    /// use course::context::SentencePair;
    /// let pair = SentencePair { first: vec![7, 8], second: vec![9], follows: true };
    /// assert_eq!(pair.tokens(2, 3), (vec![2, 7, 8, 3, 9, 3], vec![0, 0, 0, 0, 1, 1]));
    /// ```
    pub fn tokens(&self, begin: u32, end: u32) -> (Vec<u32>, Vec<u32>) {
        let ids = [&[begin], &*self.first, &[end], &*self.second, &[end]].concat();
        let mut parts = vec![0; self.first.len() + 2];
        parts.resize(ids.len(), 1);
        (ids, parts)
    }
}

/// A pair for each sentence that another follows. `documents` are sentences of ids; a pair has at most
/// `longest` of them together.
///
/// # Errors
/// There are fewer than two documents with sentences; `longest` is below 2.
pub fn sentence_pairs(
    documents: &[Vec<Vec<u32>>],
    longest: usize,
    rng: &mut Rng,
) -> Result<Vec<SentencePair>> {
    let documents: Vec<_> = documents
        .iter()
        .filter(|sentences| !sentences.is_empty())
        .collect();
    Error::at_least(2, "the documents to draw other sentences from", documents.len())?;
    Error::at_least(2, "the tokens of a pair", longest)?;
    let mut pairs = Vec::new();
    for (d, document) in documents.iter().enumerate() {
        for next in document.windows(2) {
            let follows = rng.random_bool(0.5);
            let second = match follows {
                true => &next[1],
                false => {
                    // One of the others: the number after this document is counted from there.
                    let other = (d + rng.random_range(1..documents.len())) % documents.len();
                    &documents[other][rng.random_range(0..documents[other].len())]
                }
            };
            let mut pair = SentencePair {
                first: next[0].clone(),
                second: second.clone(),
                follows,
            };
            while pair.first.len() + pair.second.len() > longest {
                let (first, second) = (&mut pair.first, &mut pair.second);
                if first.len() > second.len() { first } else { second }.pop();
            }
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    /// Sentences of one token: the document in the hundreds, the place in the rest.
    #[test]
    fn half_of_the_pairs_follow_and_the_others_are_from_elsewhere() {
        let documents: Vec<Vec<Vec<u32>>> = (0..20)
            .map(|d| (0..100).map(|i| vec![d * 100 + i]).collect())
            .collect();
        let pairs = sentence_pairs(&documents, 10, &mut seeded(1)).unwrap();
        assert_eq!(pairs.len(), 20 * 99);
        for pair in &pairs {
            let (first, second) = (pair.first[0], pair.second[0]);
            match pair.follows {
                true => assert_eq!(second, first + 1),
                false => assert_ne!(first / 100, second / 100),
            }
        }
        // 990 with a standard deviation of 22.
        let follow = pairs.iter().filter(|pair| pair.follows).count();
        assert!((880..1100).contains(&follow), "{follow}");
        assert_eq!(pairs, sentence_pairs(&documents, 10, &mut seeded(1)).unwrap());
    }

    #[test]
    fn the_longer_sentence_is_cut() {
        let documents = vec![vec![vec![1; 9], vec![2; 4]], vec![vec![3; 4]]];
        for seed in 0..4 {
            let pairs = sentence_pairs(&documents, 7, &mut seeded(seed)).unwrap();
            assert_eq!((pairs[0].first.len(), pairs[0].second.len()), (4, 3));
        }
        let e = sentence_pairs(&documents[..1], 7, &mut seeded(1))
            .unwrap_err()
            .to_string();
        assert_eq!(
            e,
            "the documents to draw other sentences from: expected 2 or more, got 1"
        );
    }
}
