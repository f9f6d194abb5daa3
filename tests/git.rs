//! Notebooks in git: the real program, run by the real git, in repositories made for each test.
//!
//! There is a test for each row of the table "What the strip filter must survive". Row 5 is in `write`, row
//! 13 in `options`, row 14 in `hooks`, row 15 in `story`, row 16 in `large`, and the others in `strip`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what fails here fails a test"
)]

mod hooks;
mod jupyter;
mod large;
mod merge;
mod options;
mod story;
mod strip;
mod text;
mod write;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The program.
const COURSE: &str = env!("CARGO_BIN_EXE_course");

/// A program in a folder, without any of the user's own settings.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("HOME", "/nonexistent")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("LC_ALL", "C")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    command
}

/// Runs a command, with `input` on its standard input.
fn feed(mut command: Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that does not read to the end breaks the pipe; some tests are about that.
        scope.spawn(move || pipe.write_all(input).ok());
        child.wait_with_output().unwrap()
    })
}

/// `course` with these arguments.
fn course(folder: &Path, arguments: &[&str]) -> Output {
    command(COURSE, folder).args(arguments).output().unwrap()
}

/// The one-shot filter on `input`.
fn clean(input: &[u8], options: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(COURSE, folder.path());
    command.args(["git", "clean", "nb.ipynb"]).args(options);
    feed(command, input)
}

/// The filter's output for `input`, which it must accept.
fn cleaned(input: &[u8], options: &[&str]) -> Vec<u8> {
    let output = clean(input, options);
    assert!(output.status.success(), "{}", stderr(&output));
    output.stdout
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A code cell as JupyterLab writes one, with outputs if it was run.
fn code(id: &str, source: &str, run: Option<usize>) -> Value {
    let outputs: Vec<Value> = run
        .map(|n| json!({"name": "stdout", "output_type": "stream", "text": [format!("{n}\n")]}))
        .into_iter()
        .collect();
    json!({"cell_type": "code", "execution_count": run, "id": id, "metadata": {}, "outputs": outputs,
        "source": source.split_inclusive('\n').collect::<Vec<_>>()})
}

/// A notebook of cells.
fn notebook(cells: &[Value]) -> Value {
    json!({"cells": cells, "metadata": {"kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"}},
        "nbformat": 4, "nbformat_minor": 5})
}

/// A notebook as Jupyter writes it to a file. It is written by serde_json, with one space per level, and by
/// nothing of the program under test.
fn file(notebook: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    let form = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut writer = serde_json::Serializer::with_formatter(&mut bytes, form);
    serde::Serialize::serialize(notebook, &mut writer).unwrap();
    bytes.push(b'\n');
    bytes
}

/// A repository.
struct Repository {
    folder: TempDir,
    top: PathBuf,
}

impl Repository {
    /// A new repository, in a folder whose name has a space and a quote.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().join("a student's clone");
        fs::create_dir(&top).unwrap();
        let repository = Self { folder, top };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.git(&["config", "user.name", "Student"]);
        repository.git(&["config", "user.email", "student@example.org"]);
        repository
    }

    /// The worktree at `top`, of another repository.
    fn worktree(top: PathBuf) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, top }
    }

    /// A new repository with everything installed.
    fn installed() -> Self {
        let repository = Self::new();
        repository.install(&[]);
        repository
    }

    fn install(&self, options: &[&str]) {
        let output = course(
            &self.top,
            &[&["hooks", "install", "--program", COURSE], options].concat(),
        );
        assert!(output.status.success(), "{}", stderr(&output));
    }

    /// What git prints. The command must succeed.
    fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        assert!(
            output.status.success(),
            "git {arguments:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
        stdout(&output)
    }

    fn try_git(&self, arguments: &[&str]) -> Output {
        command("git", &self.top).args(arguments).output().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.top.join(name)
    }

    fn write(&self, name: &str, content: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// What `git status` lists.
    fn status(&self) -> String {
        self.git(&["status", "--porcelain"])
    }
}
