//! A corpus: documents in memory.

use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;

use super::counting::count_documents;
use super::texts::shuffled;
use super::{Cut, Document, Texts, Vocabulary, grouped};
use crate::Result;
use crate::plot::{Cell, Column, Table};
use crate::show;

/// How many documents a corpus shows, and how many characters of each.
const SHOWN: usize = 5;
const SHOWN_CHARS: usize = 45;

/// Documents in memory, under a name.
///
/// ```
/// use course::corpus::{Corpus, Document};
/// let corpus = Corpus::new("Two lines", vec![
///     Document::new("first", "The cat sat on the mat.").with_year(1890),
///     Document::new("second", "The dog sat on the log.").with_year(1910),
/// ]);
/// assert_eq!(corpus.tokens(), 12);
/// assert_eq!(corpus.vocabulary(2).words(), ["the", "on", "sat"]);
/// let old = corpus.filter(|d| d.year < Some(1900));
/// assert_eq!(old.len(), 1);
/// ```
#[derive(Clone, PartialEq)]
pub struct Corpus {
    name: String,
    documents: Vec<Document>,
    cut: Cut,
}

impl Corpus {
    /// A corpus of these documents.
    pub fn new(name: impl Into<String>, documents: Vec<Document>) -> Self {
        Self {
            name: name.into(),
            documents,
            cut: Cut::Words,
        }
    }

    /// The same corpus, for texts that are already cut into words separated by white space.
    #[must_use]
    pub fn already_cut(mut self) -> Self {
        self.cut = Cut::Spaces;
        self
    }

    /// The same corpus under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The documents, in order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The first document that has this title.
    pub fn find(&self, title: &str) -> Option<&Document> {
        self.documents.iter().find(|d| d.title == title)
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there are no documents at all.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// How its texts are cut into words.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// How many running words there are.
    pub fn tokens(&self) -> usize {
        self.documents
            .par_iter()
            .map(|d| self.cut.iter(&d.text).count())
            .sum()
    }

    /// The words that occur at least `min_count` times. Counted on all threads.
    pub fn vocabulary(&self, min_count: u64) -> Vocabulary {
        Vocabulary::of_counter(count_documents(&self.documents, self.cut), min_count)
    }

    /// The documents for which `keep` is true, as a corpus of their own.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&Document) -> bool) -> Self {
        Self {
            name: self.name.clone(),
            documents: self.documents.iter().filter(|d| keep(d)).cloned().collect(),
            cut: self.cut,
        }
    }

    /// One corpus for each different `key` of a document, in the order of the keys, with the key as its name.
    ///
    /// ```
    /// # use course::corpus::{Corpus, Document};
    /// let corpus = Corpus::new("Years", [1790, 1850, 1950].map(|y| Document::new("", "").with_year(y)).into());
    /// let parts = corpus.split_by(|d| if d.year < Some(1900) { "before 1900" } else { "since 1900" });
    /// assert_eq!(parts.iter().map(|c| (c.name(), c.len())).collect::<Vec<_>>(),
    ///            [("before 1900", 2), ("since 1900", 1)]);
    /// ```
    pub fn split_by<K: Ord + ToString>(&self, key: impl Fn(&Document) -> K) -> Vec<Self> {
        let mut parts: BTreeMap<K, Vec<Document>> = BTreeMap::new();
        for document in &self.documents {
            parts.entry(key(document)).or_default().push(document.clone());
        }
        let part = |(key, documents): (K, _)| Self {
            name: key.to_string(),
            documents,
            cut: self.cut,
        };
        parts.into_iter().map(part).collect()
    }

    /// The first documents, for showing them.
    fn table(&self) -> Table {
        let years = self.documents.iter().any(|d| d.year.is_some());
        let labels = self.documents.iter().any(|d| d.label.is_some());
        let mut columns = vec![Column::new("title")];
        columns.extend(years.then(|| Column::new("year")));
        columns.extend(labels.then(|| Column::new("label")));
        columns.extend([Column::new("words").grouped(), Column::new("begins")]);
        let mut table = Table::new(columns).title(self.summary());
        for d in self.documents.iter().take(SHOWN) {
            let mut row = vec![Cell::from(&d.title)];
            row.extend(years.then(|| d.year.into()));
            row.extend(labels.then(|| d.label.clone().into()));
            row.extend([self.cut.iter(&d.text).count().into(), beginning(&d.text).into()]);
            table.push(row);
        }
        match self.len().saturating_sub(SHOWN) {
            0 => table,
            more => table.note(format!("… and {} more", grouped(more as u64))),
        }
    }

    fn summary(&self) -> String {
        let (n, tokens) = (grouped(self.len() as u64), grouped(self.tokens() as u64));
        let plural = if self.len() == 1 { "" } else { "s" };
        let years = self.documents.iter().filter_map(|d| d.year);
        let years = match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) if first < last => format!(", {first} to {last}"),
            (Some(year), _) => format!(", {year}"),
            _ => String::new(),
        };
        format!("{}: {n} document{plural}, {tokens} words{years}", self.name)
    }

    /// Shows a summary and the first documents in a notebook.
    pub fn evcxr_display(&self) {
        show::display(&self.table().to_html(), &self.to_string());
    }
}

/// The beginning of `text`, on one line.
fn beginning(text: &str) -> String {
    let mut line = String::new();
    let mut left = SHOWN_CHARS;
    for piece in text.split_whitespace() {
        let n = piece.chars().count();
        if n >= left {
            return line + "…";
        }
        left -= n + 1;
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(piece);
    }
    line
}
impl Texts for Corpus {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.documents().iter().try_for_each(|d| f(&d.text))
    }

    fn each_mixed(&self, seed: u64, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        let documents = self.documents();
        let mut order = shuffled(documents.len(), seed).into_iter();
        order.try_for_each(|i| f(&documents[i].text))
    }

    fn cut(&self) -> Cut {
        Corpus::cut(self)
    }
}

impl fmt::Display for Corpus {
    /// A summary and the first documents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

crate::show::debug_shows!(Corpus, |this, f| { f.write_str(&this.summary()) });
