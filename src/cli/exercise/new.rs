//! `cargo course new`: the files of a new exercise. They compile, and they say where something must still be
//! written.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use course::check::exercises;

use super::files::{self, TO_WRITE};
use super::handed_out;
use crate::tools;
use crate::tools::layout::Layout;
use crate::tools::progress::say;

/// Make the files of a new exercise: solution, judge, and the student's file.
///
/// They compile at once. What must still be written is marked with "WRITE:", and
/// `cargo course exercises --check` and the tests fail until it is.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course new 01_vectors/manhattan   solutions/01_vectors/manhattan.rs and its judge"
)]
pub(crate) struct NewArgs {
    /// The exercise's id; the name is the function's, and no other exercise has it.
    #[arg(value_name = "NN_topic/name")]
    id: String,
}

const SOLUTION: &str = include_str!("templates/solution.rs.txt");
const JUDGE: &str = include_str!("templates/judge.rs.txt");

impl NewArgs {
    pub(crate) fn run(self) -> Result<()> {
        let layout = Layout::find()?;
        files::need_solutions(&layout)?;
        let taken: Vec<&str> = exercises().iter().map(|exercise| exercise.id).collect();
        for line in make(layout.root(), &self.id, &taken)? {
            say(&line);
        }
        Ok(())
    }
}

/// Writes the files, and returns what was done and what is left to do. Either all files are written or none.
fn make(root: &Path, id: &str, taken: &[&str]) -> Result<Vec<String>> {
    let (lecture, topic, name) = parts(id)?;
    if let Some(other) = taken.iter().find(|other| other.rsplit('/').next() == Some(name)) {
        bail!("expected a name that no exercise has, got {name:?}, which is {other}");
    }
    let judges = root.join("src/check").join(topic);
    let contents = judges.join("mod.rs");
    let listed = std::fs::read_to_string(&contents).with_context(|| {
        format!(
            "expected the list of the lecture's exercises in src/check/{topic}/mod.rs; make it as in src/check/vectors/mod.rs, \
             with an empty `lecture!`, and name it in src/check/mod.rs"
        )
    })?;
    let listed = with_entry(&listed, name)?;
    let solution = SOLUTION.replace("NAME", name);
    let stub = files::stub(&solution)?;
    let new: Vec<(PathBuf, String)> = vec![
        (root.join(format!("solutions/{lecture}/{name}.rs")), solution),
        (
            judges.join(format!("{name}.rs")),
            JUDGE.replace("NAME", name).replace("ID", id),
        ),
        (root.join(format!("exercises/{lecture}/{name}.rs")), stub),
    ];
    for (file, _) in &new {
        if file.exists() {
            bail!("expected nothing at {}, got a file", file.display());
        }
    }
    let mut written = Vec::new();
    for (file, text) in new.into_iter().chain([(contents, listed)]) {
        tools::write(&file, &text)?;
        written.push(file);
    }
    written.push(handed_out::write_library(root)?);
    let short = |file: &PathBuf| format!("{} written", file.strip_prefix(root).unwrap_or(file).display());
    let mut said: Vec<String> = written.iter().map(short).collect();
    said.extend([
        String::new(),
        format!("1. In solutions/{lecture}/{name}.rs write the head, the task and the solution."),
        format!("2. In src/check/{topic}/{name}.rs write the truth, cases, and three mistakes or more."),
        format!("   {TO_WRITE} marks every place where something is missing."),
        "3. cargo course exercises                    makes the student's file of it".to_owned(),
        format!("4. cargo course check --solutions {name}"),
        "5. cargo test --features cli check::         every mistake is told by its own sentence".to_owned(),
    ]);
    Ok(said)
}

/// The lecture, topic and name in `NN_topic/name`.
fn parts(id: &str) -> Result<(&str, &str, &str)> {
    let is_word = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let found = id.split_once('/').and_then(|(lecture, name)| {
        let (number, topic) = lecture.split_once('_')?;
        let is_number = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
        (is_number && is_word(topic) && is_word(name)).then_some((lecture, topic, name))
    });
    found.with_context(|| format!("expected NN_topic/name in lower case, digits and underlines, got {id:?}"))
}

