//! JSON, read byte by byte from a stream and written again as Jupyter writes it.
//!
//! Why not a JSON library? A value that goes through one comes out changed: `1e400` becomes infinity, a lone
//! surrogate an error, a doubled key a single one. Here a number is never a number: it is a run of bytes that
//! is checked and copied. Only what is between the values changes, and how a string is escaped. Jupyter's own
//! form is what Python's `json.dumps(notebook, indent=1, ensure_ascii=False)` writes: one space for each
//! level, no space at the end of a line, UTF-8 where an escape is not needed.
//!
//! The stream is read in pieces of 64 KiB. A value that nobody wants goes into [`Nothing`], so 50 MB of
//! pictures pass through those 64 KiB at the speed of looking at every byte once. They are still checked,
//! since a file that is broken inside an output is broken.
//!
//! Like Python's reader, and Jupyter's with it, the scanner accepts `NaN` and `Infinity`.

mod pieces;
mod sink;
mod strings;
mod words;

use std::io::Read;

use super::fault::Fault;

pub(crate) use sink::{AtMost, Nothing, Sink};

/// How deep a notebook may nest. Python's own reader gives up at about this depth, so Jupyter could not open
/// a deeper notebook. A deeper one could also exhaust the stack of this program.
pub(crate) const DEEPEST: usize = 900;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// Whether a member of an object, or an item of an array, stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep,
    Drop,
}

/// A position in a stream of JSON.
pub(crate) struct Scanner<R> {
    source: R,
    buffer: Vec<u8>,
    /// The next byte.
    at: usize,
    /// The end of what is known to be UTF-8.
    valid: usize,
    /// The end of what was read: up to three bytes further, which belong to an unfinished character.
    end: usize,
    line: usize,
}

impl<R: Read> Scanner<R> {
    /// At the beginning of `source`, after a byte-order mark if there is one.
    pub(crate) fn new(source: R) -> Result<Self, Fault> {
        let mut scanner = Self {
            source,
            buffer: vec![0; PIECE],
            at: 0,
            valid: 0,
            end: 0,
            line: 1,
        };
        // A character is never cut at the end of what is valid, so the mark is there as a whole or not at
        // all.
        if scanner.fill()? && scanner.buffer[..scanner.valid].starts_with("\u{feff}".as_bytes()) {
            scanner.at = 3;
        }
        Ok(scanner)
    }

    /// The line of the next byte.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// A fault in this line.
    pub(crate) fn fault(&self, why: impl Into<String>) -> Fault {
        Fault::new(self.line, why)
    }

    /// Whether nothing at all is left, not even white space.
    pub(crate) fn is_at_end(&mut self) -> Result<bool, Fault> {
        Ok(self.at == self.valid && !self.fill()?)
    }

