//! The text formats: word2vec's, whose first line gives the number of words and of dimensions, and GloVe's,
//! which has no such line.
//!
//! The numbers are the last fields of a line, so a word may contain spaces, as a few of GloVe's do (". . .").
//! Only if the word's own last field is a number can it not be told from a line with one number too many;
//! that is an error.

use std::io::{BufRead, Write};
use std::path::Path;

use super::lines::Lines;
use super::{Rows, kind};
use crate::embeddings::Embeddings;
use crate::error::Location;
use crate::files::write_whole;
use crate::{Error, Result};

/// The two numbers of word2vec's first line: words and dimension.
pub(super) fn header(line: &[u8]) -> Option<(usize, usize)> {
    let line = std::str::from_utf8(line).ok()?;
    let (n, d) = line.trim_end().split_once(' ')?;
    Some((n.parse().ok()?, d.parse().ok()?))
}

pub(super) fn read(source: impl BufRead, path: &Path, with_header: bool) -> Result<Embeddings> {
    let mut lines = Lines::new(source, path);
    let wrong = |number: u64, problem: String| Error::format(path.display(), Location::Line(number), problem);
    let Some(first) = lines.next()? else {
        return Err(wrong(1, "expected vectors, got an empty file".into()));
    };
    let mut expected = None;
    let mut rows = match with_header {
        true => {
            let Some((n, dimension)) = header(first) else {
                let got = String::from_utf8_lossy(&first[..first.len().min(40)]);
                let problem = format!("expected two numbers, of words and of dimensions, got {got:?}");
                return Err(wrong(1, problem));
            };
            if dimension == 0 && n > 0 {
                return Err(wrong(1, "expected at least one dimension, got 0".into()));
            }
            expected = Some(n);
            Rows::new(path, dimension)
        }
        false => {
            let mut rows = Rows::new(path, trailing_numbers(first));
            row(&mut rows, first, 1)?;
            rows
        }
    };
    loop {
        let number = lines.number + 1;
        match (lines.next()?, expected) {
            (None, Some(n)) if rows.words.len() < n => {
                let problem = format!(
                    "expected {n} words as the first line says, got {}",
                    rows.words.len()
                );
                return Err(rows.wrong(Location::Line(number), problem));
            }
            (None, _) => return rows.done(),
            // An empty line is the word "" without numbers, unless nothing follows it.
            (Some([]), _) if expected.is_none_or(|n| rows.words.len() == n) => {
                while let Some(line) = lines.next()? {
                    if !line.is_empty() {
                        return Err(
                            rows.wrong(Location::Line(number), "expected a word and numbers, got nothing")
                        );
                    }
                }
                return rows.done();
            }
            (Some(_), Some(n)) if rows.words.len() == n => {
                let problem =
                    format!("expected the end after {n} words as the first line says, got another one");
                return Err(rows.wrong(Location::Line(number), problem));
            }
            (Some(line), _) => row(&mut rows, line, number)?,
        }
    }
}

/// How many numbers there are at the end of GloVe's first line; the word is not counted.
fn trailing_numbers(line: &[u8]) -> usize {
    let numbers = line
        .rsplit(|&b| b == b' ')
        .take_while(|field| is_number(field))
        .count();
    numbers.min(line.iter().filter(|&&b| b == b' ').count())
}

fn is_number(field: &[u8]) -> bool {
    std::str::from_utf8(field).is_ok_and(|field| field.parse::<f32>().is_ok())
}

/// Parses one line.
fn row(rows: &mut Rows, line: &[u8], number: u64) -> Result<()> {
    let place = Location::Line(number);
    let d = rows.dimension;
    // The first line may promise any number of dimensions, so memory is reserved only once their fields are
    // there.
    let n_fields = 1 + line.iter().filter(|&&b| b == b' ').count();
    if n_fields <= d {
        let numbers = line.rsplit(|&b| b == b' ').take_while(|field| is_number(field));
        let found = numbers.count().min(n_fields - 1);
        return Err(rows.wrong(place, format!("expected {d} numbers after the word, got {found}")));
    }
    let mut fields = line.rsplitn(d + 1, |&b| b == b' ');
    let start = rows.numbers.len();
    rows.numbers.resize(start + d, 0.0);
    for j in (0..d).rev() {
        // The last field is the word, whatever it contains.
        let Some(field) = fields.next() else { break };
        match std::str::from_utf8(field)
            .ok()
            .and_then(|f| f.parse::<f32>().ok())
        {
            Some(x) if x.is_finite() => rows.numbers[start + j] = x,
            Some(x) => {
                return Err(rows.wrong(place, format!("number {}: expected a finite one, got {x}", j + 1)));
            }
            None => {
                let problem = format!("number {}: expected one, got {}", j + 1, kind::shown(field));
                return Err(rows.wrong(place, problem));
            }
        }
    }
    let word = fields.next().unwrap_or_default();
    if ends_in_number(word) {
        return Err(rows.wrong(
            place,
            format!("expected {d} numbers after the word, got at least {}", d + 1),
        ));
    }
    rows.word(word, place)
}

/// Whether the word contains a space and ends in a number.
fn ends_in_number(word: &[u8]) -> bool {
    let last = word
        .iter()
        .rposition(|&b| b == b' ')
        .map(|space| &word[space + 1..]);
    last.is_some_and(is_number)
}

pub(super) fn write(e: &Embeddings, path: &Path, with_header: bool) -> Result<()> {
    let unfit = |word: &&String| word.contains('\n') || ends_in_number(word.as_bytes());
    if let Some(word) = e.words().iter().find(unfit) {
        let expected =
            "words without a line break and without a number after a space (safetensors can hold them)";
        return Err(Error::value(
            "the words of a text file of vectors",
            expected,
            format!("{word:?}"),
        ));
    }
    if !with_header && e.is_empty() {
        let expected = "at least one (word2vec's format can hold none)";
        return Err(Error::value("the words of a GloVe file", expected, "none"));
    }
    write_whole(path, |out| {
        if with_header {
            writeln!(out, "{} {}", e.len(), e.dimension())?;
        }
        let mut line = String::new();
        for (word, row) in e.words().iter().zip(e.matrix().outer_iter()) {
            line.clear();
            line.push_str(word);
            for x in row {
                use std::fmt::Write;
                // `Debug` writes the fewest digits that are read back as the same number.
                write!(line, " {x:?}").map_err(std::io::Error::other)?;
            }
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    })
}
