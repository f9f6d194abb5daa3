//! Notebooks in git: outputs stay out of history, differences read like code, merges go by cells.
//!
//! git runs four things, by the scripts of `git-hooks/`, which call this program:
//!
//! | git | file | what it does |
//! |---|---|---|
//! | `filter` (clean) | [`strip`], through [`process`] or [`clean`] | what git stores has no outputs |
//! | `diff` (textconv) | [`text`] | a notebook as cells with headings |
//! | `merge` | [`merge`] | three notebooks by the ids of their cells |
//! | `pre-commit` | [`pre_commit`] | what is staged is whole, clean and holds no secret |
//!
//! Below them: [`scan`] and [`tree`] read JSON without changing it, [`options`] and [`settings`] say what is
//! stripped, and [`hooks`] puts all of it into a repository and takes it out again.

pub(crate) mod clean;
pub(crate) mod command;
mod conflict;
mod difference;
pub(crate) mod fault;
pub(crate) mod hooks;
mod input;
pub(crate) mod merge;
mod options;
mod packets;
pub(crate) mod pre_commit;
pub(crate) mod process;
#[cfg(test)]
mod properties;
mod recheck;
pub(crate) mod repository;
mod scan;
mod secrets;
mod settings;
mod strip;
pub(crate) mod text;
mod tree;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

/// The name of the filter, the diff driver and the merge driver.
pub(crate) const NAME: &str = "course-notebook";

/// What git runs. People have `cargo course strip`, `cargo course nb` and `cargo course hooks`.
#[derive(Args)]
pub(crate) struct GitArgs {
    #[command(subcommand)]
    command: Run,
}

#[derive(Subcommand)]
enum Run {
    /// The clean filter for one notebook: from standard input to standard output.
    Clean(clean::CleanArgs),
    /// The clean filter for many notebooks: git's long-running protocol on standard input and output.
    Filter,
    /// A notebook as text.
    Textconv { file: PathBuf },
    /// The merge driver: the files %O, %A and %B, the markers' length %L and the path %P.
    Merge(merge::MergeArgs),
    /// The check of what is staged.
    PreCommit,
    /// Makes `git status` ask the filter. It was called `settle`, which older installations still say.
    #[command(alias = "settle")]
    Recheck {
        /// A merge has just been done.
        #[arg(long)]
        merged: bool,
    },
}

impl GitArgs {
    /// Runs it, and returns the exit code.
    pub(crate) fn run(&self) -> Result<i32> {
        match &self.command {
            Run::Clean(args) => args.run().map(|()| 0),
            Run::Filter => process::run().map(|()| 0),
            Run::Textconv { file } => text::conversion(file).map(|()| 0),
            Run::Merge(args) => Ok(args.run()),
            Run::PreCommit => pre_commit::run(),
            Run::Recheck { merged } => recheck::run(*merged).map(|()| 0),
        }
    }
}
