//! DIR: what may be replaced in it, and replacing it as a whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::tree::File;
use crate::tools::words::some;

/// The list of a release's files.
const LIST: &str = ".release.json";

/// What a working copy has beside the released files. It is kept.
const KEPT: &[&str] = &[".git", "target", ".course"];

/// The contents of a release.
#[derive(Serialize, Deserialize)]
struct List {
    /// The commit that was released.
    commit: String,
    /// Each file with its SHA-256.
    files: BTreeMap<String, String>,
}

fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Writes the files and their list into the new folder `tree`.
pub(super) fn write(files: &[File], commit: &str, tree: &Path) -> Result<()> {
    let mut list = List {
        commit: commit.to_owned(),
        files: BTreeMap::new(),
    };
    for file in files {
        write_file(file, tree)?;
        list.files.insert(file.path.clone(), hash(&file.bytes));
    }
    let text = serde_json::to_string_pretty(&list)? + "\n";
    fs::write(tree.join(LIST), text)?;
    Ok(())
}

/// Writes one file below `tree`.
pub(super) fn write_file(file: &File, tree: &Path) -> Result<()> {
    let path = tree.join(&file.path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    #[cfg(unix)]
    if file.executable {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Whether `dir` can become a release: it does not exist, is empty, or holds a release that nobody has
/// changed.
pub(super) fn may_replace(dir: &Path) -> Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    if !dir.is_dir() {
        bail!("expected a folder, got the file {}", dir.display());
    }
    let there = walk(dir)?;
    if there.is_empty() {
        return Ok(());
    }
    let Ok(text) = fs::read_to_string(dir.join(LIST)) else {
        bail!(
            "expected an empty folder or a former release, got {} with {}",
            dir.display(),
            some(&there)
        );
    };
    let list: List = serde_json::from_str(&text).with_context(|| format!("{}: {LIST}", dir.display()))?;
    let mut strange: Vec<String> = there
        .into_iter()
        .filter(|path| path != LIST && !list.files.contains_key(path))
        .collect();
    for (path, expected) in &list.files {
        // If a file is gone, nothing is lost.
        if fs::read(dir.join(path)).is_ok_and(|bytes| hash(&bytes) != *expected) {
            strange.push(path.clone());
        }
    }
    if !strange.is_empty() {
        bail!(
            "{} has what the release in it has not: {}; nothing was changed",
            dir.display(),
            some(&strange)
        );
    }
    Ok(())
}

/// The files below `top` except [`KEPT`], with slashes, in order. A link counts as a file.
fn walk(top: &Path) -> Result<Vec<String>> {
    fn into(folder: &Path, before: &str, found: &mut Vec<String>) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if before.is_empty() && KEPT.contains(&name.as_str()) {
                continue;
            }
            let path = format!("{before}{name}");
            if entry.file_type()?.is_dir() {
                into(&entry.path(), &format!("{path}/"), found)?;
            } else {
                found.push(path);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    into(top, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// Renames the folder `tree` to `dir`. What is kept moves along. If anything fails, `dir` is as it was.
pub(super) fn replace(tree: &Path, dir: &Path) -> Result<()> {
    may_replace(dir)?; // It may have changed while the proof was at work.
    if !dir.exists() {
        return fs::rename(tree, dir).with_context(|| format!("cannot write {}", dir.display()));
    }
    let old = tree.with_file_name("old");
    fs::rename(dir, &old).with_context(|| format!("cannot replace {}", dir.display()))?;
    let moved = || -> Result<()> {
        for name in KEPT.iter().filter(|name| old.join(name).exists()) {
            fs::rename(old.join(name), tree.join(name))?;
        }
        fs::rename(tree, dir)?;
        Ok(())
    };
    if let Err(error) = moved() {
        for name in KEPT.iter().filter(|name| tree.join(name).exists()) {
            fs::rename(tree.join(name), old.join(name))?;
        }
        fs::rename(&old, dir)?;
        return Err(error.context(format!("cannot replace {}", dir.display())));
    }
    Ok(())
}
