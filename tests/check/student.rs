//! What a student does in a terminal apart from checking: watching, progress, quizzes. Also an author's
//! files.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use course::check::{Marked, Outcome, exercises};
use serde_json::Value;

use super::terminal::{clone, course, lecture_01, said};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const DOT: &str =
    "pub fn dot(x: &[f32], y: &[f32]) -> f32 {\n    x.iter().zip(y).map(|(a, b)| a * b).sum()\n}\n";

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = course(folder, arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_str(&said(&output)).unwrap()
}

/// rustc compiles all files that are handed out in a single run, and gives no warning.
#[test]
fn no_stub_has_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let modules: String = (exercises().iter().enumerate())
        .map(|(i, exercise)| {
            let file = folder.path().join(format!("stub{i}.rs"));
            fs::write(file, exercise.stub).unwrap();
            format!("pub mod stub{i};\n")
        })
        .collect();
    let top = folder.path().join("lib.rs");
    fs::write(&top, modules).unwrap();
    let compiled = Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
            "-D",
            "warnings",
            "--out-dir",
        ])
        .args([folder.path(), &top])
        .output()
        .unwrap();
    assert!(
        compiled.status.success(),
        "{}",
        String::from_utf8_lossy(&compiled.stderr)
    );
}

#[test]
fn progress_is_by_lecture_and_by_concept() {
    let folder = clone(&[("dot", DOT)]);
    let answers = "quiz = \"01_vectors\"\n[answers]\nby-hand = 0.333\none-hot-distance = 2\n";
    fs::write(folder.path().join("exercises/01_vectors/answers.toml"), answers).unwrap();
    let progress = json(folder.path(), &["progress", "--json"]);
    let lecture = &progress["lectures"]["01_vectors"];
    assert_eq!(
        (&lecture["points"], &lecture["passed"]),
        (&1.into(), &1.into()),
        "{progress}"
    );
    let of: u64 = progress["concepts"]
        .as_object()
        .unwrap()
        .values()
        .map(|sum| sum["of"].as_u64().unwrap())
        .sum();
    assert_eq!(progress["all"]["of"].as_u64(), Some(of));
    assert_eq!(progress["quizzes"]["01_vectors"]["points"], 1);
    let text = said(&course(folder.path(), &["progress"]));
    assert!(
        text.contains("01_vectors") && text.contains(&format!("1 of {} exercises", lecture_01().0)),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "colours go to a terminal alone: {text}");
}

/// A cell of a notebook counts as an answer, as the file does. A file that has been begun takes precedence.
#[test]
fn solved_cells_of_notebooks_are_checked_and_counted() {
    let folder = clone(&[("dot", DOT)]);
    let cell = |id: &str, exercise: &str, source: &str| {
        serde_json::json!({"cell_type": "code", "execution_count": null, "id": id, "outputs": [],
            "metadata": {"course": {"exercise": exercise}}, "source": source})
    };
    let norm = "let x = 3;\nfn my_norm(x: &[f32]) -> f32 {\n    x.iter().map(|a| a * a).sum::<f32>().sqrt()\n}\ncheck::norm(my_norm)";
    let cosine = "fn my_cosine(x: &[f32], y: &[f32]) -> f32 {\n    todo!()\n}\ncheck::cosine(my_cosine)";
    let cells = [
        cell("a", "01_vectors/norm", norm),
        cell("b", "01_vectors/cosine", cosine),
        cell(
            "c",
            "01_vectors/dot",
            "fn my_dot(x: &[f32], _: &[f32]) -> f32 { x[0] }",
        ),
    ];
    let notebook = serde_json::json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5});
    fs::create_dir_all(folder.path().join("notebooks")).unwrap();
    fs::write(
        folder.path().join("notebooks/01_mine.ipynb"),
        notebook.to_string(),
    )
    .unwrap();
    fs::write(folder.path().join("notebooks/broken.ipynb"), "{").unwrap();
    let checked = course(folder.path(), &["check", "--json", "dot", "norm", "cosine"]);
    let reports: Value = serde_json::from_str(&said(&checked)).unwrap();
    let points = |name: &str| {
        let id = format!("01_vectors/{name}");
        let mut reports = reports.as_array().unwrap().iter();
        let report = reports.find(|report| report["id"] == id.as_str()).unwrap();
        (
            report["points"].as_u64().unwrap() > 0,
            report["verdict"].to_string(),
        )
    };
    assert!(points("dot").0 && points("norm").0, "{reports}");
    assert!(points("cosine").1.contains("not_attempted"), "{reports}");
    let progress = json(folder.path(), &["progress", "--json"]);
    assert_eq!(progress["lectures"]["01_vectors"]["passed"], 2, "{progress}");
    // A compile error names the cell.
    let wrong = notebook.to_string().replace(".sqrt()", ".sqr()");
    fs::write(folder.path().join("notebooks/01_mine.ipynb"), wrong).unwrap();
    let said = said(&course(folder.path(), &["check", "norm"]));
    assert!(said.contains("cell a of 01_mine.ipynb"), "{said}");
}

