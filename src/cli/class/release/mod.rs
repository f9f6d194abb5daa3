//! `cargo course release DIR`: what students get, and the proof that it holds.
//!
//! A release is the last commit without the instructor's part:
//!
//! | left out | why |
//! |---|---|
//! | `solutions/` | solutions, and with them the keys of the quizzes |
//! | `tests/check*`, `tests/grade*`, `tests/quiz*`, `tests/release*`, `tests/marks*`, `benches/grade.py` | these have right answers in them, or need the solutions |
//! | `.ci/` | it runs what is left out; the release has checks of its own for GitHub and GitLab instead |
//! | lines from `not released` to `released again`, each alone in a comment | the places that name the former |
//!
//! Judges and known mistakes stay, since the hints need them. Hidden cases are in no file: grading draws them
//! from a secret seed, which is never part of a repository.
//!
//! The same commit gives the same bytes. The release is written beside DIR and proved there; then it is
//! renamed to DIR, so that DIR never holds half a release. A `.git`, `target` or `.course` in DIR is kept.
//! `.release.json` lists the files of the release. The next release into DIR reads it, to be sure that nobody
//! else's files are in the way.
//!
//! | file | what is in it |
//! |---|---|
//! | `tree.rs` | the commit's files, and which lines and files of them students get |
//! | `search.rs` | looking for solutions in what students get |
//! | `proof.rs` | building it, failing its stubs, running its notebooks |
//! | `former.rs` | DIR: what may be replaced, and replacing it |
//! | `ci.rs` | checks for GitHub and GitLab |
//!
//! A release leaves things out of the course instead of copying things in, so that nobody has to think of it
//! when a file is added. The search then finds what was forgotten.

mod ci;
mod former;
mod proof;
mod search;
mod tree;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::git::repository::line;
use crate::tools::layout::Layout;
use crate::tools::progress::{Steps, say};
use crate::tools::words::some;

/// Make what students get: the course without solutions, quiz keys and the instructor's tests, and prove that
/// it holds.
///
/// The release is of the last commit. The proof: no line of a solution is found in it, every exercise is
/// still to be written, it builds, and its notebooks run. The latter two take minutes; --no-proof leaves them
/// out.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course release ../students              a release, proved\n  cargo course release ../students --no-proof   without building it and running its notebooks\n  cargo course release ../class --template class   checks for GitHub and GitLab that grade a class\n\nDIR may be the working copy of a repository that students clone: its .git is kept, so that\n  cargo course release ../students && git -C ../students add -A && git -C ../students commit\nhands out a new version."
)]
pub(crate) struct ReleaseArgs {
    /// Where the release goes: a new or empty folder, or a former release that nobody has changed.
    dir: PathBuf,
    /// Do not build the release nor run its notebooks.
    #[arg(long)]
    no_proof: bool,
    /// Release the last commit also where files differ from it.
    #[arg(long)]
    allow_dirty: bool,
    /// Write only the checks for GitHub and GitLab: a student's, which check exercises, or a class's, which
    /// grade.
    #[arg(long, value_enum)]
    template: Option<ci::Template>,
}

impl ReleaseArgs {
    pub(crate) fn run(self) -> Result<()> {
        if let Some(template) = self.template {
            for file in ci::write(template, &self.dir)? {
                say(&format!("{} written", file.display()));
            }
            return Ok(());
        }
        let layout = Layout::find()?;
        crate::exercise::files::need_solutions(&layout)?;
        let dir = outside(&self.dir, &layout)?;
        let commit = commit(&layout, self.allow_dirty)?;
        former::may_replace(&dir)?;
        let parent = dir.parent().context("expected a folder inside another one")?;
        std::fs::create_dir_all(parent)?;
        let steps = Steps::new();

        let step = steps.start("files");
        let all = tree::of_commit(layout.root())?;
        let (solutions, released) = tree::split(all)?;
        let beside = tempfile::Builder::new()
            .prefix(".release-")
            .tempdir_in(parent)
            .with_context(|| format!("cannot write into {}", parent.display()))?;
        let tree = beside.path().join("release");
        former::write(&released, &commit, &tree)?;
        step.done();

        let step = steps.start("looking for solutions");
        let found = search::search(&solutions, &released)?;
        if !found.leaks.is_empty() {
            bail!(
                "solutions would be released:\n{}\nwrite these places otherwise, or leave them out (`cargo course help release`)",
                found.leaks.into_iter().collect::<Vec<_>>().join("\n")
            );
        }
        if !found.alike.is_empty() {
            let alike: Vec<String> = found.alike.into_iter().collect();
            say(&format!(
                "note: several lines as in a solution: {}",
                alike.join(", ")
            ));
        }
        step.done();
        let step = steps.start("exercises");
        proof::nothing_is_solved(&tree)?;
        step.done();
        if !self.no_proof {
            proof::build_and_run(&layout, &released, &steps)?;
        }
        former::replace(&tree, &dir)?;
        say(&format!(
            "{}: {} files of commit {}{}",
            dir.display(),
            released.len(),
            commit.get(..12).unwrap_or(&commit),
            if self.no_proof { ", not built" } else { ", proved" }
        ));
        Ok(())
    }
}

/// The folder as an absolute path. It must not be inside the course's own folder, because the next commit
/// would then include it.
fn outside(dir: &Path, layout: &Layout) -> Result<PathBuf> {
    let dir = std::path::absolute(dir)?;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let existing = dir.ancestors().find(|folder| folder.exists()).map(real);
    if existing.is_some_and(|folder| folder.starts_with(real(layout.root()))) {
        bail!(
            "expected a folder outside of {}, got {}",
            layout.root().display(),
            dir.display()
        );
    }
    Ok(dir)
}

/// The commit to release. Without `dirty`, the working copy must be the same.
fn commit(layout: &Layout, dirty: bool) -> Result<String> {
    let Some(commit) = line(layout.root(), &["rev-parse", "--verify", "HEAD"]) else {
        bail!(
            "expected a git repository with a commit, got {}",
            layout.root().display()
        );
    };
    let status = crate::git::repository::ask(layout.root(), &["status", "--porcelain", "--", "."])?;
    let status = String::from_utf8_lossy(&status);
    let changed: Vec<String> = status
        .lines()
        .filter_map(|l| l.get(3..))
        .map(str::to_owned)
        .collect();
    if !changed.is_empty() && !dirty {
        bail!(
            "a release is of the last commit, from which {} differ: commit first, or say --allow-dirty",
            some(&changed)
        );
    }
    Ok(commit)
}
