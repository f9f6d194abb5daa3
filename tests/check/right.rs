//! Right means right: what an answer's card says in a notebook, `check` says in a terminal, and grading says.
//!
//! Each exercise's solution is written in several ways, as cells of a notebook. For the notebook all of them
//! are compiled against the library, as evcxr compiles a cell, with the file beside them that evcxr writes;
//! the kernel itself is not started. The other two places read them as notebooks.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use course::check::source::{Source, items, of_cell, refused};
use course::check::{Exercise, Report, Verdict, exercises};
use serde_json::{Value, json};

use super::built::{Solution, program, solution};
use super::terminal::{clone, course, said};

/// The cells of one way to write an answer: the last one is the exercise's.
type Cells = Vec<String>;

/// The cell of an exercise: items, and the call of the judge.
fn cell(exercise: &Exercise, items: &str) -> String {
    let name = exercise.name();
    format!("{items}\ncheck::{name}(my_{name})")
}

/// `fn my_NAME(…) -> … { body }`.
fn mine(solution: &Solution, body: &str) -> String {
    format!("fn my_{} {{\n{body}}}", solution.head)
}

/// The arguments' names, for a call.
fn passed(exercise: &Exercise) -> String {
    let names: Vec<&str> = exercise.arguments.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// What a variant must be, if that is known.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Must {
    Pass,
    BeForbidden,
    Panic,
    NotBeAttempted,
}

/// A way to write an answer: its cells, of an exercise and its solution.
type Way = fn(&Exercise, &Solution) -> Cells;

const WAYS: [(Must, Way); 11] = [
    // As it is.
    (Must::Pass, |e, s| vec![cell(e, &mine(s, &s.body))]),
    // A helper in the same cell.
    (Must::Pass, |e, s| {
        let helper = format!("fn helper{} {{\n{}}}", &s.head[e.name().len()..], s.body);
        let call = format!("helper({})", passed(e));
        vec![cell(e, &format!("{helper}\n{}", mine(s, &call)))]
    }),
    // In an earlier cell, which also shows something.
    (Must::Pass, |e, s| {
        let helper = format!(
            "fn helper{} {{\n{}}}\nplot::bars([1.0])",
            &s.head[e.name().len()..],
            s.body
        );
        let call = format!("helper({})", passed(e));
        vec![helper, cell(e, &mine(s, &call))]
    }),
    // Types, a trait and a `use` of earlier cells.
    (Must::Pass, |e, s| {
        let first =
            "use std::collections::HashMap;\nuse std::fmt::Write;\nstruct Kept(HashMap<u8, u8>);".to_owned();
        let second =
            "impl Kept {\n    fn text(&self) -> String {\n        let mut text = String::new();\n        \
             let _ = write!(text, \"{}\", self.0.len());\n        text\n    }\n}"
                .to_owned();
        let body = format!("let _ = Kept(HashMap::new()).text();\n{}", s.body);
        vec![first, second, cell(e, &mine(s, &body))]
    }),
    // Names of the library, bound to something else.
    (Must::Pass, |e, s| {
        let body = format!(
            "let dot = |x: f32| x;\nfor cosine in 0..1 {{ dot(cosine as f32); }}\n{}",
            s.body
        );
        vec![cell(e, &mine(s, &body))]
    }),
    // Declared otherwise, in another cell; a macro; an attribute.
    (Must::Pass, |e, s| {
        let first = "#[inline]\nfn euclidean() -> f32 { 1.0 }\nconst SCALE: f32 = 2.0;".to_owned();
        let items = "macro_rules! twice { ($x:expr) => { $x * SCALE } }\n";
        let body = format!("let _ = twice!(euclidean());\n{}", s.body);
        vec![first, cell(e, &format!("{items}{}", mine(s, &body)))]
    }),
    // The library beside it, where the answer does not need it.
    (Must::Pass, |e, s| {
        let other = "fn shown() -> f32 { dot(&[1.0], &[1.0]).unwrap_or(0.0) }";
        vec![cell(e, &format!("{}\n{other}", mine(s, &s.body)))]
    }),
    // The library called.
    (Must::BeForbidden, |e, s| {
        let body = format!("let _ = dot(&[1.0], &[1.0]);\n{}", s.body);
        vec![cell(e, &mine(s, &body))]
    }),
    // By a path, in a helper of another cell.
    (Must::BeForbidden, |e, s| {
        let first =
            "fn helped() -> f32 { course::embeddings::dot(&[1.0], &[1.0]).unwrap_or(0.0) }".to_owned();
        let body = format!("let _ = helped();\n{}", s.body);
        vec![first, cell(e, &mine(s, &body))]
    }),
    // Wrong, and unwritten in a helper.
    (Must::Panic, |e, s| {
        let first = "fn fails() { let x: Vec<f32> = vec![]; let _ = x[x.len()]; }".to_owned();
        vec![first, cell(e, &mine(s, &format!("fails();\n{}", s.body)))]
    }),
    (Must::NotBeAttempted, |e, s| {
        let first = "fn still() { todo!() }".to_owned();
        vec![first, cell(e, &mine(s, &format!("still();\n{}", s.body)))]
    }),
];

