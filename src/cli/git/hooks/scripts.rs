//! The scripts that git runs, and the hooks among them.
//!
//! A hook that is there already is renamed and called first. If `core.hooksPath` names another folder, git
//! looks there, and so do we.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Row;
use crate::git::repository::{Repository, line};
use crate::tools::save;

/// What the filter and the drivers are.
const DRIVERS: [(&str, &str); 4] = [
    ("filter", include_str!("../../../../git-hooks/filter")),
    ("clean", include_str!("../../../../git-hooks/clean")),
    ("diff", include_str!("../../../../git-hooks/diff")),
    ("merge", include_str!("../../../../git-hooks/merge")),
];

/// What git runs by name.
const HOOKS: [(&str, &str); 4] = [
    ("pre-commit", include_str!("../../../../git-hooks/pre-commit")),
    ("post-commit", include_str!("../../../../git-hooks/post-commit")),
    ("post-merge", include_str!("../../../../git-hooks/post-merge")),
    (
        "post-index-change",
        include_str!("../../../../git-hooks/post-index-change"),
    ),
];

/// What stands for the program's path.
const PLACEHOLDER: &str = "@COURSE@";

/// What every script of ours says about itself.
const OURS: &str = "# course-notebook:";

/// What an earlier hook is called.
const BEFORE: &str = "before-course";

/// Where the scripts lie.
pub(super) fn folder(repository: &Repository) -> PathBuf {
    repository.common.join("course-notebook")
}

/// A path as the shell reads it.
pub(super) fn quoted(path: &Path) -> String {
    // The shell that comes with git reads forward slashes on every system.
    let path = path.to_string_lossy();
    let path = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    };
    format!("'{}'", path.replace('\'', r"'\''"))
}

pub(super) fn write(repository: &Repository, program: &Path) -> Result<()> {
    if !program.is_file() {
        bail!(
            "expected the program that git is to run, got {}",
            program.display()
        );
    }
    let folder = folder(repository);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for (name, text) in DRIVERS {
        put(&folder.join(name), text, program)?;
    }
    let path = folder.join("program");
    let text = program.to_string_lossy();
    if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
        save::create(&path, text.as_bytes(), false)?;
    }
    Ok(())
}

/// Writes one script, unless it is there.
fn put(path: &Path, text: &str, program: &Path) -> Result<()> {
    let text = text.replace(PLACEHOLDER, &quoted(program));
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    save::create(path, text.as_bytes(), true)
}

pub(super) fn remove(repository: &Repository) -> Result<()> {
    let folder = folder(repository);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Where git looks for hooks.
fn hooks(repository: &Repository) -> Result<PathBuf> {
    // A relative `core.hooksPath` begins at the top.
    let here = repository.top.as_ref().unwrap_or(&repository.here);
    line(
        here,
        &["rev-parse", "--path-format=absolute", "--git-path", "hooks"],
    )
    .map(PathBuf::from)
    .context("git does not say where its hooks are")
}

fn is_ours(path: &Path) -> bool {
    fs::read(path).is_ok_and(|text| String::from_utf8_lossy(&text).contains(OURS))
}

pub(super) fn hook(repository: &Repository, program: &Path, notes: &mut Vec<String>) -> Result<()> {
    let folder = hooks(repository)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for (name, text) in HOOKS {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() && !is_ours(&path) {
            let before = folder.join(format!("{name}.{BEFORE}"));
            if fs::symlink_metadata(&before).is_ok() {
                bail!(
                    "cannot keep the hook {}: {} is there already",
                    path.display(),
                    before.display()
                );
            }
            fs::rename(&path, &before).with_context(|| format!("cannot rename {}", path.display()))?;
            notes.push(format!(
                "the hook {name} in {} is kept, and runs first",
                folder.display()
            ));
        }
        put(&path, text, program)?;
    }
    Ok(())
}

pub(super) fn unhook(repository: &Repository) -> Result<()> {
    let folder = hooks(repository)?;
    for (name, _) in HOOKS {
        let path = folder.join(name);
        if !is_ours(&path) {
            continue;
        }
        let before = folder.join(format!("{name}.{BEFORE}"));
        if fs::symlink_metadata(&before).is_ok() {
            fs::rename(&before, &path).with_context(|| format!("cannot rename {}", before.display()))?;
        } else {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    // A folder that the installation made is removed; one with anything in it stays.
    let _ = fs::remove_dir(&folder);
    Ok(())
}

/// The program that the scripts run.
pub(super) fn program(repository: &Repository) -> Result<String, String> {
    match fs::read_to_string(folder(repository).join("program")) {
        Ok(program) if Path::new(&program).is_file() => Ok(program),
        Ok(program) => Err(format!("{program} is gone")),
        Err(_) => Err("not installed".to_owned()),
    }
}

pub(super) fn status(repository: &Repository) -> Result<Vec<Row>> {
    let folder = hooks(repository)?;
    let row = |name: &'static str| {
        let path = folder.join(name);
        match is_ours(&path) {
            true => (name, Ok(path.display().to_string())),
            false => (name, Err(format!("not in {}", folder.display()))),
        }
    };
    Ok(HOOKS.iter().map(|(name, _)| row(name)).collect())
}
