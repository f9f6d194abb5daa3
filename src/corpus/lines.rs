//! The lines of a file as text, and what is wrong with a file that is not text.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::from_utf8;

use flate2::bufread::MultiGzDecoder;

use crate::error::Location;
use crate::{Error, Result};

/// How much is read at once, in bytes.
const BLOCK: usize = 1 << 17;

/// One line, or a piece of one that is too long.
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub(super) number: u64,
    /// Without the line end.
    pub(super) text: &'a str,
    /// Whether the line ends here.
    pub(super) ends: bool,
}

impl Line<'_> {
    /// Whether it is only white space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }
}

/// A file, line by line.
pub(super) struct Lines {
    path: PathBuf,
    reader: Box<dyn BufRead>,
    /// Whether the file is decompressed while it is read.
    packed: bool,
    /// The longest line that is given whole, in bytes.
    most: usize,
    /// How many bytes of the text have been given so far.
    offset: u64,
    /// The number of the next line.
    number: u64,
}

impl Lines {
    /// The lines of `path`; lines of more than `most` bytes come in pieces.
    pub(super) fn open(path: &Path, most: usize) -> Result<Self> {
        let file = File::open(path).map_err(|e| Error::io("open", path, e))?;
        let mut reader: Box<dyn BufRead> = Box::new(BufReader::with_capacity(BLOCK, file));
        let packed = first_bytes(&mut reader, path, false)?.starts_with(&[0x1f, 0x8b]);
        if packed {
            reader = Box::new(BufReader::with_capacity(BLOCK, MultiGzDecoder::new(reader)));
        }
        let first = first_bytes(&mut reader, path, packed)?;
        if let Some(problem) = no_text(first) {
            return Err(Error::format(path.display(), Location::Byte(0), problem));
        }
        let mark = mark(first);
        reader.consume(mark as usize);
        Ok(Self {
            path: path.to_owned(),
            reader,
            packed,
            most,
            offset: mark,
            number: 1,
        })
    }