#[test]
fn a_quiz_is_marked_from_a_file() {
    let folder = clone(&[]);
    let file = folder.path().join("mine.toml");
    let marked = |text: &str| {
        fs::write(&file, text).unwrap();
        course(folder.path(), &["quiz", "01", "--answers", "mine.toml", "--json"])
    };
    let output =
        marked("quiz = \"01_vectors\"\n[answers]\none-hot-distance = 1.41\nby-hand = \"x\"\nnone = 1\n");
    let found: Marked = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(
        (found.points, found.unknown.as_slice()),
        (1, &["none".to_owned()][..])
    );
    let of = |id: &str| {
        &found
            .questions
            .iter()
            .find(|question| question.id == id)
            .unwrap()
            .outcome
    };
    assert_eq!(*of("one-hot-distance"), Outcome::Right);
    assert_eq!(
        *of("by-hand"),
        Outcome::Unusable("expected a number, got \"x\"".into())
    );
    assert_eq!(*of("scaled"), Outcome::NotAnswered);
    // The same as text, and from the library.
    let words = said(&course(
        folder.path(),
        &["quiz", "01_vectors", "--answers", "mine.toml"],
    ));
    assert_eq!(words, found.to_string());

    for (text, expected) in [
        (
            "quiz = \"02_counts\"\n[answers]\n",
            "expected \"01_vectors\", got \"02_counts\"",
        ),
        ("quiz = \"01_vectors\"\n[answers]\nx = \n", "line 3"),
    ] {
        let output = marked(text);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(expected), "{told}");
    }
    let asked = course(folder.path(), &["quiz", "99_none"]);
    assert!(String::from_utf8_lossy(&asked.stderr).contains("expected a lecture with a quiz, got "));
    let no_terminal = Command::new(env!("CARGO_BIN_EXE_course"))
        .args(["quiz", "01_vectors"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        String::from_utf8_lossy(&no_terminal.stderr)
            .contains("expected a terminal to ask in, or --answers FILE")
    );
    let quizzes = json(folder.path(), &["quiz", "--json"]);
    assert_eq!(quizzes[0]["quiz"], "01_vectors");
    // What a program or a page gets reveals nothing about the answers.
    let questions = json(folder.path(), &["quiz", "01_vectors", "--json"]).to_string();
    let page = said(&course(folder.path(), &["quiz", "01_vectors", "--html"]));
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<math>"));
    for secret in [
        "1.414",
        "they point in different directions",
        "There is nothing to calculate with",
    ] {
        assert!(!questions.contains(secret) && !page.contains(secret), "{secret}");
    }
}

#[test]
fn hints_and_solutions_are_there_for_programs() {
    let hint = json(Path::new(ROOT), &["hint", "cosine", "2", "--json"]);
    assert_eq!(
        (hint["hints"].as_array().unwrap().len(), &hint["more"]),
        (2, &1.into())
    );
    let solution = json(Path::new(ROOT), &["solution", "cosine", "--json"]);
    assert!(solution["source"].as_str().unwrap().contains("pub fn cosine("));
}

