//! Files in pieces, in mixed order.
//!
//! A file often holds several texts, one after the other. Training that reads them in order ends each epoch
//! with the last one, and learns its words better than the others'. So the file is cut into pieces of 64 KiB,
//! which are read in a random order that is new for each epoch. A piece begins and ends where a document
//! does, and its contents keep their order. A compressed file is one piece, and so is a file that is one
//! document.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

use super::lines::Lines;
use super::reading::{TextFiles, Unit};
use super::texts::shuffled;
use crate::{Error, Result};

/// The length of a piece, in bytes. It is small enough to mix a file of a few megabytes well, and large
/// enough that going from one piece to the next costs nothing.
const PIECE: u64 = 1 << 16;

impl TextFiles {
    /// Calls `f` with the text of each document, or of each part of a document that has more than `most`
    /// bytes.
    pub(super) fn read_mixed(
        &self,
        most: usize,
        seed: u64,
        f: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<()> {
        let mut pieces = Vec::new();
        for (i, path) in self.files().iter().enumerate() {
            let whole = self.unit() == Unit::File || Lines::open(path, most)?.is_packed();
            let parts = if whole {
                vec![None]
            } else {
                parts(path, self.unit()).map_err(|e| Error::io("read", path, e))?
            };
            pieces.extend(parts.into_iter().map(|part| (i, part)));
        }
        for at in shuffled(pieces.len(), seed) {
            let (i, part) = &pieces[at];
            let path = &self.files()[*i];
            let mut lines = match part {
                None => Lines::open(path, most)?,
                Some(part) => Lines::of_part(path, most, part.clone())?,
            };
            self.documents(&mut lines, most, &mut |_, text| f(text))?;
        }
        Ok(())
    }
}

/// The pieces of a file. `None` stands for a whole file whose length is not known before it is read.
fn parts(path: &Path, unit: Unit) -> std::io::Result<Vec<Option<Range<u64>>>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Ok(vec![None]);
    }
    let mut reader = BufReader::with_capacity(1 << 12, file);
    let (mut parts, mut start) = (Vec::new(), 0);
    while start < metadata.len() {
        let end = match boundary(&mut reader, start + PIECE, unit)? {
            Some(end) => end,
            None => metadata.len(),
        };
        parts.push(Some(start..end));
        start = end;
    }
    Ok(parts)
}

/// The beginning of the first document that begins at byte `from` or later; `from` is above 0. It is `None`
/// if the file ends before that.
fn boundary(reader: &mut (impl BufRead + Seek), from: u64, unit: Unit) -> std::io::Result<Option<u64>> {
    // The previous byte tells whether a line begins at `from`.
    let mut at = reader.seek(SeekFrom::Start(from - 1))?;
    let (mut inside, mut blank) = (true, true);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(None);
        }
        for (i, byte) in bytes.iter().enumerate() {
            if *byte != b'\n' {
                blank &= byte.is_ascii_whitespace();
            } else if unit == Unit::Line || (!inside && blank) {
                return Ok(Some(at + i as u64 + 1));
            } else {
                (inside, blank) = (false, true);
            }
        }
        let n = bytes.len();
        at += n as u64;
        reader.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_piece_ends_where_a_document_does() {
        let text = "one\ntwo\n\nthree\n \n\nfour";
        let at = |from, unit| boundary(&mut Cursor::new(text), from, unit).unwrap();
        let lines: Vec<_> = [1, 4, 5, 9, 10].map(|from| at(from, Unit::Line)).into();
        assert_eq!(lines, [Some(4), Some(4), Some(8), Some(9), Some(15)]);
        let paragraphs: Vec<_> = [1, 8, 9, 10, 18, 19].map(|from| at(from, Unit::Paragraph)).into();
        assert_eq!(paragraphs, [Some(9), Some(9), Some(17), Some(17), None, None]);
        assert_eq!((at(23, Unit::Line), at(400, Unit::Line)), (None, None));
    }
}
