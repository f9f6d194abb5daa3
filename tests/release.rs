//! `cargo course release`, as a process, on a repository with the course in it. Building the release and
//! running its notebooks takes minutes; that is the maintainer's proof and not part of the tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what fails here fails a test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The course in its own repository, with one commit.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(Path::new(ROOT), &folder.path().join("course"));
        let repository = Self { folder };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    fn top(&self) -> PathBuf {
        self.folder.path().join("course")
    }

    fn students(&self) -> PathBuf {
        self.folder.path().join("students")
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.top(), arguments)
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "--quiet", "--no-verify", "-m", "all"]);
    }

    /// Writes a file of the course, and commits it.
    fn change(&self, name: &str, text: &str) {
        fs::write(self.top().join(name), text).unwrap();
        self.commit();
    }

    fn release(&self, options: &[&str]) -> Output {
        let arguments = [&["release", "../students", "--no-proof"], options].concat();
        course(&self.top(), &arguments)
    }

    fn refused(&self, options: &[&str]) -> String {
        let output = self.release(options);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    }
}

fn git(here: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(here)
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@b",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn course(here: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command
        .current_dir(here)
        .args(arguments)
        .env_remove("GIT_DIR")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Copies a folder, except for build outputs and git's own files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if ["target", ".course", ".git", "node_modules", ".ipynb_checkpoints"]
            .iter()
            .any(|left| name == *left)
        {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

/// The files in a release.
fn contents(folder: &Path, before: &str) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true if name == ".git" => {}
            true => all.extend(contents(&path, &format!("{name}/"))),
            false => drop(all.insert(name, fs::read(&path).unwrap())),
        }
    }
    all
}

#[test]
fn students_get_the_course_without_solutions() {
    let repository = Repository::new();
    let output = repository.release(&[]);
    assert!(output.status.success(), "{}", said(&output));
    let students = repository.students();
    let released = contents(&students, "");
    for there in [
        "README.md",
        "Cargo.toml",
        "Cargo.lock",
        "notebooks/01_vectors.ipynb",
        "exercises/01_vectors/dot.rs",
        ".gitlab-ci.yml",
        ".github/workflows/exercises.yml",
        "src/check/vectors/dot.rs",
    ] {
        assert!(released.contains_key(there), "{there}");
    }
    for (name, bytes) in &released {
        for gone in [
            "solutions/",
            ".ci/",
            "tests/check",
            "tests/marks",
            "tests/release",
            "tests/grade",
            "tests/quiz",
        ] {
            assert!(!name.starts_with(gone), "{name}");
        }
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !name.ends_with(".md") || !text.contains("not released -->"),
            "{name}"
        );
    }
    // Every module in the tests' list is there, and so is every file of Cargo.toml's targets.
    let list = String::from_utf8(released["tests/main.rs"].clone()).unwrap();
    for module in list
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
    {
        assert!(released.contains_key(&format!("tests/{module}.rs")), "{module}");
    }

    // The same commit gives the same bytes.
    let again = repository.release(&[]);
    assert!(again.status.success(), "{}", said(&again));
    assert_eq!(contents(&students, ""), released);

    // Git takes all of it: nothing is ignored, and nothing is a link.
    git(&students, &["init", "--quiet"]);
    git(&students, &["add", "-A"]);
    let kept = git(&students, &["ls-files"]);
    assert_eq!(kept.lines().count(), released.len());

    // The program says what is not part of a release.
    for arguments in [
        &["solution", "dot"][..],
        &["check", "--solutions"],
        &["run", "--solve"],
        &["exercises"],
    ] {
        let output = course(&students, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(
            said(&output).contains("is a release of the course: the solutions are not part of it"),
            "{arguments:?}: {}",
            said(&output)
        );
    }
    assert!(course(&students, &["check"]).status.success());
    assert!(said(&course(&students, &["release", "../more"])).contains("is a release of the course"));

    // A new version: .git stays, and files that the release no longer has are removed.
    repository.change("notes.md", "new\n");
    fs::remove_file(repository.top().join("CONTRIBUTING.md")).unwrap();
    repository.commit();
    let next = repository.release(&[]);
    assert!(next.status.success(), "{}", said(&next));
    assert!(students.join(".git/HEAD").is_file() && students.join("notes.md").is_file());
    assert!(!students.join("CONTRIBUTING.md").exists());

    // What somebody has written there is not overwritten.
    fs::write(students.join("notes.md"), "mine").unwrap();
    fs::write(students.join("my file"), "mine").unwrap();
    let before = contents(&students, "");
    let told = repository.refused(&[]);
    assert!(
        told.contains("what the release in it has not: my file, notes.md; nothing was changed"),
        "{told}"
    );
    assert_eq!(contents(&students, ""), before);
    let left: Vec<_> = fs::read_dir(repository.folder.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left.len(), 2, "only the course and the release: {left:?}");
}