/// The lecture's `mod.rs` with the exercise's `mod` line, in alphabetical order, and its name at the end of
/// the list.
fn with_entry(text: &str, name: &str) -> Result<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let module = format!("mod {name};");
    let after =
        (lines.iter()).rposition(|line| line.starts_with("mod ") && line.ends_with(';') && *line < module);
    let first = lines.iter().position(|line| line.starts_with("mod "));
    let Some(list) = lines.iter().position(|line| line.contains("lecture! {")) else {
        bail!("expected `lecture! {{` in the lecture's mod.rs, got none");
    };
    let end = (list..lines.len())
        .find(|&i| lines[i].trim_end().ends_with('}'))
        .context("expected the end of `lecture!` in the lecture's mod.rs, got none")?;
    if end == list {
        // An empty list, on one line.
        lines[list] = lines[list].replace("{}", "{").trim_end_matches('}').to_owned();
        lines.splice(list + 1..list + 1, [format!("    {name},"), "}".to_owned()]);
    } else {
        lines.insert(end, format!("    {name},"));
    }
    match (after, first) {
        (Some(after), _) => lines.insert(after + 1, module),
        (None, Some(first)) => lines.insert(first, module),
        (None, None) => {
            lines.splice(list..list, [module, String::new()]);
        }
    }
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_is_listed_in_its_place() {
        let empty = "//! T\n\nsuper::cases::lecture! {}\n";
        let one = with_entry(empty, "dot").unwrap();
        assert_eq!(
            one,
            "//! T\n\nmod dot;\n\nsuper::cases::lecture! {\n    dot,\n}\n"
        );
        let two = with_entry(&one, "cosine").unwrap();
        let three = with_entry(&two, "norm").unwrap();
        assert_eq!(
            three,
            "//! T\n\nmod cosine;\nmod dot;\nmod norm;\n\nsuper::cases::lecture! {\n    dot,\n    cosine,\n    norm,\n}\n"
        );
        assert!(with_entry("//! T\n", "dot").is_err());
    }

    #[test]
    fn the_files_are_made_and_nothing_is_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("src/check/vectors");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("mod.rs"), "super::cases::lecture! {}\n").unwrap();
        let made =
            |id: &str| make(root.path(), id, &["02_counts/tfidf"]).map_err(|error| format!("{error:#}"));
        let said = made("01_vectors/manhattan").unwrap().join("\n");
        assert!(
            said.contains("solutions/01_vectors/manhattan.rs written"),
            "{said}"
        );
        let read = |file: &str| std::fs::read_to_string(root.path().join(file)).unwrap();
        let stub = read("exercises/01_vectors/manhattan.rs");
        assert!(stub.contains("todo!()"));
        let library = read("src/check/handed_out.rs");
        assert!(
            library.contains("const manhattan:") && library.contains(&stub),
            "{library}"
        );
        assert!(read("src/check/vectors/manhattan.rs").contains("\"01_vectors/manhattan\": manhattan("));
        assert!(read("src/check/vectors/mod.rs").contains("mod manhattan;"));
        assert!(made("01_vectors/manhattan").unwrap_err().contains("got a file"));
        assert!(
            made("01_vectors/tfidf")
                .unwrap_err()
                .contains("which is 02_counts/tfidf")
        );
        assert!(made("09_none/x").unwrap_err().contains("src/check/none/mod.rs"));
        for bad in [
            "x",
            "vectors/x",
            "1_vectors/x",
            "01_vectors/X",
            "01_vectors/../x",
            "01_vectors/",
        ] {
            assert!(
                made(bad).unwrap_err().starts_with("expected NN_topic/name"),
                "{bad}"
            );
        }
    }
}