    /// The next byte that is not white space; nothing at the end.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            while self.at < self.valid {
                match self.buffer[self.at] {
                    b'\n' => self.line += 1,
                    b' ' | b'\t' | b'\r' => {}
                    byte => return Ok(Some(byte)),
                }
                self.at += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Checks that nothing but white space is left.
    pub(crate) fn finish(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(self.unexpected("the end of the file")),
        }
    }

    /// Copies the next value, in Jupyter's form, `depth` levels deep.
    pub(crate) fn value<S: Sink>(&mut self, out: &mut S, depth: usize) -> Result<(), Fault> {
        match self.peek()? {
            Some(b'"') => self.string(out),
            Some(b'{') => {
                self.open(depth)?;
                if self.peek()? == Some(b'}') {
                    self.at += 1;
                    out.put(b"{}");
                    return Ok(());
                }
                out.put(b"{");
                loop {
                    out.line(depth + 1);
                    self.key(out)?;
                    self.value(out, depth + 1)?;
                    if !self.goes_on(b'}', "`,` or `}`")? {
                        break;
                    }
                    out.put(b",");
                }
                out.line(depth);
                out.put(b"}");
                Ok(())
            }
            Some(b'[') => {
                self.open(depth)?;
                if self.peek()? == Some(b']') {
                    self.at += 1;
                    out.put(b"[]");
                    return Ok(());
                }
                out.put(b"[");
                loop {
                    out.line(depth + 1);
                    self.value(out, depth + 1)?;
                    if !self.goes_on(b']', "`,` or `]`")? {
                        break;
                    }
                    out.put(b",");
                }
                out.line(depth);
                out.put(b"]");
                Ok(())
            }
            _ => self.literal(out),
        }
    }

    /// Copies an object; `member` reads each value and says whether it stays.
    pub(crate) fn object(
        &mut self,
        out: &mut Vec<u8>,
        depth: usize,
        mut member: impl FnMut(&mut Self, &mut Vec<u8>, &str) -> Result<Fate, Fault>,
    ) -> Result<(), Fault> {
        self.members(out, depth, *b"{}", "`,` or `}`", |scanner, out| {
            let key = out.len() + 1;
            scanner.key(out)?;
            // A string and `": "` have been written; the key is between the string's quotes.
            let name = String::from_utf8_lossy(&out[key..out.len() - 3]).into_owned();
            member(scanner, out, &name)
        })
    }

    /// Copies an array; `item` reads each value and says whether it stays.
    pub(crate) fn array(
        &mut self,
        out: &mut Vec<u8>,
        depth: usize,
        item: impl FnMut(&mut Self, &mut Vec<u8>) -> Result<Fate, Fault>,
    ) -> Result<(), Fault> {
        self.members(out, depth, *b"[]", "`,` or `]`", item)
    }

    /// Copies what is between two brackets, as far as `member` says that it stays.
    fn members(
        &mut self,
        out: &mut Vec<u8>,
        depth: usize,
        [open, close]: [u8; 2],
        expected: &str,
        mut member: impl FnMut(&mut Self, &mut Vec<u8>) -> Result<Fate, Fault>,
    ) -> Result<(), Fault> {
        self.open(depth)?;
        out.put(&[open]);
        let mut is_empty = true;
        if self.peek()? == Some(close) {
            self.at += 1;
        } else {
            loop {
                let before = out.len();
                if !is_empty {
                    out.put(b",");
                }
                out.line(depth + 1);
                match member(self, out)? {
                    Fate::Keep => is_empty = false,
                    Fate::Drop => out.truncate(before),
                }
                if !self.goes_on(close, expected)? {
                    break;
                }
            }
        }
        if !is_empty {
            out.line(depth);
        }
        out.put(&[close]);
        Ok(())
    }

    /// Reads the next value and keeps nothing of it.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        self.value(&mut Nothing, 0)
    }

    /// Copies a key and what is between it and its value.
    pub(crate) fn key<S: Sink>(&mut self, out: &mut S) -> Result<(), Fault> {
        if self.peek()? != Some(b'"') {
            return Err(self.unexpected("a key in quotes"));
        }
        self.string(out)?;
        if self.peek()? != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        out.put(b": ");
        Ok(())
    }

    /// Steps over an opening bracket.
    pub(crate) fn open(&mut self, depth: usize) -> Result<(), Fault> {
        if depth >= DEEPEST {
            return Err(self.fault(format!(
                "nested more than {DEEPEST} deep, which Jupyter cannot read either"
            )));
        }
        self.at += 1;
        Ok(())
    }

    /// Steps over a comma, which says that there is more, or over the closing bracket.
    pub(crate) fn goes_on(&mut self, close: u8, expected: &str) -> Result<bool, Fault> {
        match self.peek()? {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// The fault that something other than `expected` comes here.
    pub(crate) fn unexpected(&self, expected: &str) -> Fault {
        let rest = &self.buffer[self.at..self.valid];
        let first = match rest.first() {
            None => return self.fault(format!("expected {expected}, got the end of the file")),
            Some(first) => *first,
        };
        let alike = rest.iter().take(7).all(|byte| *byte == first);
        if alike && rest.len() > 1 && matches!(first, b'<' | b'|' | b'=' | b'>') {
            return self.fault(format!(
                "expected {expected}, got a conflict marker: the merge is not finished"
            ));
        }
        let word: String = String::from_utf8_lossy(&rest[..rest.len().min(80)])
            .chars()
            .take_while(|c| !c.is_whitespace())
            .take(20)
            .collect();
        self.fault(format!("expected {expected}, got `{word}`"))
    }
}
