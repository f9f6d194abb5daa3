//! Four English Bibles verse by verse: about 31,000 texts that say the same in other words.
//!
//! Two translations of a verse are a **positive pair**: nobody had to label it. How alike they are differs
//! from verse to verse, from the same words to hardly a common one. Some verses are there many times, as
//! *And the LORD spake unto Moses, saying*: each is a **false negative** for the others.
//!
//! The four are the King James Version (1611, in the spelling of 1769); the American King James Version,
//! which replaces its old words one by one; and two revisions of it from the Hebrew and Greek, the English
//! Revised Version (1885) and the American Standard Version (1901). A verse that not all four have is left
//! out, and so are the editors' marks: brackets around what the translators added and around what Jesus says.
//!
//! Source: the item `bible` of `cargo course fetch`, the package bible-lib.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::Path;

use super::path;
use crate::error::Location;
use crate::{Error, Result, show};

/// The translations, in the order of [`Verse::texts`].
pub const TRANSLATIONS: [&str; 4] = [
    "King James",
    "American King James",
    "American Standard",
    "English Revised",
];

/// The files of the item, in the same order.
const FILES: [&str; 4] = ["kjv.txt", "akjv.txt", "asv.txt", "erv.txt"];

/// One verse in the four [`TRANSLATIONS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verse {
    /// Book, chapter and verse: `Genesis 1:1`.
    pub name: String,
    /// Its text in each translation.
    pub texts: [String; 4],
}

/// All verses that the four translations have, in the order of the first.
///
/// # Errors
/// The item `bible` has not been fetched (the message says how), or a line has another form.
///
/// ```
/// use course::error::ErrorKind;
/// match course::fetched::bible::verses() {
///     Ok(verses) => assert_eq!((verses.len(), verses[0].name.as_str()), (31_086, "Genesis 1:1")),
///     Err(e) => assert_eq!(e.kind(), ErrorKind::Missing),
/// }
/// ```
pub fn verses() -> Result<Vec<Verse>> {
    let mut texts = Vec::new();
    for file in FILES {
        let path = path("bible", file)?;
        let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, e))?;
        texts.push(parse(&path, &text)?);
    }
    Ok(aligned(&texts))
}

/// A verse of one translation: the number of its book, chapter and verse as they are written, then its name
/// and its text.
type Parsed = ((usize, String), String, String);

/// The verses of one translation. A line is the book, `chapter:verse`, and the text. Lines without a text and
/// a verse that is there twice are left out.
fn parse(file: &Path, text: &str) -> Result<Vec<Parsed>> {
    let mut found: Vec<Parsed> = Vec::new();
    let (mut n_books, mut last_book) = (0, String::new());
    let text = text.trim_start_matches('\u{feff}');
    for (n, line) in (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let wrong = || {
            let problem = format!(
                "expected `book chapter:verse text`, got {:?}",
                show::beginning(line, 40)
            );
            Error::format(file.display(), Location::Line(n), problem)
        };
        // A book's name may begin with a number and have several words: the place is the first with a colon
        // between digits.
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words
            .iter()
            .position(|word| is_place(word))
            .filter(|&at| at > 0)
            .ok_or_else(wrong)?;
        let book = words[..at].join(" ");
        if book != last_book {
            (n_books, last_book) = (n_books + 1, book.clone());
        }
        let text: String = (words[at + 1..].join(" ").chars())
            .filter(|c| !matches!(c, '[' | ']' | '‹' | '›' | '_'))
            .collect();
        let key = (n_books, words[at].to_owned());
        if !text.is_empty() && found.last().is_none_or(|verse| verse.0 != key) {
            found.push((key, format!("{book} {}", words[at]), text));
        }
    }
    Ok(found)
}

/// Whether it is a chapter and a verse: digits, a colon, digits.
fn is_place(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    word.split_once(':')
        .is_some_and(|(chapter, verse)| digits(chapter) && digits(verse))
}

/// The verses that all translations have. Books are told by their number, for not all have the same names.
fn aligned(translations: &[Vec<Parsed>]) -> Vec<Verse> {
    let by_key: Vec<HashMap<&(usize, String), &String>> = (translations.iter())
        .map(|verses| verses.iter().map(|(key, _, text)| (key, text)).collect())
        .collect();
    let first = translations.first().map_or(&[][..], Vec::as_slice);
    let verse = |(key, name, _): &Parsed| {
        let texts: Option<Vec<String>> = (by_key.iter())
            .map(|of| of.get(key).map(|&t| t.clone()))
            .collect();
        let texts: [String; 4] = texts?.try_into().ok()?;
        Some(Verse {
            name: name.clone(),
            texts,
        })
    };
    first.iter().filter_map(verse).collect()
}

impl Verse {
    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        let rows: String = (TRANSLATIONS.iter().zip(&self.texts))
            .map(|(name, text)| format!("<br>{}: {}", show::escape(name), show::escape(text)))
            .collect();
        show::display(
            &format!("<p><b>{}</b>{rows}</p>", show::escape(&self.name)),
            &self.to_string(),
        );
    }
}

impl fmt::Display for Verse {
    /// Its name, and a line for each translation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        (TRANSLATIONS.iter().zip(&self.texts)).try_for_each(|(name, text)| write!(f, "\n{name}: {text}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Parsed> {
        parse(Path::new("x.txt"), text).unwrap()
    }

    #[test]
    fn a_line_is_a_book_a_place_and_a_text() {
        let found = of(
            "\u{feff}Genesis 1:2 And [it] was ‹so›.\r\nSong of Solomon 1:1 The song.\r\n1 John 3:16 At 3:16.",
        );
        let texts: Vec<(&str, &str)> = found.iter().map(|v| (v.1.as_str(), v.2.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("Genesis 1:2", "And it was so."),
                ("Song of Solomon 1:1", "The song."),
                ("1 John 3:16", "At 3:16.")
            ]
        );
        let wrong = parse(Path::new("x.txt"), "Genesis 1:1 In the\n\nno place here")
            .unwrap_err()
            .to_string();
        assert_eq!(
            wrong,
            "x.txt, line 3: expected `book chapter:verse text`, got \"no place here\""
        );
        assert!(parse(Path::new("x.txt"), "1:1 without a book").is_err());
    }

    #[test]
    fn verses_are_aligned_by_the_number_of_the_book() {
        let one = of("Job 1:1 a\nPsalms 1:1 b\nPsalms 1:2 c\nPsalms 1:2 c again\nActs 1:1 d");
        let other = of("Job 1:1 A\nPsalm 1:1 B\nPsalm 1:2\nActs 1:1 D\nActs 1:2 E");
        let verses = aligned(&[one.clone(), other.clone(), one, other]);
        let names: Vec<&str> = verses.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["Job 1:1", "Psalms 1:1", "Acts 1:1"]);
        assert_eq!(verses[1].texts, ["b", "B", "b", "B"]);
        assert!(
            verses[0]
                .to_string()
                .starts_with("Job 1:1\nKing James: a\nAmerican King James: A")
        );
        assert!(aligned(&[]).is_empty());
    }
}
