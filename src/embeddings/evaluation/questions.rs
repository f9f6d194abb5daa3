//! Analogy questions in sections, as in Google's set.

use std::fs;
use std::path::Path;

use crate::error::Location;
use crate::plot::Table;
use crate::{Error, Result};

/// Questions a : b = c : d in sections.
#[derive(Clone, PartialEq)]
pub struct AnalogyQuestions {
    sections: Vec<(String, Vec<[String; 4]>)>,
}

impl AnalogyQuestions {
    /// Reads a file of this form: a line `: name` begins a section, and each other line is four words.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, or has a line of another form.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let name = path.display().to_string();
        let text = String::from_utf8(bytes).map_err(|e| {
            Error::format(
                &name,
                Location::Byte(e.utf8_error().valid_up_to() as u64),
                "expected UTF-8",
            )
        })?;
        Self::parse(&name, &text)
    }

    /// Parses a text of this form; errors call it `name`.
    ///
    /// # Errors
    /// A line has another form, or there is no question.
    ///
    /// ```
    /// use course::embeddings::evaluation::AnalogyQuestions;
    /// let questions = AnalogyQuestions::parse("mine", ": family\nman woman king queen\n")?;
    /// assert_eq!(questions.len(), 1);
    /// let e = AnalogyQuestions::parse("mine", ": family\nman woman king\n").unwrap_err();
    /// assert_eq!(e.to_string(), "mine, line 2: expected four words, got 3");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let mut sections: Vec<(String, Vec<[String; 4]>)> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if let Some(section) = line.strip_prefix(':') {
                sections.push((section.trim().to_owned(), Vec::new()));
                continue;
            }
            let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
            if words.is_empty() {
                continue;
            }
            let words: [String; 4] = words.try_into().map_err(|words: Vec<String>| {
                Error::format(
                    name,
                    Location::Line(number),
                    format!("expected four words, got {}", words.len()),
                )
            })?;
            if sections.is_empty() {
                sections.push(("questions".to_owned(), Vec::new()));
            }
            if let Some((_, questions)) = sections.last_mut() {
                questions.push(words);
            }
        }
        sections.retain(|(_, questions)| !questions.is_empty());
        match sections.is_empty() {
            false => Ok(Self { sections }),
            true => Err(Error::format(
                name,
                Location::Whole,
                "expected questions of four words, got none",
            )),
        }
    }

    /// The sections with their questions, in lower case.
    pub fn sections(&self) -> &[(String, Vec<[String; 4]>)] {
        &self.sections
    }

    /// How many questions there are.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|(_, questions)| questions.len()).sum()
    }

    /// Whether there is no question; there always is one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As a table: each section with its number of questions and the first one.
    pub fn table(&self) -> Table {
        Table::new(["section", "questions", "for instance"]).rows(self.sections.iter().map(
            |(name, questions)| {
                let first = questions
                    .first()
                    .map(|[a, b, c, d]| format!("{a} : {b} = {c} : {d}"));
                (name, questions.len(), first)
            },
        ))
    }
}

crate::show::shown_as_table!(AnalogyQuestions);
