//! Removes what no longer belongs to this class.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::mark::Class;
use crate::class::names::file_name;

/// Removes the feedback for students who are no longer in the class. The earlier marks say who was.
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