    /// The lines of `path` within these bytes, which begin and end at the bounds of a line. The file is not
    /// compressed, and it has been read from its beginning before, so it is text. Lines are counted from the
    /// first one of the part.
    pub(super) fn of_part(path: &Path, most: usize, part: Range<u64>) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| Error::io("open", path, e))?;
        let offset = if part.start == 0 {
            mark(first_bytes(&mut BufReader::new(&mut file), path, false)?)
        } else {
            part.start
        };
        file.seek(SeekFrom::Start(offset))
            .map_err(|e| unreadable(path, false, e))?;
        let length = part.end.saturating_sub(offset);
        Ok(Self {
            path: path.to_owned(),
            reader: Box::new(BufReader::with_capacity(BLOCK, file.take(length))),
            packed: false,
            most,
            offset,
            number: 1,
        })
    }

    /// Whether the file is compressed by gzip.
    pub(super) fn is_packed(&self) -> bool {
        self.packed
    }

    /// Calls `f` with each line.
    pub(super) fn each(&mut self, f: &mut dyn FnMut(Line<'_>) -> Result<()>) -> Result<()> {
        let mut buffer = Vec::new();
        // How much of the buffer has been searched for a position to cut it.
        let mut searched = 0;
        loop {
            let room = self.most.saturating_sub(buffer.len()).max(BLOCK);
            let mut limited = self.reader.by_ref().take(room as u64);
            let read = limited.read_until(b'\n', &mut buffer);
            let read = read.map_err(|e| unreadable(&self.path, self.packed, e))?;
            if buffer.is_empty() {
                return Ok(());
            }
            let ends = buffer.last() == Some(&b'\n');
            let cut = if ends || read < room {
                buffer.len()
            } else {
                let blank = buffer[searched..].iter().rposition(u8::is_ascii_whitespace);
                let Some(cut) = blank.map(|at| searched + at + 1) else {
                    searched = buffer.len();
                    continue;
                };
                cut
            };
            self.give(&buffer[..cut], ends, f)?;
            buffer.drain(..cut);
            searched = 0;
        }
    }

    /// Passes `bytes` on as text.
    fn give(&mut self, bytes: &[u8], ends: bool, f: &mut dyn FnMut(Line<'_>) -> Result<()>) -> Result<()> {
        let text = from_utf8(bytes).map_err(|e| self.not_utf8(bytes, e))?;
        if let Some(at) = bytes.iter().position(|&b| b == 0) {
            return Err(self.wrong(
                at,
                "expected text, got a zero byte; is the file UTF-16, or no text at all?",
            ));
        }
        let line = text.strip_suffix('\n').unwrap_or(text);
        let line = if ends {
            line.strip_suffix('\r').unwrap_or(line)
        } else {
            line
        };
        f(Line {
            number: self.number,
            text: line,
            ends,
        })?;
        self.offset += bytes.len() as u64;
        self.number += u64::from(ends);
        Ok(())
    }

    /// The error for a line that is not UTF-8.
    fn not_utf8(&self, bytes: &[u8], e: std::str::Utf8Error) -> Error {
        let at = e.valid_up_to();
        let before = String::from_utf8_lossy(&bytes[..at]);
        let skipped = before.chars().count().saturating_sub(20);
        let before: String = before.chars().skip(skipped).collect();
        let after = if before.is_empty() {
            String::new()
        } else {
            format!(" after {before:?}")
        };
        let got = bytes.get(at).copied().unwrap_or_default();
        let hint = match e.error_len() {
            None => "the file ends within a character, if it is UTF-8 at all",
            Some(_) => {
                "if the file is in Latin-1 or Windows-1252, \
                 `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW` converts it"
            }
        };
        self.wrong(
            at,
            &format!("expected UTF-8, got the byte 0x{got:02X}{after}; {hint}"),
        )
    }

    /// The error `problem` at byte `at` of the line that is being read.
    fn wrong(&self, at: usize, problem: &str) -> Error {
        let what = format!("{}, byte {}", self.path.display(), self.offset + at as u64);
        Error::format(what, Location::Line(self.number), problem)
    }
}

/// The length of the byte-order mark at the beginning of the file, in bytes; 0 if there is none.
fn mark(first: &[u8]) -> u64 {
    if first.starts_with(&[0xef, 0xbb, 0xbf]) {
        3
    } else {
        0
    }
}

/// The first bytes of the file: all of it if it is shorter than a block.
fn first_bytes<'a>(reader: &'a mut dyn BufRead, path: &Path, packed: bool) -> Result<&'a [u8]> {
    reader.fill_buf().map_err(|e| unreadable(path, packed, e))
}

fn unreadable(path: &Path, packed: bool, e: std::io::Error) -> Error {
    Error::io(if packed { "unpack" } else { "read" }, path, e)
}

/// What is wrong with a file that begins with these bytes, if that can be told.
fn no_text(first: &[u8]) -> Option<String> {
    const KNOWN: [(&[u8], &str); 9] = [
        (
            b"\xff\xfe",
            "UTF-16; `iconv -f UTF-16 -t UTF-8 OLD > NEW` converts it",
        ),
        (
            b"\xfe\xff",
            "UTF-16; `iconv -f UTF-16 -t UTF-8 OLD > NEW` converts it",
        ),
        (b"%PDF", "a PDF file; `pdftotext` takes its text out"),
        (
            b"PK\x03\x04",
            "a zip archive, as .docx, .odt and .epub files are; take the text out first",
        ),
        (
            b"\x28\xb5\x2f\xfd",
            "a file packed by zstd; unpack it first, or pack it by gzip",
        ),
        (
            b"BZh",
            "a file packed by bzip2; unpack it first, or pack it by gzip",
        ),
        (
            b"\xfd7zXZ",
            "a file packed by xz; unpack it first, or pack it by gzip",
        ),
        (b"\x7fELF", "a program"),
        (b"\x89PNG", "a picture"),
    ];
    let (_, what) = KNOWN.iter().find(|(magic, _)| first.starts_with(magic))?;
    Some(format!("expected UTF-8, got {what}"))
}
