//! Comments keep to 110 columns.

#![allow(clippy::expect_used, reason = "helpers of tests fail as tests do")]

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// How wide a comment may be, in characters.
const COLUMNS: usize = 110;

/// The numbers of the lines of `text` that have too wide a comment. What cannot be broken does not count:
/// rows of tables, code and formulas in docs (fenced, or indented by four), and the one-line fields of an
/// exercise, such as `hint: …`.
fn too_wide(text: &str) -> Vec<usize> {
    let fields = ["title: ", "concept: ", "hint: "];
    let (mut found, mut fenced) = (Vec::new(), false);
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.trim_start();
        let Some(comment) = code.strip_prefix("//") else {
            fenced = false;
            continue;
        };
        let body = comment.trim_start_matches(['/', '!']);
        let said = body.trim_start();
        if said.starts_with("```") {
            fenced = !fenced;
        }
        let kept = fenced
            || body.starts_with("     ")
            || said.starts_with('|')
            || fields.iter().any(|field| said.starts_with(field));
        if !kept && line.chars().count() > COLUMNS {
            found.push(number);
        }
    }
    found
}

#[test]
fn comments_keep_to_110_columns() {
    let mut folders: Vec<PathBuf> = ["src", "tests", "benches", "solutions", "exercises"]
        .map(|folder| Path::new(ROOT).join(folder))
        .into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        // Releases have no solutions.
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source is UTF-8");
                let lines = too_wide(&text);
                found.extend(lines.iter().map(|line| format!("{}:{line}", path.display())));
            }
        }
    }
    assert!(
        found.is_empty(),
        "comments beyond {COLUMNS} columns:\n{}",
        found.join("\n")
    );
}

#[test]
fn a_comment_that_is_too_wide_is_found() {
    let wide = "w".repeat(COLUMNS);
    for kept in [
        format!("let x = \"{wide}\";"),
        format!("/// | {wide} |"),
        format!("//! hint: {wide}"),
        format!("//!     {wide}"),
        format!("/// ```\n/// {wide}\n/// ```"),
        format!("// {}", &wide[3..]),
    ] {
        assert_eq!(too_wide(&kept), [0_usize; 0], "{kept}");
    }
    assert_eq!(
        too_wide(&format!("// {wide}\n\n    /// {}\n//! {wide}", &wide[7..])),
        [1, 3, 4]
    );
}
