//! A concordance: a word wherever it occurs, with the text around it (Luhn 1960: keyword in context).
//!
//! It is the oldest way to see the company that a word keeps, and still the first thing to do about a number
//! that surprises.

use std::fmt;
use std::ops::Range;

use super::spelling::spelled_like;
use super::{Corpus, grouped};
use crate::{Error, Result, show};

/// How many characters are shown on either side.
const AROUND: usize = 45;
/// How many characters of a title are shown.
const TITLE: usize = 25;

/// Some occurrences of a word in a corpus.
#[derive(Clone, PartialEq, Eq)]
pub struct Concordance {
    /// The word.
    pub word: String,
    /// How often it occurs in all.
    pub n_places: usize,
    /// Occurrences from all over the corpus, in order.
    pub occurrences: Vec<Occurrence>,
}

/// One occurrence of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The title of the document.
    pub title: String,
    /// The text before it.
    pub left: String,
    /// The word as it is written here.
    pub word: String,
    /// The text after it.
    pub right: String,
}

impl Corpus {
    /// `n` occurrences of `word`, spread evenly over the corpus, with the text around them.
    ///
    /// ```
    /// use course::corpus::{Corpus, Document};
    /// let corpus = Corpus::new("Two lines", vec![
    ///     Document::new("first", "The cat sat on the mat."),
    ///     Document::new("second", "The dog sat on the log."),
    /// ]);
    /// let occurrences = corpus.concordance("sat", 2)?.occurrences;
    /// assert_eq!((occurrences[1].left.as_str(), occurrences[1].right.as_str()), ("The dog", "on the log."));
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `word` is not one word, or is not in the corpus.
    pub fn concordance(&self, word: &str, n: usize) -> Result<Concordance> {
        let wanted: Vec<String> = self.cut().iter(word).map(Into::into).collect();
        let [wanted] = wanted.as_slice() else {
            return Err(Error::value(
                "the word",
                "one word",
                format!("{} in {word:?}", wanted.len()),
            ));
        };
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for (i, document) in self.documents().iter().enumerate() {
            let mut words = self.cut().iter(&document.text);
            while let Some(other) = words.next() {
                if other == *wanted {
                    found.push((i, words.last_place()));
                }
            }
        }
        if found.is_empty() {
            let known = self.vocabulary(1);
            let near = spelled_like(wanted, known.words(), 3);
            return Err(Error::unknown(
                "word",
                word,
                near.into_iter().map(|i| known.words()[i].clone()).collect(),
            ));
        }
        let n_places = found.len();
        let n = n.min(n_places);
        let occurrence = |i: usize| {
            let (document, range) = &found[i * n_places / n];
            let document = &self.documents()[*document];
            Occurrence {
                title: document.title.clone(),
                left: last_chars(&document.text[..range.start]),
                word: document.text[range.clone()].to_owned(),
                right: first_chars(&document.text[range.end..]),
            }
        };
        Ok(Concordance {
            word: wanted.clone(),
            n_places,
            occurrences: (0..n).map(occurrence).collect(),
        })
    }
}

/// The end of `text`, on one line and in whole words.
fn last_chars(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut left = AROUND;
    for piece in text.split_whitespace().rev() {
        let n = piece.chars().count() + 1;
        if n > left {
            break;
        }
        left -= n;
        kept.push(piece);
    }
    kept.reverse();
    kept.join(" ")
}

/// The beginning of `text`, on one line and in whole words.
fn first_chars(text: &str) -> String {
    let mut line = String::new();
    let mut left = AROUND;
    for piece in text.split_whitespace() {
        let n = piece.chars().count() + 1;
        if n > left {
            break;
        }
        left -= n;
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(piece);
    }
    line
}

impl Concordance {
    fn summary(&self) -> String {
        format!(
            "{:?} in {} of {} occurrences",
            self.word,
            grouped(self.occurrences.len() as u64),
            grouped(self.n_places as u64)
        )
    }

