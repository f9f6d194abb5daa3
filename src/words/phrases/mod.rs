//! Phrases: words that belong together become one word.
//!
//! *New York* is neither new nor, today, about York. A static vector belongs to one word, so a phrase needs a
//! word of its own: *new_york*. Phrases are found by counting (Mikolov, Sutskever, Chen, Corrado and Dean
//! 2013, "Distributed Representations of Words and Phrases and their Compositionality"). Two neighbouring
//! words are a phrase if they follow each other much more often than their frequencies explain: one of the
//! two scores of `score.rs` is above a threshold.
//!
//! A text is then read from left to right. If a word and the next one are a phrase, they are joined, and
//! reading goes on after them. So in *a b c* with the phrases *a b* and *b c* the first one wins, whatever
//! the scores. A second pass over the joined text joins *new_york* with *times*; three passes reach phrases
//! of eight words.
//!
//! ```text
//!     the new york times said  →  the new_york times said  →  the new_york_times said
//! ```
//!
//! **Cost.** Each pass reads the texts twice, first to count the words and then the pairs. Memory is the
//! vocabulary and 12 bytes for each different pair of neighbours, however long the texts are. A pair cannot
//! occur more often than its words, so words below `min_count` can be left out without losing a phrase;
//! `most_words` bounds the rest. The joined texts are [`Texts`] again, made while they are read, so every
//! other algorithm works on them.
//!
//! It leaves out connecting words: *bank of england* is found only in two passes, as *bank_of* and *england*.
//! And it does not see where a sentence ends, unless each document is a sentence.

mod model;
mod score;

pub use model::{JoinedTexts, Phrase, PhraseModel};
pub use score::{phrase_npmi, phrase_score};

use crate::corpus::{Texts, Vocabulary, Window};
use crate::count::cooccurrence;
use crate::{Error, Result};
use model::Pass;

/// The score of two neighbouring words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhraseScore {
    /// [`phrase_score`]: 0 or more. A threshold of 100 is usual; a lower one finds more phrases.
    #[default]
    Collocation,
    /// [`phrase_npmi`]: −1 to 1. A threshold of 0.5 is usual.
    Npmi,
}

/// How to find phrases.
///
/// ```
/// use course::corpus::Texts as _;
/// use course::words::Phrases;
/// let texts = ["a new york times b", "b new york times a", "new a", "york b", "times a b"].repeat(2);
/// let phrases = Phrases { min_count: 1, thresholds: vec![2.5, 2.5], ..Default::default() };
/// let model = phrases.learn(&texts)?;
/// assert_eq!(model.join("I read a New York Times today"), ["i", "read", "a", "new_york_times", "today"]);
/// // Every algorithm can read the joined text.
/// let vocabulary = course::corpus::Vocabulary::of(&model.texts(&texts), 1)?;
/// assert!(vocabulary.id("new_york_times").is_some());
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Phrases {
    /// Which score.
    pub score: PhraseScore,
    /// A pair is a phrase if its score is above this. One number for each pass; longer phrases need a lower
    /// one.
    pub thresholds: Vec<f64>,
    /// Words and pairs that occur less often are not phrases. It is also the δ of the collocation score.
    pub min_count: u64,
    /// Only this many of the most frequent words are considered, which bounds the memory.
    pub most_words: usize,
}

crate::plot::shown_as_record!(Phrases);

impl Default for Phrases {
    fn default() -> Self {
        Self {
            score: PhraseScore::Collocation,
            thresholds: vec![100.0, 50.0],
            min_count: 5,
            most_words: 1_000_000,
        }
    }
}

impl Phrases {
    /// Finds the phrases of `texts`.
    ///
    /// # Errors
    /// There is no threshold. One is below 0 for the collocation score, or outside −1 to 1 for NPMI.
    /// `most_words` is 0. Or the texts cannot be read.
    pub fn learn(&self, texts: &dyn Texts) -> Result<PhraseModel> {
        self.check()?;
        let mut model = PhraseModel::default();
        for &threshold in &self.thresholds {
            let pass = self.pass(&model.texts(texts), threshold)?;
            if pass.is_empty() {
                break;
            }
            model.push(pass);
        }
        Ok(model)
    }

    /// The phrases of one pass, each of two words.
    fn pass(&self, texts: &dyn Texts, threshold: f64) -> Result<Pass> {
        let vocabulary = Vocabulary::of(texts, self.min_count.max(1))?.most_frequent(self.most_words);
        if vocabulary.is_empty() {
            return Ok(Pass::default());
        }
        let words = vocabulary.running_words();
        let pairs = cooccurrence(texts, &vocabulary, Window::new(0, 1)?)?;
        let of = |id: u32| {
            let count = vocabulary.counts().get(id as usize).copied();
            (vocabulary.word(id).unwrap_or_default(), count.unwrap_or_default())
        };
        let mut found = Vec::new();
        for (a, b, count) in pairs.matrix().iter() {
            let ((first, n_a), (second, n_b), count) = (of(a), of(b), count as u64);
            if count < self.min_count {
                continue;
            }
            let score = match self.score {
                PhraseScore::Collocation => phrase_score(count, n_a, n_b, words, self.min_count),
                PhraseScore::Npmi => phrase_npmi(count, n_a, n_b, words),
            };
            if score > threshold {
                found.push(Phrase {
                    first: first.to_owned(),
                    second: second.to_owned(),
                    count,
                    score,
                });
            }
        }
        Ok(Pass::new(found))
    }

    fn check(&self) -> Result<()> {
        if self.thresholds.is_empty() {
            return Err(Error::value("the thresholds", "one for each pass", "none"));
        }
        let (expected, fits): (_, fn(f64) -> bool) = match self.score {
            PhraseScore::Collocation => ("a number of 0 or more", |t| t >= 0.0 && t.is_finite()),
            PhraseScore::Npmi => ("a number from -1 to 1", |t| (-1.0..=1.0).contains(&t)),
        };
        if let Some(wrong) = self.thresholds.iter().find(|t| !fits(**t)) {
            return Err(Error::value("the threshold", expected, wrong));
        }
        Error::at_least(1, "most_words", self.most_words)?;
        Ok(())
    }
}
