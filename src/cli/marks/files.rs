//! Writing what was made: each file whole or not at all, and not at all if it is there already.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::mark::Class;

/// Writes a file as a whole, if it is not there with the same bytes.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let folder = path.parent().context("a path without a folder")?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside
        .persist(path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// Removes the feedback of students who are not in the class any more, by the marks that were written before.
pub(super) fn forget(out: &Path, before: Option<&[u8]>, class: &Class) -> Result<()> {
    #[derive(Deserialize)]
    struct Old {
        students: Vec<OldMark>,
    }
    #[derive(Deserialize)]
    struct OldMark {
        student: String,
    }
    let Some(old) = before.and_then(|bytes| serde_json::from_slice::<Old>(bytes).ok()) else {
        return Ok(());
    };
    let now: BTreeSet<&str> = class.students.iter().map(|mark| mark.student.as_str()).collect();
    for mark in old
        .students
        .iter()
        .filter(|mark| !now.contains(mark.student.as_str()))
    {
        for ending in ["html", "md"] {
            let file = out
                .join("feedback")
                .join(format!("{}.{ending}", super::file_name(&mark.student)));
            if file.exists() {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            }
        }
    }
    Ok(())
}