/// A saved file is checked again, even if another file has replaced it under the same name. A save without a
/// change is not checked.
#[test]
fn watch_checks_what_is_saved() {
    let folder = clone(&[]);
    let mut watch = Command::new(env!("CARGO_BIN_EXE_course"))
        .args(["watch", "01_vectors"])
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It says on standard error that it listens.
    let mut begun = BufReader::new(watch.stderr.take().unwrap()).lines();
    assert!(begun.any(|line| line.unwrap().starts_with("watching ")));
    let mut lines = BufReader::new(watch.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with(&format!("0 of {} points", lecture_01().1))
    );
    let file = folder.path().join("exercises/01_vectors/dot.rs");

    fs::write(&file, DOT.replace("a * b", "a + b")).unwrap();
    assert!(lines.any(|line| line.starts_with("01_vectors/dot: wrong")));
    assert!(lines.any(|line| line.ends_with(" s")));
    // Saved unchanged, then replaced as editors do it: only the second is checked.
    fs::write(&file, fs::read_to_string(&file).unwrap()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let beside = file.with_extension("swap");
    fs::write(&beside, DOT).unwrap();
    fs::rename(&beside, &file).unwrap();
    let next = lines
        .by_ref()
        .find(|line| line.starts_with("01_vectors/"))
        .unwrap();
    assert!(next.starts_with("01_vectors/dot: right"), "{next}");
    assert_eq!(lines.next().unwrap(), "  next: exercises/01_vectors/norm.rs");

    // Ctrl-C ends it, and nothing is left behind.
    let ended = Command::new("kill")
        .args(["-INT", &watch.id().to_string()])
        .status()
        .unwrap();
    assert!(ended.success());
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = watch.try_wait().unwrap() {
            break status;
        }
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "Ctrl-C does not end it"
        );
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "{status}");
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "Cargo.toml and exercises: {left:?}");
}

