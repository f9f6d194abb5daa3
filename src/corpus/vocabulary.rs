//! A vocabulary: which words there are, how often each occurs, and the number (id) of each.
//!
//! Number 0 is the most frequent word. Equally frequent words are in alphabetical order, so the same text
//! always gives the same numbers.

use std::fmt;

use super::counting::{Counter, count_texts};
use super::index::WordIndex;
use super::spelling::spelled_like;
use super::{Cut, Texts, grouped};
use crate::plot::{Column, Table};
use crate::{Error, Result, show};

/// How many words a vocabulary shows, and how many words an error suggests.
const SHOWN: usize = 10;
const SUGGESTED: usize = 3;

/// Words, each with a number (its position in the list) and a count.
///
/// ```
/// use course::corpus::Vocabulary;
/// let v = Vocabulary::count("the cat and the dog and the mouse".split(' '), 2);
/// assert_eq!(v.words(), ["the", "and"]);
/// assert_eq!(v.id("and"), Some(1));
/// assert_eq!(v.counts(), [3, 2]);
/// ```
#[derive(Clone)]
pub struct Vocabulary {
    index: WordIndex,
    /// In the order of the words.
    counts: Vec<u64>,
    /// Running words of the text that was counted, including those that were left out.
    running: u64,
}

impl Vocabulary {
    /// Counts `words` and keeps those that occur at least `min_count` times, the most frequent first.
    pub fn count<S: AsRef<str>>(words: impl IntoIterator<Item = S>, min_count: u64) -> Self {
        let mut counter = Counter::default();
        for word in words {
            counter.add(word.as_ref(), 1);
        }
        Self::of_counter(counter, min_count)
    }

    /// Counts the words of `texts` on all threads, and keeps those that occur at least `min_count` times.
    ///
    /// ```
    /// use course::corpus::Vocabulary;
    /// let v = Vocabulary::of(&["The cat sat.", "The dog sat."], 2)?;
    /// assert_eq!(v.words(), ["sat", "the"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// What reading the texts returns.
    pub fn of(texts: &dyn Texts, min_count: u64) -> Result<Self> {
        Ok(Self::of_counter(count_texts(texts)?, min_count))
    }

    pub(super) fn of_counter(counter: Counter, min_count: u64) -> Self {
        Self::ordered(counter.into_counts(), min_count)
    }

    /// Keeps the words of `counts` that occur at least `min_count` times, the most frequent first. If a word
    /// appears several times, its counts are added up.
    pub fn from_counts(counts: impl IntoIterator<Item = (String, u64)>, min_count: u64) -> Self {
        let mut counter = Counter::default();
        for (word, n) in counts {
            counter.add(&word, n);
        }
        Self::of_counter(counter, min_count)
    }

    /// The vocabulary of `counts`, in which each word appears once.
    fn ordered(counts: impl Iterator<Item = (String, u64)>, min_count: u64) -> Self {
        let mut running = 0;
        let mut kept: Vec<(String, u64)> = counts
            .inspect(|&(_, n)| running += n)
            .filter(|&(_, n)| n >= min_count)
            .collect();
        kept.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let (words, counts): (Vec<_>, Vec<_>) = kept.into_iter().unzip();
        // Each word appears once, so no error is lost here.
        let index = WordIndex::of(words).unwrap_or_default();
        Self {
            index,
            counts,
            running,
        }
    }

    /// These words in this order, for vectors that were read from a file. Every count is 1, because the file
    /// has no counts.
    ///
    /// # Errors
    /// A word appears twice.
    pub fn from_words(words: Vec<String>) -> Result<Self> {
        let counts = vec![1; words.len()];
        let running = words.len() as u64;
        let index = WordIndex::of(words)
            .map_err(|word| Error::value("the words", "each word once", format!("{word:?} twice")))?;
        Ok(Self {
            index,
            counts,
            running,
        })
    }

