//! Documents as a topic model sees them: lists of word numbers, without the words that say nothing about a
//! topic.
//!
//! A topic model needs words that are neither everywhere (they would fill every topic) nor almost nowhere
//! (nothing can be learned about them). [`TopicWords`] says which words are kept.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::corpus::{Texts, Vocabulary, grouped};
use crate::{Error, Result};

/// Which words and documents a topic model is trained on.
///
/// ```
/// use course::topic::TopicWords;
/// let keep = TopicWords { min_documents: 2, skip_most_frequent: 1, min_words: 1, ..TopicWords::default() };
/// let docs = keep.read(&["the cat and the dog", "the cat", "the bird"])?;
/// assert_eq!(docs.vocabulary().words(), ["cat"]);
/// assert_eq!(docs.len(), 2); // the third text has none of these words
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicWords {
    /// Shorter words are left out.
    pub min_letters: usize,
    /// The fewest documents that a word must be in.
    pub min_documents: u64,
    /// How many of the most frequent words (of those that are long enough) are left out.
    pub skip_most_frequent: usize,
    /// Documents with fewer words than this are left out, counted after the other rules.
    pub min_words: usize,
}

crate::plot::shown_as_record!(TopicWords);

impl Default for TopicWords {
    /// Words of at least 3 letters, in at least 10 documents, and not among the 100 most frequent; documents
    /// of at least 5 such words.
    fn default() -> Self {
        Self {
            min_letters: 3,
            min_documents: 10,
            skip_most_frequent: 100,
            min_words: 5,
        }
    }
}

/// How often a word was seen.
#[derive(Default)]
struct Seen {
    times: u64,
    documents: u64,
    /// The last document that had it, counted from 1.
    last: usize,
}

impl TopicWords {
    /// Reads `texts` twice: to count the words, and to number them.
    ///
    /// # Errors
    /// Errors of reading the texts.
    pub fn read(&self, texts: &dyn Texts) -> Result<TopicDocs> {
        let cut = texts.cut();
        let mut seen: HashMap<String, Seen> = HashMap::new();
        let mut n_texts = 0;
        texts.each(&mut |text| {
            n_texts += 1;
            for word in cut.iter(text) {
                let entry = match seen.get_mut(word.as_ref()) {
                    Some(entry) => entry,
                    None if word.chars().count() >= self.min_letters => {
                        seen.entry(word.into_owned()).or_default()
                    }
                    None => continue,
                };
                entry.times += 1;
                entry.documents += u64::from(entry.last != n_texts);
                entry.last = n_texts;
            }
            Ok(())
        })?;
        let mut by_frequency: Vec<(&str, u64)> = seen.iter().map(|(w, s)| (w.as_str(), s.times)).collect();
        by_frequency.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let skipped: HashSet<String> = by_frequency
            .iter()
            .take(self.skip_most_frequent)
            .map(|(w, _)| (*w).to_owned())
            .collect();
        let kept = seen
            .into_iter()
            .filter(|(word, s)| s.documents >= self.min_documents && !skipped.contains(word))
            .map(|(word, s)| (word, s.times));
        let vocabulary = Vocabulary::from_counts(kept, 1);

        let mut docs = TopicDocs {
            vocabulary,
            words: Vec::new(),
            starts: vec![0],
            sources: Vec::new(),
        };
        let mut source = 0;
        texts.each(&mut |text| {
            let from = docs.words.len();
            let words = &mut docs.words;
            docs.vocabulary.each_id(text, cut, |id| words.extend(id));
            if docs.words.len() - from >= self.min_words.max(1) {
                docs.starts.push(docs.words.len());
                docs.sources.push(source);
            } else {
                docs.words.truncate(from);
            }
            source += 1;
            Ok(())
        })?;
        Ok(docs)
    }
}

/// Documents as lists of word numbers, stored one after the other in memory.
///
/// They take 4 bytes for each word and 16 for each document. A document may be empty.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::topic::TopicDocs;
/// let words = Vocabulary::from_words(vec!["river".into(), "money".into()])?;
/// let docs = TopicDocs::new(words, vec![vec![0, 0, 1], vec![1]])?;
/// assert_eq!((docs.len(), docs.tokens()), (2, 4));
/// assert_eq!(docs.document(1), Some(&[1][..]));
/// assert_eq!(docs.to_string(), "2 documents, 4 running words, 2 different ones");
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct TopicDocs {
    vocabulary: Vocabulary,
    words: Vec<u32>,
    /// Where each document begins, and where the last one ends.
    starts: Vec<usize>,
    /// For each document, its number among the texts that were read.
    sources: Vec<usize>,
}

