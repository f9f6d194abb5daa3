//! The lines of a text, one after the other, numbered.

use std::io::BufRead;
use std::path::Path;

use crate::error::Location;
use crate::{Error, Result};

pub(super) struct Lines<'a, R> {
    source: R,
    path: &'a Path,
    line: Vec<u8>,
    /// The number of the last line that was read, counted from 1.
    pub(super) number: u64,
}

impl<'a, R: BufRead> Lines<'a, R> {
    pub(super) fn new(source: R, path: &'a Path) -> Self {
        Self {
            source,
            path,
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line, without its line ending and without the trailing spaces that word2vec and fastText
    /// write.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>> {
        self.line.clear();
        let read = self.source.read_until(b'\n', &mut self.line);
        if read.map_err(|e| Error::io("read", self.path, e))? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if !self.line.ends_with(b"\n") {
            // Half a number is a number, too: nothing else shows that the file was cut within its last
            // number.
            let problem = "it does not end; the file was cut short, or else needs a line break at its end";
            return Err(Error::format(
                self.path.display(),
                Location::Line(self.number),
                problem,
            ));
        }
        let end = self
            .line
            .iter()
            .rposition(|b| !b" \r\n".contains(b))
            .map_or(0, |last| last + 1);
        Ok(Some(&self.line[..end]))
    }
}
