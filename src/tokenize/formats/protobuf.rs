//! As much of protobuf as a list of pieces needs.
//!
//! A message is fields one after the other. Each begins with a number that holds the field's number and how
//! it is written; then comes the value. Numbers are written in groups of seven bits, the lowest first; the
//! eighth bit says that more follow. So a reader can skip what it does not know.
//!
//! Source: *Protocol Buffers: Encoding*, the language guide.

use crate::error::Location;
use crate::{Error, Result};

/// The unread rest of a message, and where it is in the file.
pub(super) struct Message<'a> {
    name: &'a str,
    bytes: &'a [u8],
    at: usize,
}

/// A field's value.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    /// A whole number, true or false, or one of a list of choices.
    Number(u64),
    /// Four bytes: here always a floating-point number.
    Float(f32),
    /// A text or another message, and where it begins.
    Bytes(&'a [u8], usize),
    /// Eight bytes. Nothing that is read here is written this way.
    Long,
}

impl<'a> Message<'a> {
    /// The message in `bytes`, which begins at byte `at` of the file `name`.
    pub(super) fn new(name: &'a str, bytes: &'a [u8], at: usize) -> Self {
        Self { name, bytes, at }
    }

    fn wrong(&self, problem: &str) -> Error {
        Error::format(self.name, Location::Byte(self.at as u64), problem)
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (taken, rest) = (self.bytes.split_at_checked(n)).ok_or_else(|| {
            self.wrong("the file ends within a field; is it a SentencePiece model, and whole?")
        })?;
        self.bytes = rest;
        self.at += n;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.wrong("a number of more than 64 bits; is it a SentencePiece model?"))
    }

    /// The next field: its number and its value.
    pub(super) fn field(&mut self) -> Result<Option<(u64, Value<'a>)>> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => {
                self.take(8)?;
                Value::Long
            }
            2 => {
                let n = self.number()?;
                let at = self.at;
                Value::Bytes(self.take(usize::try_from(n).unwrap_or(usize::MAX))?, at)
            }
            5 => {
                let bytes = self.take(4)?;
                Value::Float(f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
            }
            other => {
                let problem = format!("a field is written in way {other}; is it a SentencePiece model?");
                return Err(self.wrong(&problem));
            }
        };
        Ok(Some((tag >> 3, value)))
    }
}