impl TopicDocs {
    /// These documents; each is a list of numbers of words in `vocabulary`.
    ///
    /// # Errors
    /// A number that no word has.
    pub fn new(vocabulary: Vocabulary, documents: Vec<Vec<u32>>) -> Result<Self> {
        let n = vocabulary.len();
        let mut docs = Self {
            vocabulary,
            words: Vec::new(),
            starts: vec![0],
            sources: Vec::new(),
        };
        for (i, document) in documents.into_iter().enumerate() {
            if let Some(id) = document.iter().find(|&&id| id as usize >= n) {
                return Err(Error::value(
                    format!("a word of document {i}"),
                    format!("a number below {n}"),
                    id,
                ));
            }
            docs.words.extend(document);
            docs.starts.push(docs.words.len());
            docs.sources.push(i);
        }
        Ok(docs)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no document at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many running words there are.
    pub fn tokens(&self) -> usize {
        self.words.len()
    }

    /// The words that have a number.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The words of document `i`, in order.
    pub fn document(&self, i: usize) -> Option<&[u32]> {
        Some(&self.words[*self.starts.get(i)?..*self.starts.get(i + 1)?])
    }

    /// The number of document `i` among the texts that were read, some of which were too short to be
    /// documents.
    pub fn source(&self, i: usize) -> Option<usize> {
        self.sources.get(i).copied()
    }

    /// The documents in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        self.starts.windows(2).map(|ends| &self.words[ends[0]..ends[1]])
    }

    /// All but the last `n` documents, and the last `n`: for training and for testing.
    pub fn split_last(&self, n: usize) -> (Self, Self) {
        let at = self.len().saturating_sub(n);
        (self.keep(|i| i < at), self.keep(|i| i >= at))
    }

    /// All but every `n`-th document, and every `n`-th one: for training and for testing.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// # use course::topic::TopicDocs;
    /// # let words = Vocabulary::from_words(vec!["a".into()])?;
    /// let docs = TopicDocs::new(words, vec![vec![0]; 10])?;
    /// let (train, test) = docs.split_every(5);
    /// assert_eq!((train.len(), test.len(), test.source(0)), (8, 2, Some(4)));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn split_every(&self, n: usize) -> (Self, Self) {
        let is_test = |i: usize| (i + 1).is_multiple_of(n.max(1));
        (self.keep(|i| !is_test(i)), self.keep(is_test))
    }

    fn keep(&self, keep: impl Fn(usize) -> bool) -> Self {
        let mut docs = Self {
            vocabulary: self.vocabulary.clone(),
            words: Vec::new(),
            starts: vec![0],
            sources: Vec::new(),
        };
        for (i, document) in self.iter().enumerate().filter(|(i, _)| keep(*i)) {
            docs.words.extend_from_slice(document);
            docs.starts.push(docs.words.len());
            docs.sources.push(self.sources[i]);
        }
        docs
    }

    /// The words of another text as numbers of this vocabulary; unknown words are left out.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        self.vocabulary.encode(crate::corpus::words(text))
    }

    pub(super) fn words(&self) -> &[u32] {
        &self.words
    }

    pub(super) fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Cuts the documents into at most `n` pieces of about equal length: the documents of each piece.
    pub(super) fn blocks(&self, n: usize) -> Vec<Range<usize>> {
        // With more pieces than words, some would be empty.
        let n = n.clamp(1, self.tokens().max(1));
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for b in 1..=n {
            let goal = (self.tokens() as u128 * b as u128 / n as u128) as usize;
            let to = if b == n {
                self.len()
            } else {
                self.starts.partition_point(|&s| s < goal).min(self.len())
            };
            if to > from {
                blocks.push(from..to);
                from = to;
            }
        }
        blocks
    }

    /// A number that other documents are unlikely to have: FNV-1a over the words and the document borders.
    pub(super) fn fingerprint(&self) -> u64 {
        let numbers = self
            .words
            .iter()
            .map(|&w| u64::from(w))
            .chain(self.starts.iter().map(|&s| s as u64));
        numbers.fold(0xcbf2_9ce4_8422_2325, |hash, x| {
            (hash ^ x).wrapping_mul(0x100_0000_01b3)
        })
    }

    /// Nothing can be learned without words, so this is an error.
    pub(super) fn require_words(&self) -> Result<()> {
        if self.tokens() == 0 {
            return Err(Error::value(
                "the documents of a topic model",
                "at least one word",
                "none",
            ));
        }
        Ok(())
    }
}

crate::show::shown_as_line!(TopicDocs, |this| {
    let n = |n: usize| grouped(n as u64);
    let (documents, words, different) = (n(this.len()), n(this.tokens()), n(this.vocabulary.len()));
    format!("{documents} documents, {words} running words, {different} different ones")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_all_documents_once() {
        let words = Vocabulary::from_words(vec!["a".into()]).unwrap();
        let docs = TopicDocs::new(words, (0..40).map(|i| vec![0; i % 7]).collect()).unwrap();
        for n in 1..=50 {
            let blocks = docs.blocks(n);
            assert!(blocks.len() <= n);
            let all: Vec<usize> = blocks.into_iter().flatten().collect();
            assert_eq!(all, (0..40).collect::<Vec<_>>(), "{n}");
        }
    }

    #[test]
    fn an_unknown_number_is_an_error() {
        let words = Vocabulary::from_words(vec!["a".into()]).unwrap();
        let e = TopicDocs::new(words, vec![vec![0], vec![1]]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "a word of document 1: expected a number below 1, got 1"
        );
    }
}
