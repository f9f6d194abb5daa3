//! Pairs of words, with people's ratings of how similar they are.

use std::fs;
use std::path::Path;

use crate::error::Location;
use crate::fetched;
use crate::plot::Table;
use crate::{Error, Result};

/// Pairs of words, each with a rating from 0 to 10, mostly the mean of some ten people's ratings.
#[derive(Clone, PartialEq)]
pub struct RatedPairs {
    name: String,
    pairs: Vec<(String, String, f32)>,
}

impl RatedPairs {
    /// WordSim-353, which rates relatedness and similarity without telling them apart: "coffee, cup" has
    /// 6.58.
    ///
    /// # Errors
    /// It has not been fetched; the message says how.
    pub fn wordsim353() -> Result<Self> {
        let pairs = Self::read(fetched::path("word-pairs", "wordsim353.tsv")?)?;
        Ok(Self {
            name: "WordSim-353".into(),
            ..pairs
        })
    }

    /// SimLex-999, which rates similarity only: "coffee, tea" is high, "coffee, cup" would be low.
    ///
    /// # Errors
    /// It has not been fetched; the message says how.
    pub fn simlex999() -> Result<Self> {
        let pairs = Self::read(fetched::path("word-pairs", "simlex999.txt")?)?;
        Ok(Self {
            name: "SimLex-999".into(),
            ..pairs
        })
    }

    /// Reads a file of this form, which is gensim's: one pair a line, two words and a number with tabs
    /// between them. Lines that begin with `#` are notes.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, or has a line of another form.
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let at = Location::Byte(e.utf8_error().valid_up_to() as u64);
            Error::format(path.display(), at, "expected UTF-8")
        })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Self::parse_named(&name, &path.display().to_string(), &text)
    }

    /// Parses a text of this form.
    ///
    /// # Errors
    /// A line has another form, or there is none.
    ///
    /// ```
    /// use course::embeddings::evaluation::RatedPairs;
    /// let pairs = RatedPairs::parse("animals", "# made up\ncat\tdog\t7.5\nCat\tmoon\t0.5\n")?;
    /// assert_eq!(pairs.pairs()[1], ("cat".into(), "moon".into(), 0.5));
    /// let e = RatedPairs::parse("animals", "cat\tdog\n").unwrap_err();
    /// assert_eq!(e.to_string(), "animals, line 1: expected two words and a number with tabs between, got \"cat\\tdog\"");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        Self::parse_named(name, name, text)
    }

    fn parse_named(name: &str, file: &str, text: &str) -> Result<Self> {
        let mut pairs = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut fields = line.split('\t');
            let pair = match (fields.next(), fields.next(), fields.next().map(str::parse::<f32>)) {
                (Some(a), Some(b), Some(Ok(rating))) if rating.is_finite() => Some((a, b, rating)),
                _ => None,
            };
            let (a, b, rating) = pair.ok_or_else(|| {
                let problem = format!("expected two words and a number with tabs between, got {line:?}");
                Error::format(file, Location::Line(number), problem)
            })?;
            pairs.push((a.to_lowercase(), b.to_lowercase(), rating));
        }
        match pairs.is_empty() {
            false => Ok(Self {
                name: name.to_owned(),
                pairs,
            }),
            true => Err(Error::format(
                file,
                Location::Whole,
                "expected pairs of words, got none",
            )),
        }
    }

    /// What the set is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pairs in lower case with their ratings.
    pub fn pairs(&self) -> &[(String, String, f32)] {
        &self.pairs
    }

    /// As a table.
    pub fn table(&self) -> Table {
        Table::new(["", "", "rating"])
            .title(&self.name)
            .at_most(10)
            .rows(self.pairs.iter().map(|(a, b, rating)| (a, b, *rating)))
    }
}

crate::show::shown_as_table!(RatedPairs);