    /// These words in this order with these counts, for vectors that were read from a file that has both.
    ///
    /// # Errors
    /// A word appears twice, or there is not one count for each word.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// let v = Vocabulary::from_words_and_counts(vec!["b".into(), "a".into()], vec![2, 5])?;
    /// assert_eq!((v.words()[0].as_str(), v.tokens()), ("b", 7));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn from_words_and_counts(words: Vec<String>, counts: Vec<u64>) -> Result<Self> {
        if words.len() != counts.len() {
            return Err(Error::shape(
                "the counts",
                format!("{}, one for each word", words.len()),
                counts.len(),
            ));
        }
        let running = counts.iter().fold(0_u64, |sum, &n| sum.saturating_add(n));
        Ok(Self {
            counts,
            running,
            ..Self::from_words(words)?
        })
    }

    /// The words of this vocabulary that occur at least `min_count` times.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// let v = Vocabulary::count("a a a b b c".split(' '), 1);
    /// assert_eq!(v.at_least(2).words(), ["a", "b"]);
    /// assert_eq!(v.most_frequent(1).words(), ["a"]);
    /// ```
    #[must_use]
    pub fn at_least(&self, min_count: u64) -> Self {
        self.keep(|_, n| n >= min_count)
    }

    /// The first `n` words of this vocabulary, or all of them if there are fewer.
    #[must_use]
    pub fn most_frequent(&self, n: usize) -> Self {
        self.keep(|i, _| i < n)
    }

    fn keep(&self, keep: impl Fn(usize, u64) -> bool) -> Self {
        let (words, counts): (Vec<_>, Vec<_>) =
            (self.words().iter().cloned().zip(self.counts.iter().copied()))
                .enumerate()
                .filter(|&(i, (_, n))| keep(i, n))
                .map(|(_, pair)| pair)
                .unzip();
        let index = WordIndex::of(words).unwrap_or_default();
        Self {
            index,
            counts,
            running: self.running,
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The words, in the order of their numbers.
    pub fn words(&self) -> &[String] {
        self.index.words()
    }

    /// The counts, in the order of the words.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The number of `word`.
    #[inline]
    pub fn id(&self, word: &str) -> Option<u32> {
        self.index.get(word)
    }

    /// The number of `word`, or an error that suggests words spelled like it.
    ///
    /// # Errors
    /// The word is not in the vocabulary.
    pub fn require(&self, word: &str) -> Result<u32> {
        self.id(word).ok_or_else(|| {
            let near = spelled_like(word, self.words(), SUGGESTED);
            Error::unknown(
                "word",
                word,
                near.into_iter().map(|i| self.words()[i].clone()).collect(),
            )
        })
    }

    /// The word with number `id`.
    pub fn word(&self, id: u32) -> Option<&str> {
        self.words().get(id as usize).map(String::as_str)
    }

    /// The numbers of `words`, in order. Words that are not in the vocabulary are left out.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// let v = Vocabulary::count("the cat the dog".split(' '), 1);
    /// let ids = v.encode("the black cat".split(' '));
    /// assert_eq!(ids, [0, 1]);
    /// assert_eq!(v.decode(&ids)?, ["the", "cat"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn encode<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Vec<u32> {
        words
            .into_iter()
            .filter_map(|word| self.id(word.as_ref()))
            .collect()
    }

    /// Calls `f` with the number of each word of `text`, in order.
    pub(crate) fn each_id(&self, text: &str, cut: Cut, f: impl FnMut(Option<u32>)) {
        self.index.each_id(cut.iter(text), f);
    }

    /// The words with these numbers, in order.
    ///
    /// # Errors
    /// No word has one of the numbers.
    pub fn decode(&self, ids: &[u32]) -> Result<Vec<String>> {
        let word = |&id: &u32| {
            let expected = || format!("a number below {}", self.len());
            self.word(id)
                .map(str::to_owned)
                .ok_or_else(|| Error::value("the number of a word", expected(), id))
        };
        ids.iter().map(word).collect()
    }

    /// The sum of the counts: how many running words they stand for.
    pub fn tokens(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many running words were counted, including those that are left out here.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// assert_eq!(Vocabulary::count("a a a b".split(' '), 2).running_words(), 4);
    /// ```
    pub fn running_words(&self) -> u64 {
        self.running
    }

    /// The share of the counted text's running words that are in the vocabulary, from 0 to 1.
    ///
    /// ```
    /// # use course::corpus::Vocabulary;
    /// assert_eq!(Vocabulary::count("a a a b".split(' '), 2).coverage(), 0.75);
    /// ```
    pub fn coverage(&self) -> f64 {
        if self.running == 0 {
            0.0
        } else {
            self.tokens() as f64 / self.running as f64
        }
    }

    /// The most frequent words, for showing them.
    fn table(&self) -> Table {
        let tokens = self.tokens().max(1) as f64;
        let rows = self.words().iter().zip(&self.counts).take(SHOWN);
        let rows = rows
            .zip(0_u32..)
            .map(|((w, &n), id)| (id, w, n, n as f64 / tokens));
        let note = match self.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!("… and {} more", grouped(more as u64)),
        };
        Table::new([
            Column::new("id"),
            Column::new("word"),
            Column::new("count").grouped(),
            Column::new("share").percent(2).bars(),
        ])
        .rows(rows)
        .title(self.summary())
        .note(note)
    }

    fn summary(&self) -> String {
        let (words, tokens) = (grouped(self.len() as u64), grouped(self.tokens()));
        let covered = if self.tokens() < self.running {
            format!(" ({:.1}% of the text)", self.coverage() * 100.0)
        } else {
            String::new()
        };
        format!("Vocabulary of {words} words for {tokens} running words{covered}")
    }

    /// Shows its size and its most frequent words in a notebook.
    pub fn evcxr_display(&self) {
        show::display(&self.table().to_html(), &self.to_string());
    }
}

