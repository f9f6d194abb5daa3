//! The occurrences of a word, the context of each, and the vector of a context.

use std::ops::Range;

use crate::corpus::{Cut, Vocabulary};
use crate::embeddings::Embeddings;

/// One occurrence of a word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occurrence {
    /// The words of the context that have vectors.
    pub(super) ids: Vec<u32>,
    pub(super) left: String,
    pub(super) word: String,
    pub(super) right: String,
}

/// A text cut into words: the number of each word, if it has a vector; whether it is the word in question;
/// and where it is.
pub(super) struct CutText<'a> {
    text: &'a str,
    words: Vec<(Option<u32>, bool, Range<usize>)>,
}

impl<'a> CutText<'a> {
    pub(super) fn new(text: &'a str, cut: Cut, word: &str, vocabulary: &Vocabulary) -> Self {
        let words = (cut.iter(text).zip(cut.places(text)))
            .map(|(name, range)| (vocabulary.id(&name), name == word, range))
            .collect();
        Self { text, words }
    }

    /// All words with vectors, except the word itself.
    pub(super) fn ids(&self) -> Vec<u32> {
        self.words.iter().filter(|w| !w.1).filter_map(|w| w.0).collect()
    }

    /// All words with vectors.
    pub(super) fn each_id(&self, f: &mut dyn FnMut(u32)) {
        self.words.iter().filter_map(|w| w.0).for_each(f);
    }

    /// Each occurrence of the word, with up to `window` words to each side.
    pub(super) fn occurrences(&self, window: usize) -> impl Iterator<Item = Occurrence> {
        let at = self.words.iter().enumerate().filter(|(_, w)| w.1).map(|(i, _)| i);
        at.map(move |i| {
            let (from, to) = (i.saturating_sub(window), (i + window).min(self.words.len() - 1));
            let around = self.words[from..=to].iter();
            let own = &self.words[i].2;
            Occurrence {
                ids: around.filter(|w| !w.1).filter_map(|w| w.0).collect(),
                left: self.text[self.words[from].2.start..own.start].to_owned(),
                word: self.text[own.clone()].to_owned(),
                right: self.text[own.end..self.words[to].2.end].to_owned(),
            }
        })
    }
}

/// Makes the vector of a context.
#[derive(Clone)]
pub(super) struct Vectors {
    /// With vectors of length 1.
    pub(super) embeddings: Embeddings,
    /// `ln²(N / n)` of each word.
    weights: Vec<f32>,
    /// The mean of all contexts, which is subtracted; zeros at first.
    pub(super) origin: Vec<f32>,
}

impl Vectors {
    /// `counts` has the count of each word of the embeddings in the texts.
    pub(super) fn new(embeddings: &Embeddings, counts: &[u64]) -> Self {
        let total = counts.iter().sum::<u64>().max(1) as f64;
        Self {
            embeddings: embeddings.normalized(),
            weights: counts
                .iter()
                .map(|&n| (total / n.max(1) as f64).ln().powi(2) as f32)
                .collect(),
            origin: vec![0.0; embeddings.dimension()],
        }
    }

    /// `ln²(N / n)`; 0 for a word without a count.
    pub(super) fn weight(&self, id: u32) -> f64 {
        self.weights.get(id as usize).copied().unwrap_or_default().into()
    }

    /// The weighted mean of the words' vectors minus the origin; none if no word has a weight.
    pub(super) fn of(&self, ids: &[u32]) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.origin.len()];
        let mut total = 0.0;
        for &id in ids {
            let weight = self.weight(id) as f32;
            let row = self.embeddings.row(id).iter();
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * x);
            total += weight;
        }
        if total <= 0.0 {
            return None;
        }
        for (x, origin) in sum.iter_mut().zip(&self.origin) {
            *x = *x / total - origin;
        }
        Some(sum)
    }
}