    fn to_html(&self) -> String {
        let mut html = format!(
            "<table style=\"border-collapse:collapse;color:var(--jp-content-font-color1,currentColor);font-size:13px\">\
             <caption style=\"text-align:left;font-weight:600\">{}</caption>",
            show::escape(&self.summary())
        );
        for occurrence in &self.occurrences {
            let cell = |align: &str, text: &str| {
                let text = show::escape(text);
                format!(
                    "<td style=\"text-align:{align};padding:.1em .4em;border:0;white-space:nowrap\">{text}</td>"
                )
            };
            let word = cell("center", &occurrence.word).replace("border:0", "border:0;font-weight:600");
            let title = cell("left", &occurrence.title).replace("border:0", "border:0;opacity:.7");
            html += &format!(
                "<tr>{}{word}{}{title}</tr>",
                cell("right", &occurrence.left),
                cell("left", &occurrence.right)
            );
        }
        html + "</table>"
    }

    /// Shows it in a notebook, the word in the middle.
    pub fn evcxr_display(&self) {
        show::display(&self.to_html(), &self.to_string());
    }
}

impl fmt::Display for Concordance {
    /// One line for each occurrence, with the words one below the other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.summary())?;
        let widest = self
            .occurrences
            .iter()
            .map(|occurrence| occurrence.left.chars().count())
            .max()
            .unwrap_or(0);
        for occurrence in &self.occurrences {
            let Occurrence {
                title,
                left,
                word,
                right,
            } = occurrence;
            let title: String = title.chars().take(TITLE).collect();
            write!(f, "\n{left:>widest$}  {word}  {right}  ({title})")?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(Concordance);

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;

    fn corpus() -> Corpus {
        let text = |i: usize| format!("Call me number {i}.  The\nWHALE's whale <i>was</i> there, a WHALE!");
        Corpus::new(
            "Whales",
            (0..10)
                .map(|i| Document::new(format!("Chapter {i}"), text(i)))
                .collect(),
        )
    }

    #[test]
    fn places_are_spread_over_the_corpus() {
        let found = corpus().concordance("Whale", 4).unwrap();
        assert_eq!((found.word.as_str(), found.n_places), ("whale", 20));
        let titles: Vec<_> = found
            .occurrences
            .iter()
            .map(|occurrence| occurrence.title.as_str())
            .collect();
        assert_eq!(titles, ["Chapter 0", "Chapter 2", "Chapter 5", "Chapter 7"]);
        assert_eq!(found.occurrences[1].word, "WHALE");
        assert_eq!(found.occurrences[1].right, "!");
        assert_eq!(
            found.occurrences[1].left,
            "2. The WHALE's whale <i>was</i> there, a"
        );
        assert_eq!(corpus().concordance("whale", 99).unwrap().occurrences.len(), 20);
        assert!(corpus().concordance("whale", 0).unwrap().occurrences.is_empty());
    }

    #[test]
    fn the_words_are_one_below_the_other() {
        let shown = corpus().concordance("whale's", 2).unwrap().to_string();
        assert_eq!(
            shown,
            "\"whale's\" in 2 of 10 occurrences\n\
             Call me number 0. The  WHALE's  whale <i>was</i> there, a WHALE!  (Chapter 0)\n\
             Call me number 5. The  WHALE's  whale <i>was</i> there, a WHALE!  (Chapter 5)"
        );
        let html = corpus().concordance("whale's", 1).unwrap().to_html();
        assert!(
            html.contains("WHALE&#39;s") && html.contains("&lt;i&gt;") && !html.contains("<i>"),
            "{html}"
        );
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let e = corpus().concordance("whael", 3).unwrap_err();
        assert_eq!(e.to_string(), r#"no word "whael"; did you mean "whale"?"#);
        let e = corpus().concordance("the whale", 3).unwrap_err();
        assert_eq!(
            e.to_string(),
            r#"the word: expected one word, got 2 in "the whale""#
        );
    }
}
