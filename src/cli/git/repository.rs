//! Asking git.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// git in the folder `here`, without colours and questions.
pub(crate) fn git(here: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(here)
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// What git answers; an error if it fails.
pub(crate) fn ask<S: AsRef<OsStr>>(here: &Path, arguments: &[S]) -> Result<Vec<u8>> {
    let output = git(here)
        .args(arguments)
        .output()
        .context("cannot run git: is it installed?")?;
    good(output, arguments)
}

/// The same with `input` on its standard input.
pub(crate) fn tell<S: AsRef<OsStr>>(here: &Path, arguments: &[S], input: &[u8]) -> Result<Vec<u8>> {
    let mut child = git(here)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run git: is it installed?")?;
    let mut pipe = child.stdin.take().context("git has no standard input")?;
    let output = std::thread::scope(|scope| {
        // From a thread of its own, since git may answer before it has read everything.
        scope.spawn(move || pipe.write_all(input));
        child.wait_with_output()
    })?;
    good(output, arguments)
}

fn good<S: AsRef<OsStr>>(output: Output, arguments: &[S]) -> Result<Vec<u8>> {
    if !output.status.success() {
        let words: Vec<_> = arguments.iter().map(|a| a.as_ref().to_string_lossy()).collect();
        bail!(
            "git {}: {}",
            words.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}

/// What git answers in one line; nothing if it fails.
pub(crate) fn line(here: &Path, arguments: &[&str]) -> Option<String> {
    let output = git(here).args(arguments).output().ok()?;
    let text = output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).ok())??;
    Some(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// A repository.
pub(crate) struct Repository {
    /// Where git is asked.
    pub(crate) here: PathBuf,
    /// The folder that all worktrees share: usually `.git`.
    pub(crate) common: PathBuf,
    /// The top of the working copy; nothing in a bare repository.
    pub(crate) top: Option<PathBuf>,
    /// Whether this is one of the working copies that `git worktree add` makes, which come and go.
    pub(crate) is_linked: bool,
}

impl Repository {
    /// The repository that `here` is in.
    pub(crate) fn at(here: &Path) -> Result<Self> {
        let Some(common) = line(here, &["rev-parse", "--path-format=absolute", "--git-common-dir"]) else {
            bail!(
                "expected a git repository (2.31 or newer), got {}",
                here.display()
            );
        };
        let top = line(here, &["rev-parse", "--show-toplevel"]).filter(|top| !top.is_empty());
        let own = line(here, &["rev-parse", "--path-format=absolute", "--git-dir"]);
        Ok(Self {
            here: here.to_owned(),
            is_linked: own.is_some_and(|own| own != common),
            common: PathBuf::from(common),
            top: top.map(PathBuf::from),
        })
    }
}