#[test]
fn a_solution_in_a_wrong_place_is_found() {
    let repository = Repository::new();
    let notebook = repository.top().join("notebooks/01_vectors.ipynb");
    let original = fs::read_to_string(&notebook).unwrap();
    let stub = repository.top().join("exercises/01_vectors/dot.rs");
    let solution = fs::read_to_string(repository.top().join("solutions/01_vectors/dot.rs")).unwrap();

    // In a cell, and broken into lines differently.
    let cell = "\"x\\n\",\n    \"  .iter().zip(y)\\n\",\n    \"  .map(|(a, b)| a * b).sum()\\n\",\n    \"";
    let (before, after) = original.split_once("\"source\": [\n    \"").unwrap();
    fs::write(&notebook, format!("{before}\"source\": [\n    {cell}{after}")).unwrap();
    repository.commit();
    let told = repository.refused(&[]);
    assert!(
        told.contains("solutions would be released:\n  notebooks/01_vectors.ipynb: `x.iter().zip(y).map(|(a, b)| a * b).sum()` of solutions/01_vectors/dot.rs\n"),
        "{told}"
    );
    assert!(!repository.students().exists());
    fs::write(&notebook, &original).unwrap();

    // An exercise that is not a stub.
    fs::write(
        &stub,
        solution.replace(
            "x.iter().zip(y).map(|(a, b)| a * b).sum()",
            "let mut s = 0.0; for i in 0..x.len() { s += x[i] * y[i]; } s",
        ),
    )
    .unwrap();
    repository.commit();
    let told = repository.refused(&[]);
    assert!(told.contains("01_vectors/dot: right, all 43 cases"), "{told}");
    assert!(!repository.students().exists());
}

#[test]
fn what_cannot_be_released_is_said() {
    let repository = Repository::new();
    let file = repository.top().join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    fs::write(&file, "changed").unwrap();
    let told = repository.refused(&[]);
    assert!(
        told.contains("a release is of the last commit, from which README.md differ: commit first"),
        "{told}"
    );
    let dirty = repository.release(&["--allow-dirty"]);
    assert!(dirty.status.success(), "{}", said(&dirty));
    let released = fs::read_to_string(repository.students().join("README.md")).unwrap();
    assert!(readme.starts_with(&released[..40]), "it is the commit's");
    fs::write(&file, readme).unwrap();

    let other = repository.folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.tex"), "mine").unwrap();
    let told = said(&course(&repository.top(), &["release", "../other", "--no-proof"]));
    assert!(
        told.contains("expected an empty folder or a former release, got") && told.contains("thesis.tex"),
        "{told}"
    );
    let told = said(&course(&repository.top(), &["release", "inside", "--no-proof"]));
    assert!(told.contains("expected a folder outside of"), "{told}");

    repository.change("notes.md", "<!-- not released -->\nsecret\n");
    let told = repository.refused(&[]);
    assert!(
        told.contains("notes.md: line 1: `not released` without `released again` after it"),
        "{told}"
    );
}

#[test]
fn templates_are_written_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let class = folder.path().join("class");
    let write = || course(folder.path(), &["release", "class", "--template", "class"]);
    assert!(write().status.success());
    assert!(write().status.success(), "the same again is no conflict");
    let workflow = class.join(".github/workflows/grade.yml");
    assert!(
        fs::read_to_string(&workflow)
            .unwrap()
            .contains("cargo course grade submissions/* --seed \"$COURSE_SEED\" --out graded")
    );
    fs::write(class.join(".gitlab-ci.yml"), "mine").unwrap();
    let output = write();
    assert!(
        said(&output).contains(".gitlab-ci.yml is there and differs; nothing was written"),
        "{}",
        said(&output)
    );
}
