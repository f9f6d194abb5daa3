//! `cargo course grade`, as a process, on unlucky or hostile submissions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail as tests do"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

mod batch;
mod hostile;
mod inputs;
mod rows;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const DOT: &str =
    "pub fn dot(x: &[f32], y: &[f32]) -> f32 {\n    x.iter().zip(y).map(|(a, b)| a * b).sum()\n}\n";

/// A folder for submissions and a folder for results.
struct Class {
    folder: TempDir,
}

impl Class {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("marks")
    }

    fn path(&self, within: &str) -> PathBuf {
        self.folder.path().join("class").join(within)
    }

    fn put(&self, within: &str, content: impl AsRef<[u8]>) {
        let path = self.path(within);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// All submissions, as a shell would list them.
    fn submissions(&self) -> Vec<PathBuf> {
        let listed = fs::read_dir(self.path("")).unwrap();
        let mut all: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
        all.sort();
        all
    }

    fn command(&self, out: &Path, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .arg("grade")
            .args(self.submissions())
            .arg("--out")
            .arg(out)
            .args(["--seed", "a test", "--seconds", "1"])
            .args(options);
        command
    }

    fn grade_into(&self, out: &Path, options: &[&str]) -> Output {
        let output = self.command(out, options).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        output
    }

    /// Grades, and returns the records by student.
    fn grade(&self, options: &[&str]) -> BTreeMap<String, Value> {
        self.grade_into(&self.out(), options);
        records(&self.out())
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn records(out: &Path) -> BTreeMap<String, Value> {
    let files = contents(&out.join("results"));
    let read = |bytes: Vec<u8>| -> Value { serde_json::from_slice(&bytes).unwrap() };
    let records = files.into_values().map(read);
    records
        .map(|record| (record["student"].as_str().unwrap().to_owned(), record))
        .collect()
}

/// The files in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let listed = fs::read_dir(folder).unwrap().map(Result::unwrap);
    listed
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// One exercise in a record.
fn exercise<'a>(record: &'a Value, name: &str) -> &'a Value {
    let all = record["exercises"].as_array().unwrap();
    let named = all.iter().find(|marked| {
        marked["report"]["id"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/{name}"))
    });
    named.unwrap_or_else(|| panic!("{name} in {record:#}"))
}

/// The name of the verdict, and what it says.
fn verdict(record: &Value, name: &str) -> (String, Value) {
    let verdict = &exercise(record, name)["report"]["verdict"];
    match verdict {
        Value::String(name) => (name.clone(), Value::Null),
        Value::Object(one) => one
            .iter()
            .next()
            .map(|(name, what)| (name.clone(), what.clone()))
            .unwrap(),
        other => panic!("{other}"),
    }
}