/// An author's files: stale, stray and empty ones are reported, file by file.
#[test]
fn faults_of_the_files_are_told() {
    let folder = clone(&[]);
    let root = folder.path();
    let from = Path::new(ROOT);
    for exercise in exercises() {
        let name = format!("solutions/{}.rs", exercise.id);
        let file = root.join(&name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::copy(from.join(&name), file).unwrap();
    }
    fs::copy(
        from.join("solutions/01_vectors/quiz.toml"),
        root.join("solutions/01_vectors/quiz.toml"),
    )
    .unwrap();
    fs::create_dir(root.join("notebooks")).unwrap();
    let check = || {
        let output = course(root, &["exercises", "--check"]);
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (well, told) = check();
    assert!(
        !well && told.contains("exercises/01_vectors/quiz.toml is not what its solution makes"),
        "{told}"
    );
    assert!(course(root, &["exercises"]).status.success());
    assert_eq!(check(), (true, String::new()));

    let solution = root.join("solutions/01_vectors/dot.rs");
    let good = fs::read_to_string(&solution).unwrap();
    let quiz = root.join("solutions/01_vectors/quiz.toml");
    let good_quiz = fs::read_to_string(&quiz).unwrap();
    fs::write(root.join("exercises/01_vectors/notes.txt"), "").unwrap();
    fs::write(&solution, good.replacen("//! hint: ", "//! hint:\n//! hint: ", 1)).unwrap();
    let (well, told) = check();
    assert!(
        !well && told.contains("exercises/01_vectors/notes.txt: a stray file"),
        "{told}"
    );
    assert!(
        told.contains("solutions/01_vectors/dot.rs: expected something after `hint:`, got nothing"),
        "{told}"
    );
    fs::remove_file(root.join("exercises/01_vectors/notes.txt")).unwrap();
    fs::write(&solution, &good).unwrap();

    // A quiz with a fault, and one with a formula that cannot be read.
    for (new, expected) in [
        (
            "points = 0\nkind",
            "solutions/01_vectors/quiz.toml, line 5: expected 1 to 100 points, got 0",
        ),
        (
            "text = \"$\\\\nosuchcommand$\"\nkind",
            "expected a formula that can be read",
        ),
    ] {
        let broken = match new.starts_with("text") {
            true => {
                let text = good_quiz.lines().find(|line| line.starts_with("text")).unwrap();
                good_quiz.replacen(text, "", 1).replacen("kind", new, 1)
            }
            false => good_quiz.replacen("kind", new, 1),
        };
        fs::write(&quiz, broken).unwrap();
        let (well, told) = check();
        assert!(!well && told.contains(expected), "{told}");
    }
}

/// Functions, each also as the text of a student's file.
macro_rules! answers {
    ($(fn $name:ident $arguments:tt -> $returns:ty $body:block)*) => {
        $(#[allow(clippy::todo, reason = "one of them is still to be written")] fn $name $arguments -> $returns $body)*
        const TEXTS: &[(&str, &str)] = &[$((
            stringify!($name),
            concat!("pub fn ", stringify!($name), stringify!($arguments), " -> ", stringify!($returns), stringify!($body)),
        )),*];
    };
}

answers! {
    fn dot(x: &[f32], y: &[f32]) -> f32 { x.iter().zip(y).map(|(a, b)| a * b).sum() }
    fn cosine(x: &[f32], y: &[f32]) -> f32 { x.iter().zip(y).map(|(a, b)| a * b).sum() }
    fn norm(x: &[f32]) -> f32 { x[1000] }
    fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> { rows.to_vec() }
    fn histogram(_: &[f32], bins: usize) -> Vec<usize> { vec![0; bins + 1] }
    fn spearman(_: &[f32], _: &[f32]) -> f32 { loop { std::thread::park(); } }
    fn one_hot(_: &str, _: &[String]) -> Option<Vec<f32>> { todo!() }
}

/// Right, wrong, panicking, a matrix, another shape, endless, unwritten: the notebook, the terminal and
/// grading say the same, byte for byte.
#[test]
fn three_places_say_the_same() {
    use course::check::{self, Report};
    let notebook = [
        check::dot(dot),
        check::cosine(cosine),
        check::norm(norm),
        check::centre(centre),
        check::histogram(histogram),
        check::spearman(spearman),
        check::one_hot(one_hot),
    ];
    let folder = clone(TEXTS);
    let names: Vec<&str> = TEXTS.iter().map(|(name, _)| *name).collect();
    let checked = course(folder.path(), &[&["check", "--json"], names.as_slice()].concat());
    let terminal: Vec<Report> = serde_json::from_str(&said(&checked)).unwrap();

    for (name, text) in TEXTS {
        let file = folder.path().join(format!("class/ann/01_vectors/{name}.rs"));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let arguments = [
        "grade",
        "class/ann",
        "--out",
        "marks",
        "--seed",
        "a test",
        "--only",
    ];
    let graded = course(folder.path(), &[arguments.as_slice(), names.as_slice()].concat());
    assert!(
        graded.status.success(),
        "{}",
        String::from_utf8_lossy(&graded.stderr)
    );
    let record = fs::read_to_string(folder.path().join("marks/results/ann.json")).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    let grading: Vec<Report> = (record["exercises"].as_array().unwrap().iter())
        .map(|marked| serde_json::from_value(marked["report"].clone()).unwrap())
        .collect();

    for here in &notebook {
        for (place, there) in [("terminal", &terminal), ("grading", &grading)] {
            let there = there.iter().find(|report| report.id == here.id).unwrap();
            assert_eq!(there.to_string(), here.to_string(), "{place}");
            assert_eq!(
                serde_json::to_string(there).unwrap(),
                serde_json::to_string(here).unwrap(),
                "{place}"
            );
        }
    }
}
