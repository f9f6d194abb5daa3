//! Solutions for the cells of a notebook that belong to an exercise.

use super::notebook::Cell;
use crate::exercise::files::{BEGIN, END};
use crate::exercise::in_notebooks::{TODO, YOURS};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// The source that solves the exercise of `cell`; nothing for a cell without an exercise. The exercise
/// `NN_topic/name` is solved in `NN_topic/name.rs` of the folder `solutions`, between two marks. If the cell
/// still has its `todo!()`, the solution replaces it; else the solution is the whole cell.
pub(crate) fn source_for(cell: &Cell, solutions: &Path) -> Result<Option<String>> {
    let Some(id) = cell.exercise() else {
        return Ok(None);
    };
    let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !id.split('/').all(is_plain) {
        bail!(
            "cell {} names the exercise {id:?}: expected NN_topic/name",
            cell.id()
        );
    }
    let file = solutions.join(format!("{id}.rs"));
    let text = std::fs::read_to_string(&file).with_context(|| {
        format!(
            "cell {} belongs to exercise {id}: cannot read {}",
            cell.id(),
            file.display()
        )
    })?;
    let region =
        region(&text).with_context(|| format!("{} has no lines {BEGIN:?} and {END:?}", file.display()))?;
    Ok(Some(within(cell.source(), &region).unwrap_or(region)))
}

/// `cell` with `region` where the student's code belongs, indented like the code there; nothing if the
/// student has written it already.
fn within(cell: &str, region: &str) -> Option<String> {
    let lines: Vec<&str> = cell.lines().collect();
    let mark = lines.iter().position(|line| line.trim() == YOURS)?;
    if lines.get(mark + 1)?.trim() != TODO {
        return None;
    }
    let indentation = &lines[mark][..lines[mark].len() - lines[mark].trim_start().len()];
    let solved = region
        .lines()
        .map(|line| format!("{indentation}{line}").trim_end().to_owned());
    let kept = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let all: Vec<String> = (kept(&lines[..=mark]).into_iter())
        .chain(solved)
        .chain(kept(&lines[mark + 2..]))
        .collect();
    Some(all.join("\n"))
}

/// The lines between the marks, without the indentation that they share.
fn region(text: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| line.trim() != BEGIN).skip(1);
    let mut region = Vec::new();
    loop {
        match lines.next()? {
            line if line.trim() == END => break,
            line => region.push(line),
        }
    }
    let indented = region.iter().filter(|line| !line.trim().is_empty());
    let indentation = indented
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let plain: Vec<&str> = region
        .iter()
        .map(|line| line.get(indentation..).unwrap_or_default())
        .collect();
    Some(plain.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nb::notebook::Notebook;

    fn cell(exercise: &str) -> Cell {
        let json = format!(
            r#"{{"nbformat": 4, "cells": [{{"cell_type": "code", "id": "c", "source": "", "metadata": {exercise}}}]}}"#
        );
        Notebook::parse(json.as_bytes()).unwrap().cells.remove(0)
    }

    #[test]
    fn the_marked_lines_are_the_solution() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("01_vectors")).unwrap();
        let file = folder.path().join("01_vectors/dot.rs");
        let put = |text: &str| std::fs::write(&file, text).unwrap();
        let cell = |exercise: &str| source_for(&cell(exercise), folder.path()).map_err(|e| format!("{e:#}"));
        let named = r#"{"course": {"exercise": "01_vectors/dot"}}"#;

        put("//! Header\n    // solution\n    fn dot() {\n        1\n\n    }\n    // end\n");
        assert_eq!(cell(named), Ok(Some("fn dot() {\n    1\n\n}".into())));
        assert_eq!(cell("{}"), Ok(None));
        put("fn dot() {}");
        assert!(
            cell(named)
                .unwrap_err()
                .ends_with("has no lines \"// solution\" and \"// end\"")
        );
        let elsewhere = cell(r#"{"course": {"exercise": "../dot"}}"#).unwrap_err();
        assert_eq!(
            elsewhere,
            "cell c names the exercise \"../dot\": expected NN_topic/name"
        );
        assert!(
            cell(r#"{"course": {"exercise": "01_vectors/none"}}"#)
                .unwrap_err()
                .contains("cannot read")
        );
    }
}
