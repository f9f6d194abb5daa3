//! What is made from `solutions/`: the students' files, the quizzes without their key, and the library's copy
//! of all of them in one file, `src/check/handed_out.rs`.
//!
//! The library does not read the students' files themselves, because then every change to one of them would
//! rebuild the library.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::check::Head;

use super::files::stub;
use crate::quiz::make::{self, Sealed};
use crate::tools;
use crate::tools::files::{listed, read};

/// The library's copy.
const LIBRARY: &str = "src/check/handed_out.rs";

/// An exercise as it is handed out.
struct Made {
    /// `NN_topic/name`.
    id: String,
    file: String,
    hints: Vec<String>,
}

/// The files that differ from what the solutions make. They are written anew if `write` is set.
pub(super) fn stale(root: &Path, write: bool) -> Result<Vec<PathBuf>> {
    let (exercises, quizzes) = (exercises(root)?, make::all(root)?);
    let student = |path: String| root.join("exercises").join(path);
    let mut all = vec![(root.join(LIBRARY), text(&exercises, &quizzes))];
    all.extend(
        exercises
            .into_iter()
            .map(|made| (student(format!("{}.rs", made.id)), made.file)),
    );
    all.extend(
        quizzes
            .into_iter()
            .map(|quiz| (student(format!("{}/quiz.toml", quiz.lecture)), quiz.text)),
    );
    let is_stale =
        |(file, made): &(PathBuf, String)| std::fs::read_to_string(file).ok().as_ref() != Some(made);
    all.retain(is_stale);
    if write {
        for (file, made) in &all {
            tools::write(file, made)?;
        }
    }
    Ok(all.into_iter().map(|(file, _)| file).collect())
}

/// Writes the library's copy alone.
pub(super) fn write_library(root: &Path) -> Result<PathBuf> {
    let file = root.join(LIBRARY);
    tools::write(&file, &text(&exercises(root)?, &make::all(root)?))?;
    Ok(file)
}

/// What is made from the solutions below `root`, in the order of their ids.
fn exercises(root: &Path) -> Result<Vec<Made>> {
    let top = root.join("solutions");
    let mut made = Vec::new();
    for lecture in listed(&top)?.into_iter().filter(|path| path.is_dir()) {
        for file in listed(&lecture)? {
            let (Some(lecture), Some(name)) = (lecture.file_name(), file.file_stem()) else {
                continue;
            };
            if file.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let solution = read(&file)?;
            let place = || file.display().to_string();
            made.push(Made {
                id: format!("{}/{}", lecture.display(), name.display()),
                file: stub(&solution).with_context(place)?,
                hints: Head::parse(&solution)
                    .map_err(anyhow::Error::msg)
                    .with_context(place)?
                    .hints,
            });
        }
    }
    Ok(made)
}

/// The library's copy: a constant for each exercise, which has its name, and the list of the quizzes.
fn text(exercises: &[Made], quizzes: &[Sealed]) -> String {
    let mut out = String::from(
        "//! Made by `cargo course exercises` from `solutions/`: what is handed out. For each exercise its file and its\n\
         //! hints; for each lecture its quiz, as Markdown and as HTML.\n",
    );
    for made in exercises {
        let name = made.id.rsplit('/').next().unwrap_or(&made.id);
        let hints: Vec<String> = made
            .hints
            .iter()
            .map(|hint| format!("\n    {},", raw(hint)))
            .collect();
        let _ = write!(
            out,
            "\npub(super) const {name}: (&str, &[&str]) = ({}, &[{}\n]);\n",
            raw(&made.file),
            hints.concat()
        );
    }
    out += "\npub(super) static QUIZZES: &[(&str, &str, &str)] = &[\n";
    for Sealed { lecture, text, page } in quizzes {
        let _ = writeln!(out, "({lecture:?}, {}, {}),", raw(text), raw(page));
    }
    out + "];\n"
}

/// A raw string in Rust, with more `#` signs than follow any quotation mark in the text.
fn raw(text: &str) -> String {
    let marks = |rest: &str| rest.chars().take_while(|c| *c == '#').count() + 1;
    let most = text.split('"').skip(1).map(marks).max().unwrap_or(0);
    let marks = "#".repeat(most);
    format!("r{marks}\"{text}\"{marks}")
}

#[cfg(test)]
mod tests {
    use super::raw;

    #[test]
    fn a_raw_string_ends_where_it_should() {
        assert_eq!(raw("a"), "r\"a\"");
        assert_eq!(raw("a\"b"), "r#\"a\"b\"#");
        assert_eq!(raw("a\"#b"), "r##\"a\"#b\"##");
    }
}
