//! `cargo course marks`, as a process, on a class's records, which are made for each test.
//!
//! In the list of what grading survives, row 24 (late, identical resubmission, bad time stamp) and row 25
//! (formulas and letters of every language) have a test each.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what fails here fails a test"
)]

mod files;
mod pages;
mod times;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use course::check::{self, Report};
use serde_json::{Value, json};
use tempfile::TempDir;

fn dot(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(a, b)| a * b).sum()
}

/// The dot product in place of the cosine: a known mistake.
fn no_cosine() -> Report {
    check::cosine(dot)
}

/// An exercise in a record; `hidden` says how many of 40 hidden cases are right.
fn marked(report: &Report, hidden: Option<usize>) -> Value {
    let is_right = report.is_passed() && hidden == Some(40);
    json!({
        "points": if is_right { report.of } else { 0 },
        "report": report,
        "hidden": hidden.map(|passed| json!({
            "cases": 40, "passed": passed, "outcome": if passed == 40 { "right" } else { "wrong" },
            "mistake": null, "mistake_name": null,
        })),
        "flags": [],
    })
}

/// The exercises of a student who has `dot` right (1 point), and `cosine` (2 points) right or wrong.
fn two(cosine_is_right: bool) -> Vec<Value> {
    let right = |x: &[f32], y: &[f32]| {
        let lengths = (dot(x, x) * dot(y, y)).sqrt();
        if lengths == 0.0 { 0.0 } else { dot(x, y) / lengths }
    };
    let cosine = match cosine_is_right {
        true => marked(&check::cosine(right), Some(40)),
        false => marked(&no_cosine(), None),
    };
    vec![marked(&check::dot(dot), Some(40)), cosine]
}

/// A record of a submission.
fn record(student: &str, content: &str, submitted: Option<&str>, exercises: Vec<Value>) -> Value {
    json!({
        "student": student, "source": format!("{student}.zip"), "content": content, "submitted": submitted,
        "ungradable": null, "notes": [], "exercises": exercises, "quiz_answers": {}, "seed_id": "5eed",
    })
}

/// A folder as `cargo course grade` leaves it.
struct Class {
    folder: TempDir,
}

impl Class {
    fn new(records: &[Value]) -> Self {
        let class = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        class.grade(records);
        class
    }

    /// Writes these records there, as grading again does.
    fn grade(&self, records: &[Value]) {
        let results = self.path("results");
        let _ = fs::remove_dir_all(&results);
        fs::create_dir(&results).unwrap();
        for (i, record) in records.iter().enumerate() {
            fs::write(results.join(format!("{i}.json")), record.to_string()).unwrap();
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn try_marks(&self, options: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .arg("marks")
            .arg(self.folder.path())
            .args(options)
            .output()
            .unwrap()
    }

    /// Makes the marks, and returns what was said.
    fn marks(&self) -> String {
        let output = self.try_marks(&[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    /// What `marks.json` says about a student.
    fn of(&self, student: &str) -> Value {
        let marks: Value = serde_json::from_str(&self.read("marks.json")).unwrap();
        let students = marks["students"].as_array().unwrap();
        students
            .iter()
            .find(|mark| mark["student"] == student)
            .unwrap()
            .clone()
    }

    /// The error, without the folder's path.
    fn error(&self) -> String {
        let output = self.try_marks(&[]);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        said.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

/// All files below a folder.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            all.extend(
                contents(&path)
                    .into_iter()
                    .map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)),
            );
        } else {
            all.insert(name, fs::read(&path).unwrap());
        }
    }
    all
}
