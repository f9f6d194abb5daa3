//! `cargo course hint`: one hint after the other.
//!
//! How many of an exercise's hints have been shown is kept in `.course/hints.json`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::choose::find;
use crate::tools;
use crate::tools::layout::Layout;
use crate::tools::print::{print, print_json};
use crate::tools::progress::say;

/// Print an exercise's next hint; with N its first N hints.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course hint cosine     the next hint\n  cargo course hint cosine 2   the first two again"
)]
pub(crate) struct HintArgs {
    /// A name (cosine) or an id (01_vectors/cosine).
    id: String,
    /// The first N hints.
    n: Option<usize>,
    /// As JSON: the first N hints, one if N is not given.
    #[arg(long)]
    json: bool,
}

impl HintArgs {
    pub(crate) fn run(&self) -> Result<()> {
        let exercise = find(&self.id)?;
        let all = exercise.hints;
        if self.json {
            let n = self.n.unwrap_or(1).min(all.len());
            return print_json(
                &serde_json::json!({"id": exercise.id, "hints": all[..n], "more": all.len() - n}),
            );
        }
        let file = Layout::find()?.made().join("hints.json");
        let mut shown = read(&file);
        let before = shown.get(exercise.id).copied().unwrap_or(0);
        let (from, to) = match self.n {
            Some(n) => (0, n.min(all.len())),
            None if before < all.len() => (before, before + 1),
            // There is no next hint: print all of them again.
            None => (0, all.len()),
        };
        for (i, hint) in all.iter().enumerate().take(to).skip(from) {
            print(&format!("{}. {hint}\n", i + 1));
        }
        match all.len() - to {
            0 => say("these are all hints"),
            1 => say("1 more hint: the same command again"),
            more => say(&format!("{more} more hints: the same command again")),
        }
        if to > before {
            shown.insert(exercise.id.to_owned(), to);
            tools::write(&file, &(serde_json::to_string_pretty(&shown)? + "\n"))?;
        }
        Ok(())
    }
}

/// How many hints of each exercise have been shown. A file that cannot be read is as good as none.
fn read(file: &PathBuf) -> BTreeMap<String, usize> {
    let text = std::fs::read(file).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}