/// How many ways each exercise is written in: the first one, and others in turn.
const ROUNDS: usize = 4;

/// A way that is refused costs a compiler of its own in two places, so few exercises take one.
const REFUSED: usize = 5;

fn ways() -> Vec<BTreeMap<&'static str, (Must, Cells)>> {
    let ways = |round: usize| {
        let all = exercises().iter().enumerate().map(|(i, exercise)| {
            let mut way = match round {
                0 => 0,
                _ => 1 + (3 * i + round) % (WAYS.len() - 1),
            };
            if WAYS[way].0 == Must::BeForbidden && i % REFUSED != 0 {
                way = 2;
            }
            let (must, write) = WAYS[way];
            (exercise.name(), (must, write(exercise, &solution(exercise))))
        });
        all.collect()
    };
    (0..ROUNDS).map(ways).collect()
}

/// What evcxr compiles for a cell: the items of all cells, and their uses, each name once.
fn compiled(cells: &Cells) -> String {
    let texts: Vec<String> = cells.iter().map(|cell| items(cell).text).collect();
    texts.join("\n")
}

/// The verdicts in a notebook, as texts.
fn in_notebook(rounds: &[BTreeMap<&str, (Must, Cells)>]) -> Vec<BTreeMap<&'static str, String>> {
    let folder = tempfile::tempdir().unwrap();
    let (mut modules, mut texts) = (Vec::new(), Vec::new());
    for round in rounds {
        for exercise in exercises() {
            let text = compiled(&round[exercise.name()].1);
            let name = exercise.name();
            modules.push(format!(
                "{text}\npub fn report() -> course::check::Report {{ check::{name}(my_{name}) }}"
            ));
            texts.push(text);
        }
    }
    for (i, text) in texts.iter().enumerate() {
        fs::create_dir_all(folder.path().join(format!("{i}"))).unwrap();
        fs::write(folder.path().join(format!("{i}/lib.rs")), text).unwrap();
    }
    fs::create_dir(folder.path().join("src")).unwrap();
    let before = "std::fs::copy(format!(\"{i}/lib.rs\"), \"src/lib.rs\").unwrap();";
    let built = program(folder.path(), &modules, before).unwrap_or_else(|told| panic!("{told}"));
    let output = Command::new(built)
        .arg("0")
        .current_dir(folder.path())
        .env("EVCXR_TMPDIR", folder.path())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let reports: Vec<&str> = said.lines().filter(|line| line.starts_with('"')).collect();
    assert_eq!(reports.len(), modules.len());
    let rounds = reports.chunks(exercises().len());
    rounds
        .map(|round| {
            let names = exercises().iter().map(|exercise| exercise.name());
            names.zip(round.iter().map(|text| (*text).to_owned())).collect()
        })
        .collect()
}

/// A notebook with these cells, of which the last one is the exercise's.
fn notebook(exercise: &Exercise, cells: &Cells) -> String {
    let last = cells.len() - 1;
    let cells: Vec<Value> = (cells.iter().enumerate())
        .map(|(i, source)| {
            let metadata = if i == last {
                json!({"course": {"exercise": exercise.id}})
            } else {
                json!({})
            };
            json!({"cell_type": "code", "execution_count": null, "id": format!("c{i}"), "outputs": [],
                "metadata": metadata, "source": source})
        })
        .collect();
    json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).to_string()
}

/// A report's text as the notebook's program prints it.
fn literal(report: &Report) -> String {
    format!("{:?}", report.to_string())
}

#[test]
fn each_way_to_write_an_answer_has_one_verdict_in_notebook_terminal_and_grading() {
    let rounds = ways();
    assert!(rounds.len() * exercises().len() >= 200);
    let here = in_notebook(&rounds);
    let folder = clone(&[]);
    let root = folder.path();
    let mut students = Vec::new();
    for (r, round) in rounds.iter().enumerate() {
        // In the terminal.
        let notebooks = root.join("notebooks");
        let submission = root.join(format!("class/student{r}"));
        for folder in [&notebooks, &submission] {
            fs::create_dir_all(folder).unwrap();
        }
        for exercise in exercises() {
            let text = notebook(exercise, &round[exercise.name()].1);
            for folder in [&notebooks, &submission] {
                fs::write(folder.join(format!("{}.ipynb", exercise.name())), &text).unwrap();
            }
        }
        let checked = said(&course(root, &["check", "--json"]));
        let terminal: Vec<Report> = serde_json::from_str(&checked).unwrap();
        assert_eq!(terminal.len(), exercises().len());
        for report in &terminal {
            let name = report.id.rsplit('/').next().unwrap();
            let (must, cells) = &round[name];
            let is_so = match must {
                Must::Pass => report.is_passed(),
                Must::BeForbidden => matches!(report.verdict, Verdict::Forbidden(_)),
                Must::Panic => matches!(report.verdict, Verdict::Panicked(_)),
                Must::NotBeAttempted => report.verdict == Verdict::NotAttempted,
            };
            assert!(is_so, "{must:?}: {report}\n{}", cells.join("\n--\n"));
            assert_eq!(here[r][name], literal(report), "{}", cells.join("\n--\n"));
        }
        students.push(format!("class/student{r}"));
    }
    // In grading.
    let students: Vec<&str> = students.iter().map(String::as_str).collect();
    let graded = course(
        root,
        &[
            &["grade", "--out", "marks", "--seed", "a test"],
            students.as_slice(),
        ]
        .concat(),
    );
    assert!(
        graded.status.success(),
        "{}",
        String::from_utf8_lossy(&graded.stderr)
    );
    for (r, round) in here.iter().enumerate() {
        let record = fs::read_to_string(root.join(format!("marks/results/student{r}.json"))).unwrap();
        let record: Value = serde_json::from_str(&record).unwrap();
        for marked in record["exercises"].as_array().unwrap() {
            let report: Report = serde_json::from_value(marked["report"].clone()).unwrap();
            let name = report.id.rsplit('/').next().unwrap();
            assert_eq!(round[name], literal(&report), "student{r}");
            // Right with hidden cases as well.
            assert_eq!(marked["points"] == report.of, report.is_passed(), "{marked}");
        }
    }
}

