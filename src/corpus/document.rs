//! One document: a title, a text, and what is known about it.

use std::collections::BTreeMap;
use std::fmt;

use super::{sentences, words};

/// One document of a [`Corpus`](super::Corpus).
///
/// ```
/// use course::corpus::Document;
/// let d = Document::new("Gettysburg", "Four score and seven years ago our fathers brought forth a new nation.")
///     .with_year(1863)
///     .with("president", "Lincoln");
/// assert_eq!(d.year, Some(1863));
/// assert_eq!(d.get("president"), Some("Lincoln"));
/// assert_eq!(d.words()[..2], ["four", "score"]);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The text itself.
    pub text: String,
    /// The year that it is from.
    pub year: Option<i32>,
    /// The class that it belongs to: what a classifier should find.
    pub label: Option<String>,
    /// Whatever else is known, by name: "president", "language", …
    pub fields: BTreeMap<String, String>,
}

crate::show::shown_as_line!(Document);

impl Document {
    /// A document of which only `title` and `text` are known.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            ..Self::default()
        }
    }

    /// The same document, from `year`.
    #[must_use]
    pub fn with_year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    /// The same document, of class `label`.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same document, with `value` under `name`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.insert(name.into(), value.into());
        self
    }

    /// What is known under `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// The words of the text, in order: see [`words`].
    pub fn words(&self) -> Vec<String> {
        words(&self.text)
    }

    /// The sentences of the text, in order: see [`sentences`].
    pub fn sentences(&self) -> Vec<String> {
        sentences(&self.text)
    }
}

impl fmt::Display for Document {
    /// The title, what else is known, and the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.title)?;
        let known: Vec<String> = (self.year.iter().map(i32::to_string))
            .chain(self.label.clone())
            .chain(self.fields.iter().map(|(name, value)| format!("{name}: {value}")))
            .collect();
        if !known.is_empty() {
            write!(f, " ({})", known.join(", "))?;
        }
        write!(f, "\n{}", self.text)
    }
}
