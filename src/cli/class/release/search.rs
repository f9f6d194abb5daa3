//! Looking for solutions in what students get.
//!
//! White space and comment marks do not count, so that a solution is found however it is broken into lines.
//! These may occur nowhere:
//!
//! - a solution's region as a whole, if it has [`WHOLE`] letters or more;
//! - outside of `src/`, any single line of it that has [`LINE`] letters or more: shorter ones (`}`,
//!   `let n = x.len();`) are in every program;
//! - a sentence of a quiz's key that has [`LINE`] letters or more and is not in the quiz that students get.
//!
//! In `src/` single lines may agree. The library has the same algorithms, tested and documented, and a known
//! mistake is a solution that goes wrong in one place. So a release does not hide the algorithms, but no file
//! in it contains the answer. Where [`RUN`] consecutive lines agree, the file is named, so that its author
//! can write the judge differently.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};

use super::tree::File;
use crate::exercise::files::{BEGIN, END};
use crate::nb::notebook::Notebook;

/// The shortest region that is looked for, in letters. A shorter one is an expression that anybody would
/// write.
const WHOLE: usize = 24;

/// The shortest line that is looked for on its own, in letters.
const LINE: usize = 30;

/// How many consecutive lines must agree in `src/` for a note.
const RUN: usize = 3;

/// How many letters the index holds of each text that is looked for.
const START: usize = 16;

/// A text that is looked for.
struct Needle {
    text: String,
    /// Whether it may be in `src/`.
    library_may: bool,
    /// Whether it is several lines of a solution.
    is_run: bool,
    /// The message if it is found.
    said: String,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// Where solutions were found, in words.
    pub(super) leaks: BTreeSet<String>,
    /// Files of `src/` that share lines with a solution.
    pub(super) alike: BTreeSet<String>,
}

/// Looks for the solutions in what is released.
pub(super) fn search(solutions: &[File], released: &[File]) -> Result<Found> {
    let texts: Vec<(&str, String)> = released
        .iter()
        .filter_map(|file| Some((file.path.as_str(), squeezed(&readable(file)?))))
        .collect();
    let mut needles = Vec::new();
    for file in solutions {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            continue;
        };
        if file.path.ends_with(".rs") {
            needles.extend(of_solution(&file.path, text));
        } else if file.path.ends_with(".toml") {
            // What students get of a quiz is not secret: the questions and the choices.
            let handed_out = file.path.replace("solutions/", "exercises/");
            let handed_out = released.iter().find(|other| other.path == handed_out);
            let handed_out = handed_out.and_then(|file| std::str::from_utf8(&file.bytes).ok());
            let known = sentences(handed_out.unwrap_or_default()).with_context(|| file.path.clone())?;
            for sentence in sentences(text).with_context(|| file.path.clone())? {
                let squeezed = squeezed(&sentence);
                if squeezed.len() >= LINE && !known.contains(&sentence) {
                    needles.push(Needle {
                        text: squeezed,
                        library_may: false,
                        is_run: false,
                        said: format!("{sentence:?} of {}", file.path),
                    });
                }
            }
        }
    }
    let mut by_start: HashMap<&[u8], Vec<&Needle>> = HashMap::new();
    for needle in &needles {
        if let Some(start) = needle.text.as_bytes().get(..START) {
            by_start.entry(start).or_default().push(needle);
        }
    }
    let mut found = Found::default();
    for (path, text) in &texts {
        let bytes = text.as_bytes();
        for (at, window) in bytes.windows(START).enumerate() {
            for needle in by_start.get(window).into_iter().flatten() {
                if !bytes[at..].starts_with(needle.text.as_bytes()) {
                    continue;
                }
                if !(needle.library_may && path.starts_with("src/")) {
                    found.leaks.insert(format!("  {path}: {}", needle.said));
                } else if needle.is_run {
                    found.alike.insert((*path).to_owned());
                }
            }
        }
    }
    Ok(found)
}

/// What a reader of the file sees: a notebook's cells, or the text; `None` if it is not text.
fn readable(file: &File) -> Option<String> {
    let text = std::str::from_utf8(&file.bytes).ok()?;
    if file.path.ends_with(".ipynb")
        && let Ok(notebook) = Notebook::parse(&file.bytes)
    {
        let cells: Vec<&str> = notebook.cells.iter().map(|cell| cell.source()).collect();
        return Some(cells.join("\n"));
    }
    Some(text.to_owned())
}

