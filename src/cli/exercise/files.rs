//! An exercise's files: the solution, which is written by hand, and the student's file, which is made from
//! it.

use std::path::PathBuf;

use anyhow::{Result, bail};
use course::check::{Exercise, Head};

use crate::tools::layout::Layout;

/// The line before the student's part of a function.
pub(crate) const BEGIN: &str = "// solution";

/// The line after it.
pub(crate) const END: &str = "// end";

/// The mark for what an author must still write.
pub(super) const TO_WRITE: &str = "WRITE:";

/// The attribute that the function of a student's file has until it is written, so that it compiles without a
/// warning.
const NOT_YET: &str = "#[allow(unused_variables, reason = \"not written yet\")]";

/// The student's file of an exercise.
pub(crate) fn student(layout: &Layout, exercise: &Exercise) -> PathBuf {
    layout
        .root()
        .join("exercises")
        .join(format!("{}.rs", exercise.id))
}

/// The solution of an exercise.
pub(crate) fn solution(layout: &Layout, exercise: &Exercise) -> PathBuf {
    layout
        .root()
        .join("solutions")
        .join(format!("{}.rs", exercise.id))
}

/// Makes sure that the solutions are here.
///
/// # Errors
/// This is a release, which has none.
pub(crate) fn need_solutions(layout: &Layout) -> Result<()> {
    if !layout.root().join("solutions").is_dir() {
        bail!(
            "{} is a release of the course: the solutions are not part of it",
            layout.root().display()
        );
    }
    Ok(())
}

/// The student's file for a solution: `todo!()` replaces the marked lines, and the hints are left out.
pub(crate) fn stub(solution: &str) -> Result<String> {
    Head::parse(solution).map_err(anyhow::Error::msg)?;
    let lines: Vec<&str> = solution.lines().filter(|line| !is_hint(line)).collect();
    let marks =
        |mark: &str| -> Vec<usize> { (0..lines.len()).filter(|&i| lines[i].trim() == mark).collect() };
    let (begins, ends) = (marks(BEGIN), marks(END));
    let (&[begin], &[end]) = (begins.as_slice(), ends.as_slice()) else {
        bail!(
            "expected one line {BEGIN:?} and one {END:?}, got {} and {}",
            begins.len(),
            ends.len()
        );
    };
    if end < begin {
        bail!(
            "expected {BEGIN:?} before {END:?}, got it in line {} after line {}",
            begin + 1,
            end + 1
        );
    }
    let Some(function) = (0..begin).rev().find(|&i| lines[i].starts_with("pub fn ")) else {
        bail!(
            "expected a line that begins with `pub fn` before line {}, got none",
            begin + 1
        );
    };
    let indentation = &lines[begin][..lines[begin].len() - lines[begin].trim_start().len()];
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        if i == function {
            out += &format!("{NOT_YET}\n");
        }
        if i == begin {
            out += &format!("{indentation}todo!()\n");
        }
        if !(begin..=end).contains(&i) {
            out += &format!("{line}\n");
        }
    }
    Ok(out)
}

/// Whether a line of the head is a hint.
fn is_hint(line: &str) -> bool {
    line.strip_prefix("//!")
        .is_some_and(|rest| rest.trim_start().starts_with("hint:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "//! title: T\n//! concept: C\n//! points: 1\n//! difficulty: 1\n//! minutes: 1\n//! hint: H\n\n";

    #[test]
    fn the_marked_lines_become_todo() {
        let body = "pub fn one() -> u32 {\n    // solution\n    let one = 1;\n    one\n    // end\n}\n";
        let made = stub(&format!("{HEAD}{body}")).unwrap();
        assert_eq!(
            made,
            format!(
                "{}{NOT_YET}\npub fn one() -> u32 {{\n    todo!()\n}}\n",
                HEAD.replace("//! hint: H\n", "")
            )
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        let error = |text: &str| stub(text).unwrap_err().to_string();
        assert_eq!(
            error(&format!("{HEAD}pub fn one() {{}}\n")),
            "expected one line \"// solution\" and one \"// end\", got 0 and 0"
        );
        let turned = format!("{HEAD}pub fn one() {{\n// end\n// solution\n}}\n");
        assert_eq!(
            error(&turned),
            "expected \"// solution\" before \"// end\", got it in line 9 after line 8"
        );
        assert_eq!(
            error("pub fn one() {}\n"),
            "expected at least one line `//! hint: …`, got none"
        );
    }
}
