//! A file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Writes with `with` to a file beside `path`, which then takes its place.
pub(crate) fn write(
    path: &Path,
    with: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // The process's number keeps two that write the same file apart.
    name.push(format!(".{}.part", std::process::id()));
    let part: PathBuf = path.with_file_name(name);
    let make = || {
        let mut out = BufWriter::with_capacity(super::BUFFER, File::create(&part)?);
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