/// The text without white space, and without comment marks at the beginnings of lines.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_start();
        let line = ["///", "//!", "//"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
            .unwrap_or(line);
        out.extend(line.chars().filter(|c| !c.is_whitespace()));
    }
    out
}

/// The texts to look for in a solution.
fn of_solution(path: &str, text: &str) -> Vec<Needle> {
    let region = text
        .lines()
        .skip_while(|line| line.trim() != BEGIN)
        .skip(1)
        .take_while(|line| line.trim() != END);
    let lines: Vec<(&str, String)> = region
        .map(|line| (line.trim(), squeezed(line)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let needle = |text: String, library_may, is_run, said| Needle {
        text,
        library_may,
        is_run,
        said,
    };
    let mut needles = Vec::new();
    let whole: String = lines.iter().map(|(_, text)| text.as_str()).collect();
    if whole.len() >= WHOLE {
        needles.push(needle(whole, false, false, format!("all of {path}")));
    }
    for (line, text) in &lines {
        if text.len() >= LINE {
            needles.push(needle(text.clone(), true, false, format!("`{line}` of {path}")));
        }
    }
    for run in lines.windows(RUN) {
        let text: String = run.iter().map(|(_, text)| text.as_str()).collect();
        if text.len() >= WHOLE {
            let said = format!("`{}` and what follows of {path}", run[0].0);
            needles.push(needle(text, true, true, said));
        }
    }
    needles
}

/// All texts of a TOML file.
fn sentences(text: &str) -> Result<Vec<String>> {
    fn collect(value: toml::Value, all: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => all.push(text),
            toml::Value::Array(values) => values.into_iter().for_each(|value| collect(value, all)),
            toml::Value::Table(table) => table.into_iter().for_each(|(_, value)| collect(value, all)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    collect(toml::Value::Table(toml::from_str(text)?), &mut all);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "pub fn f() {\n    // solution\n    let weights = rows.iter().map(|row| row.len() as f32);\n    \
        let n = 1;\n    weights.sum::<f32>() / n as f32\n    // end\n}\n";

    fn found(path: &str, text: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            executable: false,
            bytes: text.as_bytes().to_vec(),
        };
        let key = "title = 'A title that students see, and long enough'\nwhy = 'Since the logarithm of one is nothing at all'\n";
        let quiz = "title = 'A title that students see, and long enough'\n";
        let solutions = [
            file("solutions/t/f.rs", SOLUTION),
            file("solutions/t/quiz.toml", key),
        ];
        search(
            &solutions,
            &[file(path, text), file("exercises/t/quiz.toml", quiz)],
        )
        .unwrap()
        .leaks
        .into_iter()
        .collect()
    }

    #[test]
    fn a_line_is_found_however_it_is_written() {
        let line = "  notebooks/a.ipynb: `let weights = rows.iter().map(|row| row.len() as f32);` of solutions/t/f.rs";
        let cell = r#"{"nbformat": 4, "cells": [{"cell_type": "code", "id": "c", "metadata": {}, "outputs": [],
            "source": ["let weights = rows\n", "  .iter()\n", "  .map(|row| row.len() as f32);"]}]}"#;
        assert_eq!(found("notebooks/a.ipynb", cell), [line]);
        assert_eq!(found("README.md", "weights.sum::<f32>() / n"), [""; 0]);
        assert_eq!(
            found(
                "README.md",
                "since the logarithm\n Since the logarithm of\none is nothing at all"
            )
            .len(),
            1
        );
    }

    #[test]
    fn the_library_may_share_a_line_but_not_a_solution() {
        let line = "let weights = rows.iter().map(|row| row.len() as f32);";
        assert_eq!(found("src/a.rs", line), [""; 0]);
        let all = "/// let weights = rows.iter().map(|row| row.len() as f32);\n/// let n = 1;\n/// weights.sum::<f32>() / n as f32";
        assert_eq!(found("src/a.rs", all), ["  src/a.rs: all of solutions/t/f.rs"]);
    }
}
