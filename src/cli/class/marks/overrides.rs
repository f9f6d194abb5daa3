//! What is set by hand: points for an exercise, the whole mark, or the time of a submission, each with a
//! reason.
//!
//! The file is CSV with the columns `student,exercise,points,submitted,reason`, or TOML with the same keys in
//! `[[override]]`. An empty exercise means the whole mark. The mark is then the number given, whatever the
//! exercises and the time say. For a student without a submission a sixth column, `new`, must say `true`: a
//! slip in a name would make a mark for nobody.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::tools::files;

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Override {
    pub(super) student: String,
    /// `None` for the whole mark.
    pub(super) exercise: Option<String>,
    pub(super) what: What,
    pub(super) reason: String,
    /// Whether the student is known to have no submission.
    pub(super) new: bool,
}

/// What is decided.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// The points.
    Points(f64),
    /// When it was handed in, in RFC 3339.
    Submitted(String),
}

/// A row as it is written in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    student: String,
    #[serde(default)]
    exercise: Option<String>,
    #[serde(default)]
    points: Option<f64>,
    #[serde(default)]
    submitted: Option<String>,
    reason: String,
    #[serde(default)]
    new: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "override")]
    overrides: Vec<Row>,
}

/// Reads overrides.
///
/// # Errors
/// A row without a reason; a row with neither points nor a time, or with both; points below 0; an invalid
/// time; a decision that occurs twice. Each error names the row's line or number.
pub(super) fn read(file: &Path) -> Result<Vec<Override>> {
    let mut decided = Vec::new();
    if file.extension().is_some_and(|ending| ending == "toml") {
        let text = files::read(file)?;
        let read: File = toml::from_str(&text).with_context(|| file.display().to_string())?;
        for (i, row) in read.overrides.into_iter().enumerate() {
            let place = format!("{}: override {}", file.display(), i + 1);
            add(&mut decided, row).context(place)?;
        }
    } else {
        for row in crate::tools::rows::rows::<Row>(file)? {
            let (line, row) = row?;
            add(&mut decided, row).with_context(|| format!("{}:{line}", file.display()))?;
        }
    }
    Ok(decided)
}

fn add(decided: &mut Vec<Override>, row: Row) -> Result<()> {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let exercise = filled(row.exercise);
    if row.reason.trim().is_empty() {
        bail!("expected a reason, got none");
    }
    let what = match (row.points, filled(row.submitted)) {
        (Some(points), None) if points >= 0.0 && points.is_finite() => What::Points(points),
        (Some(points), None) => bail!("expected points of 0 or more, got {points}"),
        (None, Some(time)) if exercise.is_none() => {
            super::times::parse(&time).map_err(anyhow::Error::msg)?;
            What::Submitted(time)
        }
        (None, Some(_)) => bail!("expected no exercise beside a time, which is the whole submission's"),
        (None, None) => bail!("expected points or a time, got neither"),
        (Some(_), Some(_)) => bail!("expected points or a time, got both"),
    };
    let same = |other: &&Override| {
        other.student == row.student
            && other.exercise == exercise
            && matches!(other.what, What::Points(_)) == matches!(what, What::Points(_))
    };
    if decided.iter().any(|other| same(&other)) {
        bail!(
            "expected one decision of this kind for {:?}, got two",
            row.student
        );
    }
    decided.push(Override {
        student: row.student,
        exercise,
        what,
        reason: row.reason,
        new: row.new.unwrap_or(false),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Result<Vec<Override>, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let place = format!("{}/", folder.path().display());
        read(&file).map_err(|error| format!("{error:#}").replace(&place, ""))
    }

    #[test]
    fn csv_and_toml_say_the_same() {
        let csv = "student,exercise,points,submitted,reason\nana,a/b,2,,\"right, but\"\n\"B, Ö\",,17.5,,oral\neve,,,2026-11-02T20:00:00Z,mail\n";
        let toml = "[[override]]\nstudent = 'ana'\nexercise = 'a/b'\npoints = 2.0\nreason = 'right, but'\n\
            [[override]]\nstudent = 'B, Ö'\npoints = 17.5\nreason = 'oral'\n\
            [[override]]\nstudent = 'eve'\nsubmitted = '2026-11-02T20:00:00Z'\nreason = 'mail'\n";
        assert_eq!(of("o.csv", csv).unwrap(), of("o.toml", toml).unwrap());
        assert_eq!(of("o.csv", &format!("\u{feff}{csv}")).unwrap().len(), 3);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let row = |row: &str| {
            of(
                "o.csv",
                &format!("student,exercise,points,submitted,reason\nx,,1,,fine\n{row}\n"),
            )
            .unwrap_err()
        };
        assert_eq!(row("ana,,2,, "), "o.csv:3: expected a reason, got none");
        assert_eq!(row("ana,,-2,,r"), "o.csv:3: expected points of 0 or more, got -2");
        assert_eq!(row("ana,,,,r"), "o.csv:3: expected points or a time, got neither");
        assert_eq!(
            row("x,,3,,r"),
            "o.csv:3: expected one decision of this kind for \"x\", got two"
        );
        assert!(row("ana,,,today,r").contains("o.csv:3: expected a time with its zone"));
        assert!(row("ana,,two,,r").contains("o.csv: "), "{}", row("ana,,two,,r"));
    }
}
