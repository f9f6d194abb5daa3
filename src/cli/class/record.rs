//! What grading leaves: one file for each submission, `DIR/results/STUDENT.json`. Marks, feedback and
//! statistics are made from it.
//!
//! A [`Record`] contains nothing that a student may not see. Of the hidden cases it says only how many are
//! right, how the first wrong one ended, and the hint for a recognised mistake. What belongs to the
//! instructor alone (the hidden counterexample, the seed) is in a separate [`Instructors`], in
//! `DIR/instructor/STUDENT.json`, and no feedback reads that.
//!
//! The same submission and seed give the same bytes. A file is written whole or not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::check::{Report, Verdict};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// One submission, graded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The student's name or id, as the submission was named. Any letters may occur.
    pub(crate) student: String,
    /// The submission's file or folder, without the folders above it.
    pub(crate) source: String,
    /// SHA-256 of what was graded, in hexadecimal. It is the same for the same answers, whatever file they
    /// are in and whenever they came.
    pub(crate) content: String,
    /// When it was handed in, in RFC 3339 (`2026-11-02T10:00:00Z`): the time of its newest file. If the same
    /// content was handed in several times, the first time counts.
    pub(crate) submitted: Option<String>,
    /// Why nothing could be graded. There are then no exercises, which is not the same as no points.
    pub(crate) ungradable: Option<String>,
    /// What was ignored or had to be guessed, for the student and the instructor.
    pub(crate) notes: Vec<String>,
    /// The exercises that were asked for, in the order of the lectures, including those that the submission
    /// lacks.
    pub(crate) exercises: Vec<Marked>,
    /// Answers to quizzes, by the file that they were in. They are graded elsewhere.
    pub(crate) quiz_answers: BTreeMap<String, serde_json::Value>,
    /// A name for the secret seed, from which the seed cannot be found.
    pub(crate) seed_id: String,
}

/// One exercise of a submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Marked {
    /// The points. Those in `report` do not count: they are for the public cases alone.
    pub(crate) points: u32,
    /// The report that `cargo course check` also gives, on public cases and the public seed.
    pub(crate) report: Report,
    /// The hidden cases; `None` if the public ones are not right.
    pub(crate) hidden: Option<Hidden>,
    /// What else there is to know, such as `output cut off`.
    pub(crate) flags: Vec<String>,
}

/// What students may know about hidden cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hidden {
    /// How many there are.
    pub(crate) cases: usize,
    /// How many are right.
    pub(crate) passed: usize,
    /// The outcome's words: `right`, `wrong`, `panicked`, `timed out after 2 s`, …
    pub(crate) outcome: String,
    /// The hint for a known mistake, if the answers look like one.
    pub(crate) mistake: Option<String>,
    /// That mistake's name.
    pub(crate) mistake_name: Option<String>,
}

impl Hidden {
    /// What students may know about `report`.
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            cases: report.cases,
            passed: report.passed,
            outcome: report.verdict.words(),
            mistake: report.mistake.clone(),
            mistake_name: report.mistake_name.clone(),
        }
    }
}

#[allow(dead_code, reason = "what reads records uses it")]
impl Marked {
    /// `NN_topic/name`.
    pub(crate) fn id(&self) -> &str {
        &self.report.id
    }

    /// The points for a right answer.
    pub(crate) fn of(&self) -> u32 {
        self.report.of
    }

    /// Whether all public and hidden cases are right.
    pub(crate) fn is_right(&self) -> bool {
        let is_right = |hidden: &Hidden| hidden.cases > 0 && hidden.passed == hidden.cases;
        self.report.is_passed() && self.hidden.as_ref().is_some_and(is_right)
    }

    /// Whether there was an answer at all: somebody who hands in one lecture has not attempted the others.
    pub(crate) fn is_attempted(&self) -> bool {
        !matches!(
            self.report.verdict,
            Verdict::NotAttempted | Verdict::MissingItem(_)
        )
    }

    /// The outcome in a few words: `right`, `wrong on hidden cases`, `stack overflow`, …
    pub(crate) fn outcome(&self) -> String {
        match &self.hidden {
            Some(hidden) if !self.is_right() => format!("{} on hidden cases", hidden.outcome),
            _ => self.report.verdict.words(),
        }
    }

    /// The name of the mistake that the answers to public or hidden cases look like.
    pub(crate) fn mistake_name(&self) -> Option<&str> {
        let hidden = self.hidden.as_ref();
        let hidden = hidden.and_then(|hidden| hidden.mistake_name.as_deref());
        self.report.mistake_name.as_deref().or(hidden)
    }

    /// That mistake's hint.
    pub(crate) fn mistake(&self) -> Option<&str> {
        let hidden = self.hidden.as_ref();
        let hidden = hidden.and_then(|hidden| hidden.mistake.as_deref());
        self.report.mistake.as_deref().or(hidden)
    }
}

impl Record {
    /// The points of all exercises together.
    pub(crate) fn points(&self) -> u32 {
        self.exercises.iter().map(|marked| marked.points).sum()
    }

    /// The most points possible.
    pub(crate) fn of(&self) -> u32 {
        self.exercises.iter().map(Marked::of).sum()
    }
}

/// What only the instructor sees about a submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Instructors {
    /// The student's name or id, as in the record.
    pub(crate) student: String,
    /// The secret seed.
    pub(crate) seed: String,
    /// A hash of what this was made from. If it is the same, nothing is graded again.
    pub(crate) key: String,
    /// The reports on hidden cases that are not right, with their counterexamples.
    pub(crate) hidden: Vec<Report>,
}

/// The folder of the records below `out`.
pub(crate) fn results(out: &Path) -> PathBuf {
    out.join("results")
}

/// The folder for what only the instructor sees.
pub(crate) fn instructors(out: &Path) -> PathBuf {
    out.join("instructor")
}

/// All records in `out`, by the student's name.
///
/// # Errors
/// There are no records, or a file is not a record.
pub(crate) fn read_all(out: &Path) -> Result<Vec<Record>> {
    let folder = results(out);
    let listed = std::fs::read_dir(&folder).with_context(|| {
        format!(
            "expected the results of `cargo course grade` in {}",
            folder.display()
        )
    })?;
    let mut records = Vec::new();
    for entry in listed {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            records.push(read::<Record>(&path)?);
        }
    }
    records.sort_by(|a, b| a.student.cmp(&b.student));
    Ok(records)
}

/// Reads a file that [`to_json`] made.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not a result of grading", path.display()))
}

/// As JSON, with a final line end.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
