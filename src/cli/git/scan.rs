//! JSON, read byte by byte from a stream and written again as Jupyter writes it.
//!
//! Why not a JSON library? A value that goes through one comes out changed: `1e400` becomes infinity, a lone surrogate
//! an error, a doubled key a single one. Here a number is never a number: it is a run of bytes that is checked and copied.
//! What changes is only what stands between the values, and how a string is escaped. Jupyter's own form is what Python's
//! `json.dumps(notebook, indent=1, ensure_ascii=False)` writes: one space for each level, no space at the end of a line,
//! UTF-8 where an escape is not needed.
//!
//! The stream is read in pieces of 64 KiB. A value that nobody wants goes into [`Nothing`], so that 50 MB of pictures pass
//! through those 64 KiB at the speed of looking at every byte once; they are still checked, since a file that is broken
//! inside an output is broken.
//!
//! Like Python's reader, and Jupyter's with it, the scanner accepts `NaN` and `Infinity`.

use std::io::{ErrorKind, Read};

use super::fault::Fault;

/// How deep a notebook may nest. Python's own reader gives up at about this depth, so that Jupyter could not open a
/// deeper one; and a deeper one could exhaust the stack of this program.
pub(crate) const DEEPEST: usize = 900;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// Takes the bytes of a value.
pub(crate) trait Sink {
    fn put(&mut self, bytes: &[u8]);

    /// A new line, `depth` levels deep.
    fn line(&mut self, depth: usize);
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }

    fn line(&mut self, depth: usize) {
        self.push(b'\n');
        self.resize(self.len() + depth, b' ');
    }
}

/// Takes a value and keeps nothing of it.
pub(crate) struct Nothing;

impl Sink for Nothing {
    #[inline]
    fn put(&mut self, _: &[u8]) {}

    #[inline]
    fn line(&mut self, _: usize) {}
}

/// Takes a value as long as it is small.
pub(crate) struct AtMost {
    pub(crate) bytes: Vec<u8>,
    limit: usize,
    pub(crate) overflown: bool,
}

impl AtMost {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            overflown: false,
        }
    }
}

impl Sink for AtMost {
    fn put(&mut self, bytes: &[u8]) {
        self.overflown |= self.bytes.len() + bytes.len() > self.limit;
        if !self.overflown {
            self.bytes.put(bytes);
        }
    }

    fn line(&mut self, depth: usize) {
        self.overflown |= self.bytes.len() + depth >= self.limit;
        if !self.overflown {
            self.bytes.line(depth);
        }
    }
}

/// Whether a member of an object, or an item of an array, stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep,
    Drop,
}

/// A place in a stream of JSON.
pub(crate) struct Scanner<R> {
    source: R,
    buffer: Vec<u8>,
    /// The next byte.
    at: usize,
    /// The end of what is known to be UTF-8.
    valid: usize,
    /// The end of what was read: up to three bytes of an unfinished character more.
    end: usize,
    line: usize,
}

impl<R: Read> Scanner<R> {
    /// At the beginning of `source`, behind a byte-order mark if there is one.
    pub(crate) fn new(source: R) -> Result<Self, Fault> {
        let mut scanner = Self {
            source,
            buffer: vec![0; PIECE],
            at: 0,
            valid: 0,
            end: 0,
            line: 1,
        };
        // A character is never cut at the end of what is valid, so the mark is there as a whole or not at all.
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

    /// Copies an object of which `member` reads each value, and says whether it stays.
    pub(crate) fn object(
        &mut self,
        out: &mut Vec<u8>,
        depth: usize,
        mut member: impl FnMut(&mut Self, &mut Vec<u8>, &str) -> Result<Fate, Fault>,
    ) -> Result<(), Fault> {
        self.open(depth)?;
        out.put(b"{");
        let mut is_empty = true;
        if self.peek()? == Some(b'}') {
            self.at += 1;
        } else {
            loop {
                let before = out.len();
                if !is_empty {
                    out.put(b",");
                }
                out.line(depth + 1);
                let key = out.len() + 1;
                self.key(out)?;
                // What is written is a string and `": "`: between its quotes stands the key.
                let name = String::from_utf8_lossy(&out[key..out.len() - 3]).into_owned();
                match member(self, out, &name)? {
                    Fate::Keep => is_empty = false,
                    Fate::Drop => out.truncate(before),
                }
                if !self.goes_on(b'}', "`,` or `}`")? {
                    break;
                }
            }
        }
        if !is_empty {
            out.line(depth);
        }
        out.put(b"}");
        Ok(())
    }

    /// Copies an array of which `item` reads each value, and says whether it stays.
    pub(crate) fn array(
        &mut self,
        out: &mut Vec<u8>,
        depth: usize,
        mut item: impl FnMut(&mut Self, &mut Vec<u8>) -> Result<Fate, Fault>,
    ) -> Result<(), Fault> {
        self.open(depth)?;
        out.put(b"[");
        let mut is_empty = true;
        if self.peek()? == Some(b']') {
            self.at += 1;
        } else {
            loop {
                let before = out.len();
                if !is_empty {
                    out.put(b",");
                }
                out.line(depth + 1);
                match item(self, out)? {
                    Fate::Keep => is_empty = false,
                    Fate::Drop => out.truncate(before),
                }
                if !self.goes_on(b']', "`,` or `]`")? {
                    break;
                }
            }
        }
        if !is_empty {
            out.line(depth);
        }
        out.put(b"]");
        Ok(())
    }

    /// Reads the next value and keeps nothing of it.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        self.value(&mut Nothing, 0)
    }

