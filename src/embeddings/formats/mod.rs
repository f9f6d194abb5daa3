//! Files of vectors: word2vec's text and binary formats, GloVe's text, and safetensors.
//!
//! | format | what it looks like | a word may not hold | keeps counts |
//! |---|---|---|---|
//! | [`word2vec`](Format::Word2vec) | `n d`, then `word x1 … xd` a line | a line break; a number after its last space | no |
//! | [`word2vec-binary`](Format::Word2vecBinary) | `n d`, then `word `, then `d` little-endian `f32`, `n` times | a space, a line break | no |
//! | [`glove`](Format::Glove) | as word2vec's text, without the first line | the same, and there must be a word | no |
//! | [`safetensors`](Format::Safetensors) | tensors `vectors` and `counts`, the words in the metadata | – | yes |
//!
//! What is written is read back exactly: the text formats write as many digits as are needed to tell one
//! `f32` from all others. A format that cannot hold a word refuses to write it. A broken file is an error,
//! which names the line (of a text) or the byte (of a binary file); part of the vectors is never returned. A
//! file is first written under another name and then renamed, so it is there whole or not at all. Files that
//! end in `.gz` are unpacked as they are read.

mod binary;
pub(crate) mod kind;
mod lines;
mod safe;
mod text;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use ndarray::Array2;

use super::Embeddings;
use crate::corpus::Vocabulary;
use crate::error::Location;
use crate::{Error, Result};

/// A format of files of vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The text format of word2vec, gensim and fastText: `.vec`.
    Word2vec,
    /// The binary format of word2vec and gensim: `.bin`.
    Word2vecBinary,
    /// GloVe's text format, without a first line: `.txt`.
    Glove,
    /// Tensors and words in one file: `.safetensors`.
    Safetensors,
}

/// How many bytes are read at once.
const BUFFER: usize = 1 << 20;

/// How many bytes are looked at to tell a text from binary data.
const LOOKED_AT: usize = 4096;

impl Embeddings {
    /// Reads vectors from a file in any of the formats. The beginning of the file shows which one it is.
    ///
    /// # Errors
    /// The file cannot be read or is broken; the message names the line or byte.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let folder = std::env::temp_dir().join("course-doc-read");
    /// std::fs::create_dir_all(&folder).expect("a temporary folder");
    /// let path = folder.join("two.vec");
    /// std::fs::write(&path, "2 3\ncat 1 0 0.5\ndog 0.9 0.1 0.4\n").expect("written");
    /// let e = Embeddings::read(&path)?;
    /// assert_eq!(*e.vector("dog")?, [0.9, 0.1, 0.4]);
    ///
    /// std::fs::write(&path, "2 3\ncat 1 0 0.5\ndog 0.9 0.1\n").expect("written");
    /// let e = Embeddings::read(&path).unwrap_err();
    /// assert!(e.to_string().ends_with("two.vec, line 3: expected 3 numbers after the word, got 2"));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let mut source = open(path)?;
        let start = source.fill_buf().map_err(|e| Error::io("read", path, e))?;
        if let Some(kind) = kind::of(start) {
            let problem = format!("expected vectors, got {kind}");
            return Err(Error::format(path.display(), Location::Byte(0), problem));
        }
        let format = Format::of(start);
        read_from(source, path, format)
    }

    /// Reads vectors from a file in this format.
    ///
    /// # Errors
    /// The file cannot be read or is broken; the message names the line or byte.
    pub fn read_as(path: impl AsRef<Path>, format: Format) -> Result<Self> {
        read_from(open(path.as_ref())?, path.as_ref(), format)
    }

    /// Writes the vectors to a file in the format that its name ends in: `.vec`, `.bin`, `.txt` or
    /// `.safetensors`.
    ///
    /// # Errors
    /// The ending is another one, the format cannot hold a word, or the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let format = match path.extension().and_then(OsStr::to_str) {
            Some("vec") => Format::Word2vec,
            Some("bin") => Format::Word2vecBinary,
            Some("txt") => Format::Glove,
            Some("safetensors") => Format::Safetensors,
            _ => {
                return Err(Error::value(
                    "the name of a file of vectors",
                    "one that ends in .vec, .bin, .txt (GloVe) or .safetensors",
                    path.display(),
                ));
            }
        };
        self.write_as(path, format)
    }

    /// Writes the vectors to a file in this format.
    ///
    /// # Errors
    /// The format cannot hold a word, or the file cannot be written.
    pub fn write_as(&self, path: impl AsRef<Path>, format: Format) -> Result<()> {
        let path = path.as_ref();
        match format {
            Format::Word2vec => text::write(self, path, true),
            Format::Glove => text::write(self, path, false),
            Format::Word2vecBinary => binary::write(self, path),
            Format::Safetensors => safe::write(self, path),
        }
    }
}

