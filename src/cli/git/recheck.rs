//! Lets `git status` say nothing when nothing but outputs have changed.
//!
//! git's index notes the size of each file in the working copy. When the size has changed, git is sure that
//! the file has, and does not ask the filter: a notebook that was only run is shown as modified until
//! somebody adds it. The size zero means "never looked", and then git asks the filter. So whenever git has
//! written its index, this sets the sizes of notebooks in it to zero, and nothing else.
//!
//! What it costs: `git status` asks the filter for every notebook, not only for those that were touched. What
//! it does not help: commands for scripts, such as `git diff-files`. They believe the index without looking,
//! and take every notebook for changed; `git diff --quiet` looks. `git config course-notebook.recheck false`
//! switches it off.
//!
//! `git merge`, `git stash` and the like believe the index, too, and would stop. So the hook
//! `post-index-change` leaves it alone while one of them works. Nothing is done while a merge, a rebase or a
//! cherry-pick is under way; `post-merge` and `post-commit` do it afterwards. After a stash or a rebase, the
//! next command that writes the index does it.
//!
//! It is done under git's own lock, in git's own way: a new file is written beside the old one and then takes
//! its name. If git is at work, there is nothing to do: it will call again. The format is described in git's
//! `gitformat-index`.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use sha1_smol::Sha1;
use sha2::{Digest, Sha256};

use super::repository::{Repository, line};

/// Where the size is in an entry: after times, device, node, mode and owner.
const SIZE: usize = 36;

/// How long all of these are, the size included.
const NUMBERS: usize = 40;

/// What git has in its folder while a merge or the like waits for somebody to continue it.
const UNDER_WAY: [&str; 5] = [
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "rebase-merge",
    "rebase-apply",
];

/// Makes git look at the notebooks of the repository in which this is run. git runs `post-merge` before it
/// removes its mark of the merge, so that mark says nothing when the merge is known to be done.
pub(crate) fn run(merged: bool) -> Result<()> {
    let here = Path::new(".");
    match std::env::var_os("GIT_DIR") {
        Some(folder) => index(here, Path::new(&folder), merged),
        None => of_worktree(here, merged),
    }
}

/// The same for all working copies of a repository: notebooks that were run before the filter was there have
/// not changed either.
pub(crate) fn all(repository: &Repository) -> Result<()> {
    let listed = line(&repository.here, &["worktree", "list", "--porcelain"]).unwrap_or_default();
    for worktree in listed.lines().filter_map(|line| line.strip_prefix("worktree ")) {
        of_worktree(Path::new(worktree), false)?;
    }
    Ok(())
}

fn of_worktree(here: &Path, merged: bool) -> Result<()> {
    match line(here, &["rev-parse", "--absolute-git-dir"]) {
        Some(folder) => index(here, Path::new(&folder), merged),
        None => Ok(()),
    }
}

/// Changes the index in `folder`, the repository's own.
fn index(here: &Path, folder: &Path, merged: bool) -> Result<()> {
    let waits = |name: &&str| !(merged && *name == "MERGE_HEAD") && folder.join(name).exists();
    if UNDER_WAY.iter().any(waits) {
        return Ok(());
    }
    let index = folder.join("index");
    if !fs::read(&index).is_ok_and(|bytes| without_sizes(&bytes).is_some()) {
        return Ok(());
    }
    // The second name is an older one.
    let is_off = |name: &&str| line(here, &["config", "--type=bool", name]).as_deref() == Some("false");
    let names = ["course-notebook.recheck", "course-notebook.settle"];
    if names.iter().any(is_off) {
        return Ok(());
    }
    let lock = folder.join("index.lock");
    let Ok(mut file) = OpenOptions::new().write(true).create_new(true).open(&lock) else {
        return Ok(());
    };
    // Read again: nobody changes it now.
    let written =
        fs::read(&index)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| match without_sizes(&bytes) {
                Some(new) => {
                    file.write_all(&new)?;
                    file.set_permissions(fs::metadata(&index)?.permissions())?;
                    drop(file);
                    fs::rename(&lock, &index)?;
                    Ok(true)
                }
                None => Ok(false),
            });
    if !matches!(written, Ok(true)) {
        fs::remove_file(&lock).context("cannot remove the lock of git's index")?;
    }
    written.map(|_| ())
}

/// The index with zero for the size of each notebook. Nothing if that is so already, or if this kind of index
/// is not known here.
fn without_sizes(index: &[u8]) -> Option<Vec<u8>> {
    let oid = oid_length(index)?;
    let number = |at: usize| Some(u32::from_be_bytes(index.get(at..at + 4)?.try_into().ok()?));
    let (version, count) = (number(4)?, number(8)?);
    if index.get(..4)? != b"DIRC" || !(2..=4).contains(&version) {
        return None;
    }
    let mut new = index.to_vec();
    let mut at = 12;
    let mut path: Vec<u8> = Vec::new();
    let mut changed = false;
    for _ in 0..count {
        let flags_at = at + NUMBERS + oid;
        let flags = u16::from_be_bytes(index.get(flags_at..flags_at + 2)?.try_into().ok()?);
        let extended = flags & 0x4000 != 0;
        let mut name_at = flags_at + if extended { 4 } else { 2 };
        if version == 4 {
            // Each path says how many bytes of the one before it are cut off.
            let cut = varint(index, &mut name_at)?;
            path.truncate(path.len().checked_sub(cut)?);
        } else {
            path.clear();
        }
        let end = name_at + index.get(name_at..)?.iter().position(|byte| *byte == 0)?;
        path.extend_from_slice(&index[name_at..end]);
        if path.ends_with(b".ipynb") && number(at + SIZE)? != 0 {
            new[at + SIZE..at + NUMBERS].fill(0);
            changed = true;
        }
        at = match version {
            4 => end + 1,
            // One to eight zeros make the length a multiple of eight.
            _ => at + ((end - at) / 8 + 1) * 8,
        };
    }
    let content = new.len() - oid;
    let sum = checksum(&new[..content], oid);
    new[content..].copy_from_slice(&sum);
    changed.then_some(new)
}

/// How long the names of objects are: 20 bytes with SHA-1, 32 with SHA-256. The index ends with its own
/// checksum, which tells them apart.
fn oid_length(index: &[u8]) -> Option<usize> {
    [20, 32].into_iter().find(|length| {
        index
            .len()
            .checked_sub(*length)
            .is_some_and(|content| checksum(&index[..content], *length) == index[content..])
    })
}

fn checksum(content: &[u8], length: usize) -> Vec<u8> {
    match length {
        20 => Sha1::from(content).digest().bytes().to_vec(),
        _ => Sha256::digest(content).to_vec(),
    }
}

/// A number in git's own form for offsets.
fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value = (value << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
        value = value.checked_add(1)?;
        if value > index_path_limit() {
            return None;
        }
    }
}

/// No path is longer than this; a number beyond it is no number of this index.
const fn index_path_limit() -> usize {
    1 << 20
}
