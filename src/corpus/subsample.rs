//! Subsampling: leaving out most occurrences of the most frequent words.
//!
//! Every second word of a text is *the*, *of*, *and* or one of a few others, which say little about their
//! neighbours. Mikolov, Sutskever, Chen, Corrado and Dean (2013, "Distributed Representations of Words and
//! Phrases and their Compositionality") leave out occurrences at random. The probability grows with the
//! word's relative frequency f above a threshold t, about 10⁻³ to 10⁻⁵. The paper keeps an occurrence with
//! probability
//!
//! ```text
//!     √(t/f)
//! ```
//!
//! and the authors' program word2vec, like gensim after it, with
//!
//! ```text
//!     √(t/f) + t/f        (at most 1)
//! ```
//!
//! Here it is the program's formula, because the published results come from it. The two differ most around
//! the threshold. A word of f = t is always kept by both, one of f = 2t with probability 0.71 by the paper
//! and 1 by the program, one of f = 100t with 0.10 and 0.11. An occurrence that is left out also loses its
//! position, so windows then reach further.

use rand::Rng as _;

use super::Vocabulary;
use crate::rng::Rng;
use crate::{Error, Result};

/// The probability that an occurrence is kept, for each word of a vocabulary.
///
/// ```
/// use course::corpus::{Subsample, Vocabulary};
/// let v = Vocabulary::from_counts([("the".to_owned(), 900), ("whale".to_owned(), 100)], 1);
/// let subsample = Subsample::new(&v, 0.1)?;
/// assert_eq!(subsample.keep(0), 4.0 / 9.0);
/// assert_eq!(subsample.keep(1), 1.0);
/// let kept = subsample.sample(&[0, 1, 0, 0, 1], &mut course::rng::seeded(1));
/// assert_eq!(kept.iter().filter(|&&id| id == 1).count(), 2);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Subsample {
    /// By word number.
    keep: Vec<f32>,
}

crate::show::shown_as_line!(Subsample, |this| {
    format!("Subsampling of {} words", this.keep.len())
});

impl Subsample {
    /// For the words of `vocabulary`, with the threshold `threshold` (above 0; 0.001 for millions of running
    /// words, 0.00001 for billions). The relative frequencies are among the vocabulary's own running words.
    ///
    /// # Errors
    /// The threshold is not a number above 0.
    pub fn new(vocabulary: &Vocabulary, threshold: f64) -> Result<Self> {
        if !(threshold > 0.0 && threshold.is_finite()) {
            return Err(Error::value(
                "the threshold",
                "a number above 0, such as 0.001",
                threshold,
            ));
        }
        let tokens = vocabulary.tokens() as f64;
        let keep = |&n: &u64| keep_probability(n as f64 / tokens, threshold) as f32;
        Ok(Self {
            keep: vocabulary.counts().iter().map(keep).collect(),
        })
    }

    /// The probability that an occurrence of word `id` is kept; 0 for a number that no word has.
    #[inline]
    pub fn keep(&self, id: u32) -> f32 {
        self.keep.get(id as usize).copied().unwrap_or(0.0)
    }

    /// `ids` without the occurrences that are left out, drawn anew at each call.
    pub fn sample(&self, ids: &[u32], rng: &mut Rng) -> Vec<u32> {
        ids.iter()
            .copied()
            .filter(|&id| rng.random::<f32>() < self.keep(id))
            .collect()
    }

    /// How many of the running words of `vocabulary` are kept on average.
    ///
    /// # Errors
    /// It belongs to another vocabulary: the number of words differs.
    pub fn expected_tokens(&self, vocabulary: &Vocabulary) -> Result<f64> {
        if vocabulary.len() != self.keep.len() {
            let (expected, got) = (self.keep.len(), vocabulary.len());
            return Err(Error::shape(
                "the vocabulary",
                format!("{expected} words"),
                format!("{got} words"),
            ));
        }
        let kept = |(&p, &n): (&f32, &u64)| f64::from(p) * n as f64;
        Ok(self.keep.iter().zip(vocabulary.counts()).map(kept).sum())
    }
}

/// The probability that an occurrence of a word is kept. `frequency` is the word's share of all running
/// words.
///
/// ```
/// use course::corpus::keep_probability;
/// assert_eq!(keep_probability(0.04, 0.01), 0.75);
/// assert_eq!(keep_probability(0.001, 0.01), 1.0);
/// ```
pub fn keep_probability(frequency: f64, threshold: f64) -> f64 {
    let ratio = threshold / frequency;
    (ratio.sqrt() + ratio).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::seeded;

    /// gensim 4.4's figures for counts 100,000, 10,000, 1,000, 100, sample=1e-2, from
    /// tests/oracles/subsample.py.
    #[test]
    fn the_probabilities_are_gensims() {
        let counts = [("a", 100_000), ("b", 10_000), ("c", 1_000), ("d", 100)];
        let v = Vocabulary::from_counts(counts.map(|(w, n)| (w.to_owned(), n)), 1);
        let subsample = Subsample::new(&v, 1e-2).unwrap();
        let gensim = [0.116_514, 0.444_417, 1.0, 1.0];
        for (id, expected) in (0..).zip(gensim) {
            assert!(
                (subsample.keep(id) - expected).abs() < 1e-6,
                "{id}: {}",
                subsample.keep(id)
            );
        }
        // 11,651.4 + 4,444.17 + 1,000 + 100
        assert!((subsample.expected_tokens(&v).unwrap() - 17_195.6).abs() < 0.1);
    }

    /// 10,000 occurrences with probability 0.444: within four standard deviations, 0.02.
    #[test]
    fn a_sample_keeps_that_share() {
        let v = Vocabulary::from_counts([("a".to_owned(), 9), ("b".to_owned(), 91)], 1);
        let subsample = Subsample::new(&v, 0.01).unwrap();
        let ids = vec![v.id("a").unwrap(); 10_000];
        let kept = subsample.sample(&ids, &mut seeded(5));
        let share = kept.len() as f32 / 1e4;
        assert!((share - 0.444_4).abs() < 0.02, "{share}");
        assert_eq!(kept, subsample.sample(&ids, &mut seeded(5)));
        assert_ne!(kept.len(), subsample.sample(&ids, &mut seeded(6)).len());
    }

    #[test]
    fn a_threshold_that_is_no_threshold_is_an_error() {
        let v = Vocabulary::count(["a"], 1);
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let e = Subsample::new(&v, bad).unwrap_err();
            assert_eq!(
                e.to_string(),
                format!("the threshold: expected a number above 0, such as 0.001, got {bad}")
            );
        }
        let other = Vocabulary::count(["a", "b"], 1);
        assert!(Subsample::new(&v, 0.1).unwrap().expected_tokens(&other).is_err());
    }
}
