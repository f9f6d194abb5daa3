//! Marks as CSV.
//!
//! The file is for spreadsheets and learning platforms; a program reads the JSON. So it begins with a
//! byte-order mark, which tells a spreadsheet that it is UTF-8; otherwise names would come out wrong. A cell
//! that a spreadsheet would take for a formula begins with an apostrophe, so that it is shown as text.

use anyhow::{Context, Result};

use super::mark::{Class, points};

/// The characters that begin a formula, in letters of any width; a line end or a tab may come before them.
const FORMULA: &[char] = &[
    '=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝', '＋', '－', '＠',
];

/// Marks of students, one a row: name, points, then each exercise and each quiz.
pub(super) fn csv(class: &Class) -> Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let first = [
        "student",
        "points",
        "of",
        "percent",
        "status",
        "late_percent",
        "submitted",
    ];
    let ids = class.exercises.iter().map(|exercise| exercise.id.as_str());
    out.write_record(first.into_iter().chain(ids))?;
    for mark in &class.students {
        let total = |of: fn(f64) -> String| mark.total.map(of).unwrap_or_default();
        let mut row = vec![
            text(&mark.student),
            total(points),
            class.of.to_string(),
            mark.total
                .filter(|_| class.of > 0)
                .map(|total| points(100.0 * total / f64::from(class.of)))
                .unwrap_or_default(),
            mark.status.words().to_owned(),
            mark.late.map(|late| points(late.percent)).unwrap_or_default(),
            text(mark.submitted.as_deref().unwrap_or_default()),
        ];
        for exercise in &class.exercises {
            let found = mark
                .exercises
                .iter()
                .find(|of_student| of_student.id == exercise.id);
            row.push(
                found
                    .and_then(|found| found.points)
                    .map(points)
                    .unwrap_or_default(),
            );
        }
        out.write_record(row)?;
    }
    out.into_inner().context("the table could not be made")
}

/// The text, written so that a spreadsheet takes it for text.
fn text(text: &str) -> String {
    if text.trim_start().starts_with(FORMULA) || text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_is_a_formula() {
        for evil in [
            "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "|cmd", "\n=1",
        ] {
            assert_eq!(super::text(evil), format!("'{evil}"));
        }
        for plain in ["Ana", "学生", "a=b", "O'Neil", ""] {
            assert_eq!(super::text(plain), plain);
        }
    }
}
