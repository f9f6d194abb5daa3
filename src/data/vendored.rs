//! What the built-in data share: a compressed file in the library, unpacked and parsed on first use.
//!
//! The files are in the folder `data`, with their sources and licences. Reading one is strict: a row that
//! lacks a column is an error that names the line; the row is not just left out. The tests read every file,
//! so a library that passes them has no broken one, and the functions that give the texts have no error to
//! return.

use std::fmt;
use std::io::Read;

use flate2::read::GzDecoder;
use lzma_rust2::LzmaReader;
use serde::de::DeserializeOwned;

use crate::error::Location;
use crate::{Error, Result};

/// How much memory unpacking `lzma` may take, in KiB: the dictionary has 16 MiB.
const LZMA_KIB: u32 = 20 << 10;

/// One compressed file of the folder `data`.
pub(super) struct File {
    /// Its path in that folder.
    pub(super) name: &'static str,
    /// Gives its bytes: compressed by `lzma` if its name ends in `.lzma`, otherwise by `gzip`.
    pub(super) packed: fn() -> &'static [u8],
}

/// The built-in file with this path in the folder `data`.
///
/// The bytes are in the body of a function that is not inlined, and not in the static itself. The compiler
/// also writes the value of a static, and the body of a function that it may inline, into the library's
/// metadata. Then ten million bytes would be read again for every cell of a notebook.
macro_rules! built_in {
    ($path:literal) => {{
        #[inline(never)]
        fn packed() -> &'static [u8] {
            include_bytes!(concat!("../../data/", $path))
        }
        $crate::data::vendored::File { name: $path, packed }
    }};
}
pub(super) use built_in;

impl File {
    /// The unpacked bytes.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let packed = (self.packed)();
        if self.name.ends_with(".lzma") {
            LzmaReader::new_mem_limit(packed, LZMA_KIB, None).and_then(|mut r| r.read_to_end(&mut bytes))
        } else {
            GzDecoder::new(packed).read_to_end(&mut bytes)
        }
        .map_err(|e| self.wrong(Location::Whole, e))?;
        Ok(bytes)
    }

    /// The unpacked text.
    pub(super) fn text(&self) -> Result<String> {
        String::from_utf8(self.bytes()?).map_err(|e| self.wrong(Location::Whole, e))
    }

    /// The rows of a table whose columns have these names, separated by tabs, with nothing quoted. Every row
    /// comes with its line number.
    pub(super) fn rows<'t, const N: usize>(
        &self,
        text: &'t str,
        names: [&str; N],
    ) -> Result<Vec<(u64, [&'t str; N])>> {
        let columns = |n: u64, line: &'t str| -> Result<[&'t str; N]> {
            let mut row = [""; N];
            let mut found = 0;
            for cell in line.split('\t') {
                if let Some(column) = row.get_mut(found) {
                    *column = cell;
                }
                found += 1;
            }
            if found == N {
                Ok(row)
            } else {
                Err(self.wrong(Location::Line(n), format!("expected {N} columns, got {found}")))
            }
        };
        let mut lines = (1..).zip(text.lines());
        let header = lines.next().map(|(n, line)| columns(n, line)).transpose()?;
        if header != Some(names) {
            return Err(self.wrong(
                Location::Line(1),
                format!("expected the names {names:?}, got {header:?}"),
            ));
        }
        lines.map(|(n, line)| Ok((n, columns(n, line)?))).collect()
    }

    /// The records of a text with one JSON object on each line.
    pub(super) fn records<T: DeserializeOwned>(&self, text: &str) -> Result<Vec<T>> {
        (1..)
            .zip(text.lines())
            .map(|(n, line)| serde_json::from_str(line).map_err(|e| self.wrong(Location::Line(n), e)))
            .collect()
    }

    /// The error for this file broken at `place`.
    pub(super) fn wrong(&self, place: Location, problem: impl fmt::Display) -> Error {
        Error::format(format!("built-in {}", self.name), place, problem.to_string())
    }
}

/// What was read from a built-in file.
#[expect(
    clippy::expect_used,
    reason = "the files are a part of the library, and its tests read every one of them"
)]
pub(super) fn sound<T>(read: Result<T>) -> T {
    read.expect("a built-in text is broken")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: File = File {
        name: "toy/toy.tsv.gz",
        packed: || b"not gzip",
    };

    #[test]
    fn broken_files_are_errors_that_name_the_line() {
        let rows = |text| FILE.rows(text, ["a", "b"]).map(|rows| rows.len());
        assert_eq!(rows("a\tb\n1\t2\n3\t4\n").unwrap(), 2);
        assert_eq!(
            rows("a\tb\n1\t2\n3\n").unwrap_err().to_string(),
            "built-in toy/toy.tsv.gz, line 3: expected 2 columns, got 1"
        );
        assert_eq!(
            rows("a\tc\n1\t2\n").unwrap_err().to_string(),
            r#"built-in toy/toy.tsv.gz, line 1: expected the names ["a", "b"], got Some(["a", "c"])"#
        );
        assert!(rows("").is_err());
        let e = FILE.records::<u8>("1\n2\nx\n").unwrap_err().to_string();
        assert!(e.starts_with("built-in toy/toy.tsv.gz, line 3: "), "{e}");
        let e = FILE.bytes().unwrap_err().to_string();
        assert!(e.starts_with("built-in toy/toy.tsv.gz: "), "{e}");
    }
}