impl fmt::Display for Vocabulary {
    /// Its size and its most frequent words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

impl PartialEq for Vocabulary {
    /// The same words in the same order with the same counts.
    fn eq(&self, other: &Self) -> bool {
        self.words() == other.words() && self.counts == other.counts
    }
}

crate::show::debug_shows!(Vocabulary, |this, f| {
    write!(f, "Vocabulary of {} words", this.len())?;
    let first: Vec<_> = (this.words().iter().zip(&this.counts).take(SHOWN))
        .map(|(w, n)| format!("{w} {n}"))
        .collect();
    if !first.is_empty() {
        let more = if this.len() > first.len() { ", …" } else { "" };
        write!(f, ": {}{more}", first.join(", "))?;
    }
    Ok(())
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_spellings_are_suggested() {
        let v = Vocabulary::count("whale whale while sea".split(' '), 1);
        let e = v.require("whal").unwrap_err();
        assert_eq!(e.to_string(), r#"no word "whal"; did you mean "whale", "while"?"#);
        assert_eq!(
            v.require("zzzzzz").unwrap_err().to_string(),
            r#"no word "zzzzzz""#
        );
    }

    #[test]
    fn ties_are_alphabetical() {
        let v = Vocabulary::count(["b", "a", "c", "c"], 1);
        assert_eq!(v.words(), ["c", "a", "b"]);
    }

    #[test]
    fn a_word_twice_is_an_error() {
        let e = Vocabulary::from_words(vec!["a".into(), "a".into()]).unwrap_err();
        assert_eq!(
            e.to_string(),
            r#"the words: expected each word once, got "a" twice"#
        );
    }

    #[test]
    fn counts_of_one_word_are_added_up() {
        let counts = [("a", 1), ("b", 2), ("a", 3)].map(|(w, n)| (w.to_owned(), n));
        let v = Vocabulary::from_counts(counts, 3);
        assert_eq!((v.words(), v.counts()), (&["a".to_owned()][..], &[4][..]));
        assert_eq!(v.coverage(), 4.0 / 6.0);
    }

    #[test]
    fn a_number_that_no_word_has_is_an_error() {
        let e = Vocabulary::count(["a"], 1).decode(&[0, 1]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the number of a word: expected a number below 1, got 1"
        );
    }

    #[test]
    fn it_shows_itself() {
        let v = Vocabulary::count("a a a b b c".split(' '), 2);
        let lines: Vec<String> = v.to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            lines[0],
            "Vocabulary of 2 words for 5 running words (83.3% of the text)"
        );
        assert!(lines[3].starts_with(" 0  a         3  60.00%"), "{}", lines[3]);
        assert_eq!(format!("{v:?}"), "Vocabulary of 2 words: a 3, b 2");
    }
}
