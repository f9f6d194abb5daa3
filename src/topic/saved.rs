//! The files that stopping and going on need: what a file is, in one line of JSON, and then numbers, little-endian.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Place;
use crate::files::write_whole;
use crate::{Error, Result};

/// What a file says of itself in its first line.
pub(super) trait Head: Serialize + DeserializeOwned {
    /// The name of the format, with its version.
    const FORMAT: &'static str;
    /// What is in such a file, for whoever has given another.
    const WHAT: &'static str;

    /// The format that the file says it has.
    fn format(&self) -> &str;
}

/// Writes a file, which is there whole or not at all.
pub(super) fn write<const N: usize>(
    path: &Path,
    head: &impl Head,
    mut numbers: impl Iterator<Item = [u8; N]>,
) -> Result<()> {
    write_whole(path, |out| {
        serde_json::to_writer(&mut *out, head)?;
        out.write_all(b"\n")?;
        numbers.try_for_each(|number| out.write_all(&number))
    })
}

/// The first line and the bytes of the numbers.
pub(super) fn read<H: Head>(path: &Path) -> Result<(H, Vec<u8>)> {
    let mut bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let end = bytes.iter().position(|&b| b == b'\n').unwrap_or(bytes.len());
    let head: H = serde_json::from_slice(&bytes[..end]).map_err(|e| {
        let what = H::WHAT;
        broken(
            path,
            format!("expected {what} that `save` wrote, got another file ({e})"),
        )
    })?;
    if head.format() != H::FORMAT {
        let (expected, got) = (H::FORMAT, head.format());
        return Err(broken(path, format!("expected {expected:?}, got {got:?}")));
    }
    bytes.drain(..bytes.len().min(end + 1));
    Ok((head, bytes))
}

/// The file is not what it should be.
pub(super) fn broken(path: &Path, problem: String) -> Error {
    Error::format(path.display(), Place::Whole, problem)
}