/// The lectures as they are, solved: in no cell is a right answer refused because of what other cells define.
#[test]
fn no_solution_is_refused_in_its_notebook() {
    let mut asked = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let notebook: Value = serde_json::from_str(&text).unwrap();
        let mut cells: Vec<(Option<&Exercise>, Source)> = Vec::new();
        for json in notebook["cells"].as_array().unwrap() {
            if json["cell_type"] != "code" {
                continue;
            }
            let id = json["metadata"]["course"]["exercise"].as_str();
            let exercise = id.map(|id| *exercises().iter().find(|exercise| exercise.id == id).unwrap());
            let source = match (exercise, &json["source"]) {
                (Some(exercise), _) => {
                    let solution = solution(exercise);
                    cell(exercise, &mine(&solution, &solution.body))
                }
                (None, Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect(),
                (None, text) => text.as_str().unwrap().to_owned(),
            };
            let shown = path.display().to_string();
            let items = items(&source);
            cells.push((exercise, Source { shown, items }));
        }
        let (exercises, sources): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
        let all: Vec<&str> = sources.iter().map(|source| source.items.text.as_str()).collect();
        let all = all.join("\n");
        for (at, exercise) in exercises.iter().enumerate() {
            let Some(exercise) = exercise else { continue };
            asked += 1;
            let answer = of_cell(&sources, at, exercise.name());
            assert_eq!(answer.foreign, None, "{}", exercise.id);
            assert_eq!(refused(&all, &answer.function), None, "{}", exercise.id);
        }
    }
    assert!(asked >= 60, "{asked}");
}

/// Files: an answer may call the functions of the lecture's earlier files, in the terminal and in grading.
#[test]
fn a_file_may_use_the_lectures_earlier_files() {
    let norm = "pub fn norm(x: &[f32]) -> f32 {\n    squares(x).sqrt()\n}\nfn squares(x: &[f32]) -> f32 {\n    x.iter().map(|a| a * a).sum()\n}\n";
    let cosine = "pub fn cosine(x: &[f32], y: &[f32]) -> f32 {\n    let dot: f32 = x.iter().zip(y).map(|(a, b)| a * b).sum();\n    \
        let lengths = norm(x) * norm(y);\n    if lengths == 0.0 { 0.0 } else { dot / lengths }\n}\n";
    let folder = clone(&[("norm", norm), ("cosine", cosine)]);
    let root = folder.path();
    assert!(course(root, &["check", "norm", "cosine"]).status.success());
    fs::create_dir_all(root.join("class/ann/01_vectors")).unwrap();
    for (name, text) in [("norm", norm), ("cosine", cosine)] {
        fs::write(root.join(format!("class/ann/01_vectors/{name}.rs")), text).unwrap();
    }
    // Only one of them is graded, but the other comes along.
    let graded = said(&course(
        root,
        &[
            "grade",
            "class/ann",
            "--out",
            "marks",
            "--seed",
            "s",
            "--only",
            "cosine",
        ],
    ));
    assert_eq!(graded, "ann: exercises: 2 of 2 points\n");
    // If the other file is broken, that is said with its name and line.
    fs::write(
        root.join("exercises/01_vectors/norm.rs"),
        norm.replace("sqrt", "sqr"),
    )
    .unwrap();
    let told = said(&course(root, &["check", "cosine"]));
    assert!(
        told.contains("compile error") && told.contains("--> norm.rs:2:"),
        "{told}"
    );
    // An answer that does not need it is not spoilt by it.
    let own = cosine.replace(
        "let lengths",
        "let norm = |v: &[f32]| v.iter().map(|a| a * a).sum::<f32>().sqrt();\n    let lengths",
    );
    fs::write(root.join("exercises/01_vectors/cosine.rs"), own).unwrap();
    assert!(course(root, &["check", "cosine"]).status.success());
}
