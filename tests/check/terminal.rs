//! `cargo course check` and its siblings, as processes, on a folder of exercises.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use course::check::{Report, Verdict, exercises};
use tempfile::TempDir;

/// A folder that looks like a clone, with the exercises as they are handed out, some of them changed.
pub(super) fn clone(changed: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("Cargo.toml"),
        "[package]\nname = \"llm-course\"\n",
    )
    .unwrap();
    let top = folder.path().join("exercises");
    for exercise in exercises() {
        let file = top.join(format!("{}.rs", exercise.id));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, exercise.stub).unwrap();
    }
    for (name, text) in changed {
        fs::write(top.join(format!("01_vectors/{name}.rs")), text).unwrap();
    }
    folder
}

/// How many exercises lecture 01 has, and their points. They are counted, since an author may add one.
pub(super) fn lecture_01() -> (usize, u32) {
    let lecture = exercises()
        .iter()
        .filter(|exercise| exercise.lecture() == "01_vectors");
    let points: Vec<u32> = lecture.map(|exercise| exercise.head().unwrap().points).collect();
    (points.len(), points.iter().sum())
}

pub(super) fn course(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What `check --json` says of every exercise.
fn reports(folder: &Path, arguments: &[&str]) -> Vec<Report> {
    let checked = course(folder, &[&["check", "--json"], arguments].concat());
    let reports: Vec<Report> = serde_json::from_str(&said(&checked)).unwrap();
    let ids: Vec<&str> = reports.iter().map(|report| report.id.as_str()).collect();
    assert_eq!(
        ids,
        exercises().iter().map(|exercise| exercise.id).collect::<Vec<_>>()
    );
    reports
}

#[test]
fn every_solution_passes_with_all_points() {
    for report in reports(Path::new(env!("CARGO_MANIFEST_DIR")), &["--solutions"]) {
        assert!(report.is_passed(), "{report}");
        assert_eq!(report.points, report.of);
        assert!(report.of > 0, "{}", report.id);
    }
}

#[test]
fn every_stub_is_not_attempted_and_earns_nothing() {
    for report in reports(clone(&[]).path(), &[]) {
        assert_eq!(
            (&report.verdict, report.points),
            (&Verdict::NotAttempted, 0),
            "{report}"
        );
    }
}

#[test]
fn a_file_that_is_gone_costs_no_other_its_verdict() {
    let folder = clone(&[]);
    fs::remove_file(folder.path().join("exercises/01_vectors/dot.rs")).unwrap();
    for report in reports(folder.path(), &[]) {
        match &report.verdict {
            Verdict::MissingItem(why) => {
                assert_eq!(report.id, "01_vectors/dot");
                assert!(why.contains("`cargo course reset dot` puts it back"), "{why}");
            }
            verdict => assert_eq!(*verdict, Verdict::NotAttempted, "{report}"),
        }
    }
    assert!(course(folder.path(), &["reset", "dot"]).status.success());
    assert!(course(folder.path(), &["check"]).status.success());
}

#[test]
fn one_bad_file_costs_no_other_its_verdict() {
    let folder = clone(&[
        (
            "dot",
            "pub fn dot(x: &[f32], y: &[f32]) -> f32 {\n    x.iter().zip(y).map(|(a, b)| a * b).sum()\n}\n",
        ),
        ("norm", "pub fn norm(x: &[f32]) -> f32 {\n    x.len()\n}\n"),
        (
            "cosine",
            "pub fn cosine(_: &[f32], _: &[f32]) -> f32 {\n    std::process::exit(0)\n}\n",
        ),
        (
            "one_hot",
            "pub fn one_hot(w: &str, v: &[String]) -> Option<Vec<f32>> {\n    if v.len() > 9 { None } else { one_hot(w, v) }\n}\n",
        ),
        (
            "centre",
            "pub fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {\n    loop { std::hint::black_box(rows); }\n}\n",
        ),
        ("spearman", "pub fn spearman(x: &[f32]) -> f32 {\n    x[0]\n}\n"),
        ("nearest", "#![cfg(any())]\n"),
        (
            "histogram",
            "pub fn histogram(_: &[f32], bins: usize) -> Vec<usize> {\n    println!(\"test result: ok. 1 passed\");\n    vec![0; bins + 1]\n}\n",
        ),
    ]);
    let checked = course(folder.path(), &["check", "01_vectors"]);
    let text = said(&checked);
    assert_eq!(checked.status.code(), Some(1), "{text}");
    let (n, of) = lecture_01();
    let all = format!("1 of {of} points; {} of {n} not attempted yet\n", n - 8);
    for expected in [
        "01_vectors/dot: right, all 43 cases (1 of 1 point)\n",
        "01_vectors/norm: compile error (0 of 1 point)\n  error[E0308]: mismatched types\n",
        "--> norm.rs:2:5\n",
        "01_vectors/cosine: exited early (0 of 2 points)\n",
        "01_vectors/one_hot: stack overflow (0 of 1 point)\n",
        "01_vectors/centre: timed out after 2 s (0 of 1 point)\n",
        "01_vectors/spearman: wrong signature (0 of 3 points)\n  expected `pub fn spearman` of type `fn(&[f32], &[f32]) -> f32`",
        "01_vectors/nearest: missing item (0 of 2 points)\n  expected `pub fn nearest` of type `fn(&[f32], &[Vec<f32>], usize) -> Vec<usize>`, got none\n",
        "    shape: expected 2, got 3\n",
        all.as_str(),
    ] {
        assert!(text.contains(expected), "{expected}\nin\n{text}");
    }
    assert!(!text.contains("test result"), "{text}");
}

#[test]
fn the_text_is_the_same_as_in_a_notebook() {
    let wrong =
        "pub fn cosine(x: &[f32], y: &[f32]) -> f32 {\n    x.iter().zip(y).map(|(a, b)| a * b).sum()\n}\n";
    let folder = clone(&[("cosine", wrong)]);
    fn cosine(x: &[f32], y: &[f32]) -> f32 {
        x.iter().zip(y).map(|(a, b)| a * b).sum()
    }
    let here = course::check::cosine(cosine);
    let text = said(&course(folder.path(), &["check", "cosine"]));
    assert_eq!(text, format!("{here}0 of 2 points\n"));
    let json = said(&course(folder.path(), &["check", "01_vectors/cosine", "--json"]));
    assert_eq!(
        json,
        format!("{}\n", serde_json::to_string_pretty(&[here]).unwrap())
    );
}

#[test]
fn nothing_begun_is_no_failure_until_it_is_asked_for() {
    let folder = clone(&[]);
    let all = course(folder.path(), &["check", "01_vectors"]);
    let (n, of) = lecture_01();
    assert_eq!(
        (all.status.code(), said(&all)),
        (
            Some(0),
            format!("0 of {of} points; {n} of {n} not attempted yet\n")
        )
    );
    assert_eq!(course(folder.path(), &["check", "dot"]).status.code(), Some(1));
    let unknown = course(folder.path(), &["check", "dott"]);
    let told = String::from_utf8(unknown.stderr).unwrap();
    assert!(
        told.contains("expected the name of an exercise, got \"dott\"; did you mean dot?"),
        "{told}"
    );
    for (words, near) in [
        (&["hint", "cosmul"][..], "did you mean cos_mul?"),
        (&["reset", "06_word/cos_mul"], "did you mean 06_words/cos_mul?"),
        (&["check", "nothing_like_it"], "`cargo course list` lists them"),
        (&["quiz", "01_vektors"], "did you mean 01_vectors?"),
        (
            &["fetch", "wordsim353"],
            "did you mean \"word-pairs\", which has that file?",
        ),
        (&["fetch", "nothing"], "`cargo course fetch --list` lists them"),
    ] {
        let told = String::from_utf8(course(folder.path(), words).stderr).unwrap();
        assert!(told.contains(near), "{words:?}: {told}");
    }
}

#[test]
fn a_reset_keeps_what_was_there() {
    let folder = clone(&[("dot", "mine")]);
    let file = folder.path().join("exercises/01_vectors/dot.rs");
    assert!(course(folder.path(), &["reset", "dot"]).status.success());
    assert_eq!(fs::read_to_string(file.with_extension("rs.old")).unwrap(), "mine");
    let stub = fs::read_to_string(&file).unwrap();
    assert!(stub.contains("todo!()"), "{stub}");
    fs::write(&file, "mine again").unwrap();
    assert!(course(folder.path(), &["reset", "dot"]).status.success());
    assert_eq!(fs::read_to_string(file.with_extension("rs.old")).unwrap(), "mine");
    assert_eq!(
        fs::read_to_string(file.with_extension("2.rs.old")).unwrap(),
        "mine again"
    );
}

#[test]
fn hints_come_one_by_one_and_are_not_in_the_file() {
    let folder = clone(&[]);
    let dot = exercises()
        .iter()
        .find(|exercise| exercise.name() == "dot")
        .unwrap();
    let hint = |words: &[&str]| said(&course(folder.path(), &[&["hint", "dot"], words].concat()));
    for (i, text) in dot.hints.iter().enumerate() {
        assert_eq!(hint(&[]), format!("{}. {text}\n", i + 1));
        assert!(!dot.stub.contains(text), "{}", dot.stub);
    }
    // After the last hint it prints all of them. The first ones can be had at any time.
    assert_eq!(hint(&[]).lines().count(), dot.hints.len());
    assert_eq!(hint(&["1"]), format!("1. {}\n", dot.hints[0]));
    assert!(
        said(&course(folder.path(), &["hint", "norm"])).starts_with("1. "),
        "each has its own"
    );
}

/// However long a name or title is, what follows is in one column.
#[test]
fn the_columns_of_a_list_do_not_break() {
    let listed = said(&course(Path::new(env!("CARGO_MANIFEST_DIR")), &["list"]));
    assert_eq!(listed.lines().count(), exercises().len());
    let columns: std::collections::BTreeSet<usize> = listed
        .lines()
        .map(|line| unicode_width::UnicodeWidthStr::width(line.split('★').next().unwrap()))
        .collect();
    assert_eq!(columns.len(), 1, "{listed}");
    assert!(
        listed.contains(" 1 point ") && !listed.contains(" 1 points"),
        "{listed}"
    );
}

/// The students' files are those that the solutions make.
#[test]
fn no_exercise_is_stale() {
    let checked = course(Path::new(env!("CARGO_MANIFEST_DIR")), &["exercises", "--check"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
}
