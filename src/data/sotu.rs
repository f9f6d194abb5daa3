//! The State of the Union addresses, 1790 to 2021: 233 speeches, 1.79 million words, with year, president and
//! party.
//!
//! Once a year the President of the United States reports to Congress. The genre stays the same and the
//! language changes, so this is a text for topics (what is it about?), for changes of meaning (what did
//! *broadcast* mean?), and for the plainest question to a classifier (whose is it?).
//!
//! Some things to know before trusting a figure: there is no address for 1933, and there are two for 1953 and
//! 1961, when one President left and another came. Washington gave two addresses in 1790, and this has the
//! second of them; his party is `none`. A text is one paragraph. Tables came out as runs of figures, and the
//! text of 1932 breaks off in one. From 1977 on most transcripts note laughter or applause, that of 2021 in
//! 82 places: *applause* is a word of our time.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::vendored::{File, built_in, sound};
use crate::corpus::{Corpus, Document};
use crate::error::Location;
use crate::{Result, show};

static FILE: File = built_in!("sotu/speeches.tsv.lzma");

/// How many characters of a speech are shown.
const SHOWN: usize = 100;

/// One address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// The year in which it was given.
    pub year: i32,
    /// The President who gave it.
    pub president: String,
    /// His party at the time; `none` for Washington.
    pub party: String,
    /// What he said, or wrote.
    pub text: String,
}

/// The speeches, oldest first.
///
/// Decoded on first use, in less than a tenth of a second.
///
/// ```
/// use course::data::sotu;
/// let speech = sotu::speeches().iter().find(|s| s.year == 1863).unwrap();
/// assert_eq!(speech.president, "Abraham Lincoln");
/// assert_eq!(speech.party, "Republican");
/// ```
pub fn speeches() -> &'static [Speech] {
    static SPEECHES: LazyLock<Vec<Speech>> =
        LazyLock::new(|| sound(FILE.text().and_then(|text| parse(&text))));
    &SPEECHES
}

/// The speeches as a corpus. The title is "1863, Abraham Lincoln", the year is set, the label is the party,
/// and the president is under `president`.
///
/// ```
/// let corpus = course::data::sotu::corpus();
/// let first = &corpus.documents()[0];
/// assert_eq!(first.title, "1790, George Washington");
/// assert_eq!((first.year, first.get("president")), (Some(1790), Some("George Washington")));
/// ```
pub fn corpus() -> Corpus {
    let document = |s: &Speech| {
        Document::new(s.title(), s.text.clone())
            .with_year(s.year)
            .with_label(s.party.clone())
            .with("president", s.president.clone())
    };
    Corpus::new(
        "State of the Union addresses",
        speeches().iter().map(document).collect(),
    )
}

/// Parses the table.
fn parse(text: &str) -> Result<Vec<Speech>> {
    let rows = FILE.rows(text, ["year", "president", "party", "text"])?;
    rows.into_iter()
        .map(|(line, [year, president, party, text])| {
            Ok(Speech {
                year: year
                    .parse()
                    .map_err(|e| FILE.wrong(Location::Line(line), format!("year {year:?}: {e}")))?,
                president: president.to_owned(),
                party: party.to_owned(),
                text: text.to_owned(),
            })
        })
        .collect()
}

impl Speech {
    /// "1863, Abraham Lincoln".
    pub fn title(&self) -> String {
        format!("{}, {}", self.year, self.president)
    }

    /// Shows it in a notebook: its title, its length and its first words.
    pub fn evcxr_display(&self) {
        let html = format!(
            "<b>{}</b> <small>{}, {} words</small><br>{}",
            show::escape(&self.title()),
            show::escape(&self.party),
            self.text.split_whitespace().count(),
            show::escape(&show::beginning(&self.text, SHOWN)),
        );
        show::display(&html, &self.to_string());
    }
}

impl fmt::Display for Speech {
    /// Its title, its length and its first words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (title, party, words) = (self.title(), &self.party, self.text.split_whitespace().count());
        let first = show::beginning(&self.text, SHOWN);
        write!(f, "{title} ({party}, {words} words): {first}")
    }
}

crate::show::debug_shows!(Speech);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_row_is_an_error() {
        let e = parse("year\tpresident\tparty\ttext\nMDCCXC\tG\tnone\tx\n")
            .unwrap_err()
            .to_string();
        assert!(
            e.starts_with("built-in sotu/speeches.tsv.lzma, line 2: year \"MDCCXC\": "),
            "{e}"
        );
    }

    #[test]
    fn a_speech_never_shows_all_of_itself() {
        let text = "Four score and seven years ago ".repeat(1000);
        let speech = Speech {
            year: 1863,
            president: "A".into(),
            party: "R".into(),
            text,
        };
        let shown = format!("{speech:?}");
        assert!(
            shown.starts_with("1863, A (R, 6000 words): Four score"),
            "{shown}"
        );
        assert!(shown.chars().count() < 150 && shown.ends_with(" …"), "{shown}");
    }
}
