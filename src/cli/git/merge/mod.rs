//! Merging notebooks by cells.
//!
//! A cell is known by its id. So edits of different cells never collide, wherever the cells are and whatever
//! was put between them. A cell without an id is known by its text ([`identity`]). Inside a cell, a crate
//! merges lines as git does. A conflict is marked in the cell's source with the usual marks, so the file is
//! still a notebook: it opens in Jupyter, and the marks are found there.
//!
//! | both sides | result |
//! |---|---|
//! | one has changed nothing | the other, byte for byte |
//! | changed different cells, or the same in the same way | both |
//! | added cells at one place | ours, then theirs |
//! | changed lines of one cell | merged, or marked |
//! | one removed what the other changed | marked in the cell, as a whole |
//! | added or removed tags | all that were added, none that were removed |
//! | changed the same entry of metadata | ours, and it is said; silently for kernel and version |
//!
//! Whatever the sides have done, three notebooks that Jupyter accepts give one that it accepts ([`shape`]). A
//! file that cannot be read, or is no notebook with cells, is merged as text.

mod align;
mod identity;
mod notebooks;
mod order;
mod shape;
mod source;
mod values;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use diffy::{ConflictStyle, IncompleteHunkStyle, MergeOptions};

use super::tree::Json;
use crate::tools::progress::say;
use crate::tools::save;

/// The exit code of a driver that could not do its work; git takes a smaller one for a conflict.
const FAILED: i32 = 129;

/// What git gives to a merge driver.
#[derive(Args)]
pub(crate) struct MergeArgs {
    /// The common ancestor.
    base: PathBuf,
    /// Ours; the result is written here.
    ours: PathBuf,
    /// Theirs.
    theirs: PathBuf,
    /// The length of a conflict marker.
    #[arg(default_value_t = 7)]
    markers: usize,
    /// The path in the repository, for messages.
    path: Option<PathBuf>,
}

impl MergeArgs {
    /// Merges, and returns 1 if there is a conflict.
    pub(crate) fn run(&self) -> i32 {
        match self.merge() {
            Ok(has_conflicts) => i32::from(has_conflicts),
            Err(error) => {
                say(&format!("error: {error:#}"));
                FAILED
            }
        }
    }

    fn merge(&self) -> Result<bool> {
        let read =
            |file: &Path| std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        let merged = merge(
            &read(&self.base)?,
            &read(&self.ours)?,
            &read(&self.theirs)?,
            self.markers,
        );
        let path = self.path.as_ref().unwrap_or(&self.ours).display();
        if let Some(why) = &merged.as_text {
            say(&format!("{path}: merged as text: {why}"));
        }
        save::create(&self.ours, &merged.text, false)?;
        for conflict in &merged.conflicts {
            say(&format!("{path}: conflict: {conflict}"));
        }
        Ok(!merged.conflicts.is_empty())
    }
}

/// What a merge gives.
pub(super) struct Merged {
    pub(super) text: Vec<u8>,
    pub(super) conflicts: Vec<String>,
    /// Why it was merged as text, if it was.
    pub(super) as_text: Option<String>,
}

/// Merges three files.
pub(super) fn merge(base: &[u8], ours: &[u8], theirs: &[u8], markers: usize) -> Merged {
    let parsed = (notebook(base), notebook(ours), notebook(theirs));
    match parsed {
        (Ok(b), Ok(o), Ok(t)) => {
            let side = |text: &[u8]| Merged {
                text: text.to_vec(),
                conflicts: Vec::new(),
                as_text: None,
            };
            if o == t || b == t {
                return side(ours);
            }
            if b == o {
                return side(theirs);
            }
            let mut merge = Merge {
                options: options(markers),
                markers,
                conflicts: Vec::new(),
            };
            let merged = merge.notebooks(&b, &o, &t);
            Merged {
                text: merged.to_file(),
                conflicts: merge.conflicts,
                as_text: None,
            }
        }
        (a, b, c) => {
            let why = [a.err(), b.err(), c.err()].into_iter().flatten().next();
            let (text, conflicts) = match options(markers).merge_bytes(base, ours, theirs) {
                Ok(text) => (text, Vec::new()),
                Err(text) => (text, vec!["marked in the text".to_owned()]),
            };
            Merged {
                text,
                conflicts,
                as_text: Some(why.unwrap_or_default()),
            }
        }
    }
}

/// A notebook that can be merged by cells, or why it cannot. An empty file has no cells: it stands for the
/// ancestor of a notebook that both sides have added.
fn notebook(text: &[u8]) -> Result<Json, String> {
    if text.is_empty() {
        return Ok(Json::Object(Vec::new()));
    }
    let json = Json::read(text).map_err(|fault| format!("line {}: {}", fault.line, fault.why))?;
    let is_one = |cell: &Json| matches!(cell, Json::Object(_));
    match json.get("cells") {
        Some(Json::Array(cells)) if cells.iter().all(is_one) => Ok(json),
        _ => Err("not a notebook with cells".to_owned()),
    }
}

fn options(markers: usize) -> MergeOptions {
    let mut options = MergeOptions::new();
    options
        .set_conflict_style(ConflictStyle::Merge)
        .set_conflict_marker_length(markers)
        .set_incomplete_hunk_style(IncompleteHunkStyle::Git);
    options
}

/// One merge: how lines are merged, and what could not be merged.
struct Merge {
    options: MergeOptions,
    markers: usize,
    conflicts: Vec<String>,
}
