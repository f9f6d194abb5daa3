//! The files of a commit, and the parts of them that students get.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::ci;

/// Paths that begin with one of these are left out. The module's doc says why.
const LEFT_OUT: &[&str] = &[
    "solutions/",
    ".ci/",
    "tests/check.rs",
    "tests/check/",
    "tests/grade.rs",
    "tests/grade/",
    "tests/fixtures/grade/",
    "tests/browser/quiz.test.mjs",
    "benches/grade.py",
    "tests/quiz.rs",
    "tests/quiz/",
    "tests/release.rs",
    "tests/release/",
    "tests/marks.rs",
    "tests/marks/",
];

/// Lines from this mark to the next [`AGAIN`] are left out.
const NOT: &str = "not released";

/// The end of what is left out.
const AGAIN: &str = "released again";

/// A plain file.
pub(super) struct File {
    /// The path from the top of the course, with slashes.
    pub(super) path: String,
    pub(super) executable: bool,
    pub(super) bytes: Vec<u8>,
}

/// All files of the last commit, in the order of their names.
pub(super) fn of_commit(root: &Path) -> Result<Vec<File>> {
    // `git archive` works from the commit, whatever the working copy looks like. In a commit, notebooks have
    // no outputs.
    let archive = crate::git::repository::ask(root, &["archive", "--format=tar", "HEAD"])?;
    let mut files = Vec::new();
    for entry in tar::Archive::new(archive.as_slice()).entries()? {
        let mut entry = entry?;
        let path = entry
            .path()?
            .to_str()
            .context("a file's name is not UTF-8")?
            .to_owned();
        match entry.header().entry_type() {
            tar::EntryType::Regular => {}
            tar::EntryType::Directory | tar::EntryType::XGlobalHeader => continue,
            other => bail!("{path}: expected a plain file, got {other:?}"),
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let executable = entry.header().mode()? & 0o100 != 0;
        files.push(File {
            path,
            executable,
            bytes,
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Separates what is in `solutions/` from what students get.
pub(super) fn split(all: Vec<File>) -> Result<(Vec<File>, Vec<File>)> {
    let (mut solutions, mut released) = (Vec::new(), Vec::new());
    for mut file in all {
        if file.path.starts_with("solutions/") {
            solutions.push(file);
        } else if !LEFT_OUT.iter().any(|start| file.path.starts_with(start)) {
            if let Ok(text) = std::str::from_utf8(&file.bytes)
                && let Some(kept) = without(text).with_context(|| file.path.clone())?
            {
                file.bytes = kept.into_bytes();
            }
            released.push(file);
        }
    }
    for (path, text) in ci::files(ci::Template::Student) {
        if released.iter().any(|file| file.path == path) {
            bail!("{path}: a release has a file of its own there");
        }
        released.push(File {
            path: path.to_owned(),
            executable: false,
            bytes: text.as_bytes().to_vec(),
        });
    }
    released.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((solutions, released))
}

/// The text without the lines that are not released; `None` if no lines are left out.
fn without(text: &str) -> Result<Option<String>> {
    let mut kept = String::with_capacity(text.len());
    let mut since = None;
    let mut any = false;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        match (comment(line), since) {
            (Some(NOT), None) => (since, any) = (Some(i + 1), true),
            (Some(AGAIN), Some(_)) => since = None,
            (Some(NOT), Some(begun)) => bail!("line {}: `{NOT}` again, after line {begun}", i + 1),
            (Some(AGAIN), None) => bail!("line {}: `{AGAIN}` without `{NOT}` before it", i + 1),
            (_, None) => kept.push_str(line),
            (_, Some(_)) => {}
        }
    }
    if let Some(line) = since {
        bail!("line {line}: `{NOT}` without `{AGAIN}` after it");
    }
    Ok(any.then_some(kept))
}

/// What a line says if it is only a comment, in Rust, Markdown, TOML or a script.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let inside = line
        .strip_prefix("// ")
        .or_else(|| line.strip_prefix("# "))
        .or_else(|| {
            line.strip_prefix("<!-- ")
                .and_then(|rest| rest.strip_suffix(" -->"))
        })?;
    Some(inside.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_lines_are_left_out_in_every_language() {
        let of = |text: &str| without(text).map_err(|e| e.to_string());
        assert_eq!(of("a\n"), Ok(None));
        let rust = "mod a;\n    // not released\n    mod b;\n    // released again\nmod c;";
        assert_eq!(of(rust), Ok(Some("mod a;\nmod c;".to_owned())));
        let markdown = "a\n<!-- not released -->\nb\n<!-- released again -->\nc\n";
        assert_eq!(of(markdown), Ok(Some("a\nc\n".to_owned())));
        assert_eq!(
            of("# not released\nb\n# released again\n"),
            Ok(Some(String::new()))
        );
        assert_eq!(
            of("# not released\nb\n"),
            Err("line 1: `not released` without `released again` after it".to_owned())
        );
        assert_eq!(
            of("a\n// released again\n"),
            Err("line 2: `released again` without `not released` before it".to_owned())
        );
    }
}