impl Format {
    /// The format of a file that begins with these bytes; a few hundred are enough. (A binary file of a few
    /// numbers whose bytes all happen to be letters is taken for a text.)
    ///
    /// ```
    /// use course::embeddings::Format;
    /// assert_eq!(Format::of(b"2 3\ncat 1 0 0.5\n"), Format::Word2vec);
    /// assert_eq!(Format::of(b"cat 1 0 0.5\n"), Format::Glove);
    /// assert_eq!(Format::of(b"1 1\ncat \x00\x00\x80\x3f"), Format::Word2vecBinary);
    /// ```
    pub fn of(start: &[u8]) -> Self {
        // Eight bytes for a length that is far below 2⁴⁰, then JSON.
        if let [_, _, _, _, _, 0, 0, 0, b'{', ..] = start {
            return Self::Safetensors;
        }
        let mut parts = start.splitn(2, |&b| b == b'\n');
        if parts.next().and_then(text::header).is_none() {
            return Self::Glove;
        }
        // Vectors stored as bytes contain some bytes that no text has.
        let rest = parts.next().unwrap_or(&[]);
        let rest = &rest[..rest.len().min(LOOKED_AT)];
        let whole = std::str::from_utf8(rest).map_or_else(|e| e.error_len().is_none(), |_| true);
        let control = rest.iter().any(|&b| b < b' ' && !b"\t\r\n".contains(&b));
        if whole && !control {
            Self::Word2vec
        } else {
            Self::Word2vecBinary
        }
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    let file = File::open(path).map_err(|e| Error::io("open", path, e))?;
    let file = BufReader::with_capacity(BUFFER, file);
    Ok(match path.extension().is_some_and(|e| e == "gz") {
        true => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(file))),
        false => Box::new(file),
    })
}

fn read_from(source: Box<dyn BufRead>, path: &Path, format: Format) -> Result<Embeddings> {
    match format {
        Format::Word2vec => text::read(source, path, true),
        Format::Glove => text::read(source, path, false),
        Format::Word2vecBinary => binary::read(source, path),
        Format::Safetensors => safe::read(source, path),
    }
}

/// Words and vectors from a file, checked as they arrive.
struct Rows<'a> {
    path: &'a Path,
    dimension: usize,
    words: Vec<String>,
    seen: std::collections::HashMap<String, Location>,
    numbers: Vec<f32>,
}

impl<'a> Rows<'a> {
    /// No rows yet, and no room for them: their number is only known once they have been read.
    fn new(path: &'a Path, dimension: usize) -> Self {
        Self {
            path,
            dimension,
            words: Vec::new(),
            seen: std::collections::HashMap::new(),
            numbers: Vec::new(),
        }
    }

    fn wrong(&self, place: Location, problem: impl Into<String>) -> Error {
        Error::format(self.path.display(), place, problem)
    }

    /// The word of the next row; its numbers have been pushed or will be.
    fn word(&mut self, word: &[u8], place: Location) -> Result<()> {
        let word = match std::str::from_utf8(word) {
            Ok(word) => word.to_owned(),
            Err(e) => {
                let problem = format!("a word is not UTF-8: {}", kind::shown(word));
                return Err(self.wrong(place, format!("{problem}, at its byte {}", e.valid_up_to())));
            }
        };
        if let Some(first) = self.seen.insert(word.clone(), place) {
            let first = match first {
                Location::Line(n) => format!("line {n}"),
                Location::Byte(n) => format!("byte {n}"),
                Location::Whole => "another place".to_owned(),
            };
            return Err(self.wrong(
                place,
                format!(
                    "the word {} for the second time, first on {first}",
                    kind::shown(word.as_bytes())
                ),
            ));
        }
        self.words.push(word);
        Ok(())
    }

    fn done(self) -> Result<Embeddings> {
        let shape = (self.words.len(), self.dimension);
        let matrix = Array2::from_shape_vec(shape, self.numbers)
            .map_err(|e| Error::format(self.path.display(), Location::Whole, e.to_string()))?;
        drop(self.seen);
        Embeddings::new(Vocabulary::from_words(self.words)?, matrix)
    }
}

/// All that is left of a file.
fn rest(mut source: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io("read", path, e))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