    /// Copies a key and what stands between it and its value.
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

    /// Copies a string, with the escapes that Jupyter would write.
    pub(crate) fn string<S: Sink>(&mut self, out: &mut S) -> Result<(), Fault> {
        self.at += 1;
        out.put(b"\"");
        loop {
            if self.at == self.valid && !self.fill()? {
                return Err(self.fault("a string that does not end"));
            }
            let plain = plain(&self.buffer[self.at..self.valid]);
            out.put(&self.buffer[self.at..self.at + plain]);
            self.at += plain;
            if self.at == self.valid {
                continue;
            }
            match self.buffer[self.at] {
                b'"' => {
                    self.at += 1;
                    out.put(b"\"");
                    return Ok(());
                }
                b'\\' => {
                    self.at += 1;
                    self.escape(out)?;
                }
                b'\n' | b'\r' => return Err(self.fault("a string that does not end in its line")),
                byte => {
                    return Err(self.fault(format!(
                        "a string with the control character {byte:#04x}, which must be escaped"
                    )));
                }
            }
        }
    }

    /// Copies an escape, of which the backslash is read already.
    ///
    /// A pair of surrogates becomes its character. A lone one cannot: it stays as it was written. So do the two line
    /// separators, which nobody could see otherwise.
    fn escape<S: Sink>(&mut self, out: &mut S) -> Result<(), Fault> {
        match self.byte()? {
            b'/' => out.put(b"/"),
            b'u' => {
                let mut written = self.hex()?;
                loop {
                    let unit = unit(written);
                    if !(0xd800..0xdc00).contains(&unit) {
                        character(u32::from(unit), written, out);
                        return Ok(());
                    }
                    if self.at == self.valid && !self.fill()? || self.buffer[self.at] != b'\\' {
                        keep(written, out);
                        return Ok(());
                    }
                    self.at += 1;
                    if self.at == self.valid && !self.fill()? || self.buffer[self.at] != b'u' {
                        keep(written, out);
                        return self.escape(out);
                    }
                    self.at += 1;
                    let second = self.hex()?;
                    let low = self::unit(second);
                    if (0xdc00..0xe000).contains(&low) {
                        let pair = 0x10000 + ((u32::from(unit) - 0xd800) << 10) + (u32::from(low) - 0xdc00);
                        character(pair, second, out);
                        return Ok(());
                    }
                    keep(written, out);
                    written = second;
                }
            }
            byte @ (b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => out.put(&[b'\\', byte]),
            byte => {
                let byte = char::from(byte);
                return Err(self.fault(format!("`\\{byte}` is no escape of a string")));
            }
        }
        Ok(())
    }

    /// Four hexadecimal digits, as they are written.
    fn hex(&mut self) -> Result<[u8; 4], Fault> {
        let mut digits = [0; 4];
        for digit in &mut digits {
            *digit = self.byte()?;
            if !digit.is_ascii_hexdigit() {
                return Err(self.fault("expected four hexadecimal digits after `\\u`"));
            }
        }
        Ok(digits)
    }

    /// The next byte inside a string.
    fn byte(&mut self) -> Result<u8, Fault> {
        if self.at == self.valid && !self.fill()? {
            return Err(self.fault("a string that does not end"));
        }
        self.at += 1;
        Ok(self.buffer[self.at - 1])
    }

    /// Copies a number or a word.
    fn literal<S: Sink>(&mut self, out: &mut S) -> Result<(), Fault> {
        match self.peek()? {
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => {}
            _ => return Err(self.unexpected("a value")),
        }
        let mut word = Vec::new();
        loop {
            let rest = &self.buffer[self.at..self.valid];
            let belongs = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_');
            let length = rest.iter().position(|b| !belongs(b)).unwrap_or(rest.len());
            word.extend_from_slice(&rest[..length]);
            self.at += length;
            if self.at < self.valid || !self.fill()? {
                break;
            }
        }
        let is_word = matches!(
            word.as_slice(),
            b"true" | b"false" | b"null" | b"NaN" | b"Infinity" | b"-Infinity"
        );
        if !is_word && !is_number(&word) {
            let start = String::from_utf8_lossy(&word[..word.len().min(20)]).into_owned();
            return Err(self.fault(format!("expected a value, got `{start}`")));
        }
        out.put(&word);
        Ok(())
    }

    /// The fault that something else stands here than `expected`.
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

    /// Reads the next piece, when the last one is used up. Says whether there is one.
    fn fill(&mut self) -> Result<bool, Fault> {
        self.buffer.copy_within(self.valid..self.end, 0);
        self.end -= self.valid;
        self.at = 0;
        self.valid = 0;
        loop {
            let read = match self.source.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 && self.end == 0 {
                return Ok(false);
            }
            self.end += read;
            match std::str::from_utf8(&self.buffer[..self.end]) {
                Ok(_) => self.valid = self.end,
                Err(error) if error.error_len().is_some() || read == 0 => {
                    let good = &self.buffer[..error.valid_up_to()];
                    let line = self.line + good.iter().filter(|b| **b == b'\n').count();
                    let byte = self.buffer[error.valid_up_to()];
                    return Err(Fault::new(
                        line,
                        format!("not UTF-8: the byte {byte:#04x} begins no character"),
                    ));
                }
                Err(error) => self.valid = error.valid_up_to(),
            }
            if self.valid > 0 {
                return Ok(true);
            }
        }
    }
}

/// How many bytes stand before the next quote, backslash or control character.
fn plain(bytes: &[u8]) -> usize {
    let special = |byte: u8| byte == b'"' || byte == b'\\' || byte < b' ';
    // Sixteen at once: the compiler makes vector instructions of this.
    let whole = bytes
        .chunks_exact(16)
        .take_while(|chunk| !chunk.iter().fold(false, |any, byte| any | special(*byte)))
        .count()
        * 16;
    let rest = &bytes[whole..];
    whole + rest.iter().position(|byte| special(*byte)).unwrap_or(rest.len())
}

/// The number that four hexadecimal digits write.
fn unit(digits: [u8; 4]) -> u16 {
    digits.iter().fold(0, |unit, digit| {
        let value = char::from(*digit).to_digit(16).unwrap_or(0);
        unit << 4 | value as u16
    })
}

/// Writes a character that was escaped as `written`, in the way in which Python writes it.
fn character<S: Sink>(code: u32, written: [u8; 4], out: &mut S) {
    match char::from_u32(code) {
        None | Some('\u{2028}' | '\u{2029}') => keep(written, out),
        Some('"') => out.put(b"\\\""),
        Some('\\') => out.put(b"\\\\"),
        Some('\n') => out.put(b"\\n"),
        Some('\r') => out.put(b"\\r"),
        Some('\t') => out.put(b"\\t"),
        Some('\u{8}') => out.put(b"\\b"),
        Some('\u{c}') => out.put(b"\\f"),
        Some(c) if c < ' ' => out.put(format!("\\u{:04x}", u32::from(c)).as_bytes()),
        Some(c) => out.put(c.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

/// Writes an escape as it was.
fn keep<S: Sink>(written: [u8; 4], out: &mut S) {
    out.put(b"\\u");
    out.put(&written);
}

/// Whether this is a number of JSON, of whatever size.
fn is_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|b| b.is_ascii_digit()).count();
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let whole = digits(text);
    if whole == 0 || (whole > 1 && text[0] == b'0') {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', digits @ ..] => digits,
            digits => digits,
        };
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}
