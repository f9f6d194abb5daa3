//! The stream behind the scanner, read in pieces that are known to be UTF-8.

use std::io::{ErrorKind, Read};

use super::Scanner;
use crate::git::fault::Fault;

impl<R: Read> Scanner<R> {
    /// Reads the next piece, when the last one is used up. Says whether there is one.
    pub(super) fn fill(&mut self) -> Result<bool, Fault> {
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
