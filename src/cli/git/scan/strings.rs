//! Strings, with the escapes that Python's writer uses.

use std::io::Read;

use super::{Scanner, Sink};
use crate::git::fault::Fault;

impl<R: Read> Scanner<R> {
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

    /// Copies an escape whose backslash has been read already.
    ///
    /// A pair of surrogates becomes its character. A lone one cannot: it stays as it was written. So do the
    /// two line separators, which nobody could see otherwise.
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
}

/// How many bytes come before the next quote, backslash or control character.
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

/// Writes a character that was escaped as `written`, as Python writes it.
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
