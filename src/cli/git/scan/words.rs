//! Numbers, and the words `true`, `false`, `null` and Python's `NaN` and `Infinity`: runs of bytes that are
//! checked and copied.

use std::io::Read;

use super::{Scanner, Sink};
use crate::git::fault::Fault;

impl<R: Read> Scanner<R> {
    /// Copies a number or a word.
    pub(super) fn literal<S: Sink>(&mut self, out: &mut S) -> Result<(), Fault> {
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
}

/// Whether this is a JSON number, of any size.
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
