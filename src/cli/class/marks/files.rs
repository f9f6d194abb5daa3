//! Removing what is not of this class any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::mark::Class;
use crate::class::names::file_name;

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
                .join(format!("{}.{ending}", file_name(&mark.student)));
            if file.exists() {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            }
        }
    }
    Ok(())
}
