//! Writing a file whole or not at all.
//!
//! The bytes go to a file beside the one that is wanted, which then takes its name. Whoever reads meets the
//! old file or the new one and never a part; a write that fails leaves the old file as it was.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// What is written at once.
const BUFFER: usize = 1 << 20;

/// Writes `path` by `with`, whole or not at all.
///
/// # Errors
/// It cannot be written, or `with` fails.
pub(crate) fn write_whole(
    path: &Path,
    with: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // The process's number keeps two that write the same file apart.
    name.push(format!(".{}.part", std::process::id()));
    let part: PathBuf = path.with_file_name(name);
    let make = || {
        let mut out = BufWriter::with_capacity(BUFFER, File::create(&part)?);
        with(&mut out)?;
        out.flush()?;
        fs::rename(&part, path)
    };
    make().map_err(|e| {
        // It may never have come to be.
        let _ = fs::remove_file(&part);
        Error::io("write", path, e)
    })
}
