//! What can be wrong with the files of the exercises, apart from what a judge or a compiler finds.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use course::check::{Head, exercises};

use super::files::TO_WRITE;
use super::{files, in_notebooks};
use crate::tools::files::listed;
use crate::tools::layout::Layout;

/// Files in `exercises/NN_topic` that belong to no exercise but may be there: the quiz, a student's answers
/// to it, and what `reset` has put aside.
fn may_lie_there(name: &str) -> bool {
    ["quiz.toml", "answers.toml", ".gitkeep"].contains(&name) || name.ends_with(".rs.old")
}

/// Each fault, as a sentence that names the file.
pub(crate) fn find(layout: &Layout) -> Result<Vec<String>> {
    let ids: Vec<&str> = exercises().iter().map(|exercise| exercise.id).collect();
    let mut found = collisions(&ids);
    for exercise in exercises() {
        let file = files::solution(layout, exercise);
        let short = file
            .strip_prefix(layout.root())
            .unwrap_or(&file)
            .display()
            .to_string();
        match std::fs::read_to_string(&file) {
            Ok(text) => found.extend(of_solution(&short, exercise.name(), &text)),
            Err(error) => found.push(format!(
                "{short}: expected the solution of an exercise, got none ({error})"
            )),
        }
    }
    found.extend(in_notebooks::without_a_cell(layout.root(), exercises())?);
    for folder in ["solutions", "exercises"] {
        stray(layout.root(), folder, &ids, &mut found)?;
    }
    Ok(found)
}

/// Names that two exercises share. Each name becomes `check::NAME`.
fn collisions(ids: &[&str]) -> Vec<String> {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in ids {
        by_name
            .entry(id.rsplit('/').next().unwrap_or(id))
            .or_default()
            .push(id);
    }
    (by_name.iter())
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(name, ids)| {
            format!(
                "expected one exercise of the name {name}, got {}",
                ids.join(" and ")
            )
        })
        .collect()
}

/// What is wrong with a solution's text.
fn of_solution(file: &str, name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Err(why) = Head::parse(text) {
        found.push(format!("{file}: {why}"));
    }
    if !text
        .lines()
        .any(|line| line.starts_with(&format!("pub fn {name}(")))
    {
        found.push(format!(
            "{file}: expected a line that begins with `pub fn {name}(`, got none"
        ));
    }
    for (i, line) in text.lines().enumerate() {
        if line.contains(TO_WRITE) {
            found.push(format!(
                "{file}, line {}: still to be written: {}",
                i + 1,
                line.trim()
            ));
        }
    }
    found
}

/// Files that belong to no exercise and no quiz.
fn stray(root: &Path, folder: &str, ids: &[&str], found: &mut Vec<String>) -> Result<()> {
    let top = root.join(folder);
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for path in listed(&folder)? {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path
                .strip_prefix(&top)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            let name = inside.rsplit('/').next().unwrap_or(&inside);
            let is_exercise = inside.strip_suffix(".rs").is_some_and(|id| ids.contains(&id));
            if !is_exercise && !may_lie_there(name) {
                let short = path.strip_prefix(root).unwrap_or(&path);
                found.push(format!(
                    "{}: a stray file, which belongs to no exercise",
                    short.display()
                ));
            }
        }
    }
    found.sort();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_collide_are_told() {
        assert_eq!(
            collisions(&["01_a/x", "01_a/y", "02_b/x"]),
            ["expected one exercise of the name x, got 01_a/x and 02_b/x"]
        );
        assert!(collisions(&["01_a/x", "01_a/y"]).is_empty());
    }

    #[test]
    fn each_fault_of_a_solution_is_told() {
        let good = "//! title: T\n//! concept: C\n//! points: 1\n//! difficulty: 1\n//! minutes: 1\n//! hint: H\n\npub fn x() {}\n";
        assert!(of_solution("x.rs", "x", good).is_empty());
        let told = |old: &str, new: &str| of_solution("x.rs", "x", &good.replace(old, new)).join("; ");
        assert_eq!(
            told("hint: H", "hint:"),
            "x.rs: expected something after `hint:`, got nothing"
        );
        assert_eq!(
            told("//! hint: H\n", ""),
            "x.rs: expected at least one line `//! hint: …`, got none"
        );
        assert_eq!(
            told("pub fn x", "pub fn y"),
            "x.rs: expected a line that begins with `pub fn x(`, got none"
        );
        let title = format!("title: {TO_WRITE} a title");
        assert_eq!(
            told("title: T", &title),
            format!("x.rs, line 1: still to be written: //! {title}")
        );
    }

    #[test]
    fn a_stray_file_is_told() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("exercises/01_a");
        std::fs::create_dir_all(&folder).unwrap();
        for name in [
            "x.rs",
            "x.rs.old",
            "quiz.toml",
            "answers.toml",
            "y.rs",
            "notes.txt",
        ] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        let mut found = Vec::new();
        stray(root.path(), "exercises", &["01_a/x"], &mut found).unwrap();
        assert_eq!(
            found,
            [
                "exercises/01_a/notes.txt: a stray file, which belongs to no exercise",
                "exercises/01_a/y.rs: a stray file, which belongs to no exercise"
            ]
        );
    }
}
