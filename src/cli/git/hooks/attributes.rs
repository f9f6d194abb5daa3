//! The attributes file, which gives notebooks our filter, our diff and our merge.
//!
//! By default it is `.git/info/attributes`, which git does not track and which outranks `.gitattributes`. We
//! write a block between two marks; the marks also say how to undo it to the last byte.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::git::NAME;
use crate::git::repository::{Repository, line};
use crate::tools::save;

const BEGIN: &str = "# course-notebook begins here";
const END: &str = "# course-notebook ends here\n";

/// What follows [`BEGIN`] if adding the block made the file, or had to end its last line.
const NEW_FILE: &str = " (a new file)";
const NEW_LINE: &str = " (after a new line)";

/// The attributes that are needed.
const NEEDED: [&str; 3] = ["filter", "diff", "merge"];

pub(super) fn add(repository: &Repository, chosen: Option<&Path>) -> Result<()> {
    if chosen.is_none() && status(repository).is_ok() {
        return Ok(());
    }
    let file = file(repository, chosen);
    let old = read(&file)?;
    if old.as_deref().is_some_and(|text| text.contains(BEGIN)) {
        return Ok(());
    }
    let how = match &old {
        None => NEW_FILE,
        Some(text) if !text.is_empty() && !text.ends_with('\n') => NEW_LINE,
        Some(_) => "",
    };
    let mut text = old.unwrap_or_default();
    if how == NEW_LINE {
        text.push('\n');
    }
    let values = NEEDED.map(|needed| format!("{needed}={NAME}")).join(" ");
    text.push_str(&format!("{BEGIN}{how}\n*.ipynb {values}\n{END}"));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    save::create(&file, text.as_bytes(), false)
}

pub(super) fn remove(repository: &Repository, chosen: Option<&Path>) -> Result<()> {
    let mut files = vec![file(repository, None)];
    files.extend(repository.top.as_ref().map(|top| top.join(".gitattributes")));
    files.extend(chosen.map(Path::to_owned));
    for file in files {
        let Some(text) = read(&file)? else { continue };
        let Some(begin) = text.find(BEGIN) else { continue };
        let Some(length) = text[begin..].find(END) else {
            continue;
        };
        let end = begin + length + END.len();
        let how = &text[begin + BEGIN.len()..];
        let before = &text[..begin];
        let before = match how.starts_with(NEW_LINE) {
            // Text that was added after the block still needs the line end.
            true if end == text.len() => before.strip_suffix('\n').unwrap_or(before),
            _ => before,
        };
        let rest = format!("{before}{}", &text[end..]);
        if rest.is_empty() && how.starts_with(NEW_FILE) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        } else {
            save::create(&file, rest.as_bytes(), false)?;
        }
    }
    Ok(())
}

pub(super) fn status(repository: &Repository) -> Result<String, String> {
    let arguments: Vec<&str> = ["check-attr"]
        .into_iter()
        .chain(NEEDED)
        .chain(["--", "any.ipynb"])
        .collect();
    let found = line(&repository.here, &arguments).unwrap_or_default();
    for (line, needed) in found.lines().zip(NEEDED) {
        if !line.ends_with(&format!(": {NAME}")) {
            return Err(format!("notebooks have not {needed}={NAME}: {line}"));
        }
    }
    Ok(format!("*.ipynb has {}", NEEDED.join(", ")))
}

fn file(repository: &Repository, chosen: Option<&Path>) -> PathBuf {
    match chosen {
        Some(file) => repository.here.join(file),
        None => repository.common.join("info/attributes"),
    }
}

fn read(file: &Path) -> Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}
