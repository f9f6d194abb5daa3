//! Submissions that are unlucky or hostile in what they compute. Each fixture is a folder in
//! `tests/fixtures/grade/`. It is handed in with a right `norm`, which must never lose its points.

use serde_json::{Value, json};

use super::*;
use course::check::exercises;
use course::check::value::Crosses as _;

fn fixture(name: &str) -> PathBuf {
    Path::new(ROOT).join("tests/fixtures/grade").join(name)
}

/// Copies a fixture's files. Where they say ROOT, they get this clone's path.
fn hand_in(class: &Class, folder: &Path, within: &str) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = format!("{within}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            hand_in(class, &entry.path(), &path);
        } else {
            class.put(
                &path,
                fs::read_to_string(entry.path()).unwrap().replace("ROOT", ROOT),
            );
        }
    }
}

/// The lines that `cargo course check` would show.
fn shown(record: &Value, name: &str) -> String {
    let report: course::check::Report =
        serde_json::from_value(exercise(record, name)["report"].clone()).unwrap();
    report.to_string()
}

#[test]
fn every_row_has_its_verdict_and_leaves_nothing_behind() {
    let class = Class::new();
    for entry in fs::read_dir(fixture("")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "right" {
            continue;
        }
        hand_in(&class, &entry.path(), &name);
        class.put(
            &format!("{name}/norm.rs"),
            fs::read(fixture("right/norm.rs")).unwrap(),
        );
    }
    let class_records = class.grade(&["--compile-seconds", "2", "--only", "dot", "norm", "centre"]);
    assert_nothing_is_left(&class);

    for (student, record) in &class_records {
        assert_eq!(record["ungradable"], Value::Null, "{record:#}");
        let norm = exercise(record, "norm");
        assert_eq!(norm["report"]["verdict"], "passed", "{student}: {norm:#}");
        assert_eq!(norm["points"], 1, "{student}");
    }
    let whole = |student: &str, name: &str, expected: &str| {
        let text = shown(&class_records[student], name);
        assert_eq!(
            text.trim_end(),
            format!("01_vectors/{name}: {expected}"),
            "{student}"
        );
        assert_eq!(exercise(&class_records[student], name)["points"], 0, "{student}");
    };
    // If the function was asked, the first case is shown, too.
    let asked = |student: &str, verdict: &str, got: &str| {
        let case = "  two short vectors:\n  dot(x = [1.0, 2.0], y = [3.0, 4.0])\n    expected 11.0";
        whole(student, "dot", &format!("{verdict}\n{case}{got}"));
    };
    // rustc's own words change, so only our part of the text and the position are compared.
    let begins = |student: &str, first: &str, also: &str| {
        let text = shown(&class_records[student], "dot");
        assert!(
            text.starts_with(first) && text.contains(also),
            "{student}: {first:?}, {also:?} in {text}"
        );
        assert_eq!(exercise(&class_records[student], "dot")["points"], 0, "{student}");
    };
    // 1 to 3
    let early = "exited early (0 of 1 point)";
    asked("01_exits", early, "");
    asked("02_exits_from_a_thread", early, "");
    asked("03_forges_a_summary", early, "");
    // 4
    asked(
        "04_own_macros",
        "wrong, 2 of 43 cases are right (0 of 1 point)",
        "\n    got      1.0\n    off by -10.0",
    );
    // 5 to 8
    whole(
        "05_equals_everything",
        "dot",
        "wrong signature (0 of 1 point)\n  expected `pub fn dot` of type `fn(&[f32], &[f32]) -> f32`, got \
         `fn(&_, &_) -> Anything`",
    );
    let missing =
        "missing item (0 of 1 point)\n  expected `pub fn dot` of type `fn(&[f32], &[f32]) -> f32`, got none";
    whole("06_taken_away", "dot", missing);
    whole("06_renamed", "dot", missing);
    let forbidden = |what: &str| {
        format!("forbidden (0 of 1 point)\n  dot.rs: {what}: `unsafe_code` is denied in exercises")
    };
    whole("07_unsafe", "dot", &forbidden("`unsafe` in line 3"));
    whole("07_foreign", "dot", &forbidden("`unsafe` in line 1"));
    whole("07_before_main", "dot", &forbidden("`#[used]` in line 1"));
    begins(
        "07_allows_itself",
        "01_vectors/dot: forbidden (0 of 1 point)\n",
        "--> dot.rs:1:10",
    );
    whole("08_not_written", "dot", "not attempted (0 of 1 point)");
    // 9 to 14
    begins(
        "09_does_not_compile",
        "01_vectors/dot: compile error (0 of 1 point)\n  error[E0308]: mismatched types\n",
        "--> dot.rs:3:5\n",
    );
    let late = "timed out after 1 s (0 of 1 point)";
    asked("10_never_returns", late, "");
    let bomb = "compile timed out (0 of 1 point)";
    whole("11_computes_while_compiling", "dot", bomb);
    whole("11_expands", "dot", bomb);
    asked("12_calls_itself", "stack overflow (0 of 1 point)", "");
    asked("13_allocates", "memory limit (0 of 1 point)", "");
    asked("14_prints_forever", late, "");
    let flags = |student: &str| exercise(&class_records[student], "dot")["flags"].clone();
    assert_eq!(flags("14_prints_forever"), json!(["output cut off"]));
    assert_eq!(flags("14_prints_much"), json!(["output cut off"]));
    assert_eq!(flags("10_never_returns"), json!([]));
    // 15 to 18: an attempt at what is not possible costs nothing if the answer is right without it.
    asked("15_starts_processes", late, "");
    begins(
        "16_includes_the_solution",
        "01_vectors/dot: compile error (0 of 1 point)\n",
        "Permission denied (os error 13)",
    );
    asked(
        "16_reads_the_solution",
        "panicked (0 of 1 point)\n  Err(PermissionDenied)",
        "",
    );
    for right in [
        "14_prints_much",
        "15_leaves_a_thread",
        "17_looks_around",
        "18_own_build",
    ] {
        let record = &class_records[right];
        assert_eq!(
            (
                verdict(record, "dot").0.as_str(),
                &exercise(record, "dot")["points"]
            ),
            ("passed", &json!(1)),
            "{}",
            shown(record, "dot")
        );
    }
    assert_eq!(
        class_records["18_own_build"]["notes"],
        json!([
            ".cargo/config.toml ignored: only exercise files are compiled",
            "Cargo.toml ignored: only exercise files are compiled",
            "build.rs ignored: only exercise files are compiled"
        ])
    );
    // 19 and 20
    asked(
        "19_not_a_number",
        "wrong, 0 of 43 cases are right (0 of 1 point)",
        "\n    got      NaN\n    not finite",
    );
    let rows = "wrong, 0 of 42 cases are right (0 of 1 point)\n  two rows:\n  centre(rows = [[1.0, 10.0], [3.0, 20.0]])\n    \
         expected [[-1.0, -5.0], [1.0, 5.0]]\n    got      ";
    whole(
        "19_not_a_number",
        "centre",
        &format!("{rows}[[inf, inf], [inf, inf]]\n    not finite at [0][0]"),
    );
    whole(
        "20_another_shape",
        "centre",
        &format!("{rows}[]\n    shape: expected 2, got 0\n  Every wrong answer is too short."),
    );
}

/// Without the protections the same file finds what it looks for, so the test above can fail.
#[test]
fn missing_protections_are_said_and_refused() {
    let class = Class::new();
    hand_in(&class, &fixture("17_looks_around"), "ada");
    let without = ["--only", "dot", "--without", "landlock", "--without", "seccomp"];
    let refused = class.command(&class.out(), &without).output().unwrap();
    let text = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{text}");
    assert!(
        text.contains("protected: memory (256 MB); time (1 s for an answer); its own process group; an empty environment\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "not protected: files (Landlock); system calls, network, processes (seccomp). Grade on a Linux"
        ),
        "{text}"
    );
    assert!(!class.out().exists());

    let trusted = class.grade_into(&class.out(), &[&without[..], &["--unprotected"]].concat());
    assert!(
        said(&trusted).contains("NOT protected: files"),
        "{}",
        said(&trusted)
    );
    let record = &records(&class.out())["ada"];
    assert_eq!(verdict(record, "dot"), ("panicked".into(), json!("listens")));
    for left in ["/tmp/course-was-here", "/dev/shm/course-was-here"] {
        let _ = fs::remove_file(left);
    }
}

/// No process, file or socket.
fn assert_nothing_is_left(class: &Class) {
    let marks = class.folder.path().to_string_lossy().into_owned();
    for entry in fs::read_dir("/proc").unwrap().map(Result::unwrap) {
        let Ok(line) = fs::read(entry.path().join("cmdline")) else {
            continue;
        };
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        assert!(
            !line.contains("98765") && !line.contains(&marks),
            "still running: {line}"
        );
    }
    assert!(!class.out().join("scratch").exists());
    let sockets = fs::read_to_string("/proc/net/unix").unwrap();
    assert!(!sockets.contains(&marks), "{sockets}");
    // 47123 in hexadecimal, listening.
    let listening = fs::read_to_string("/proc/net/tcp").unwrap();
    assert!(!listening.contains(":B813 00000000:0000 0A"), "{listening}");
    for path in ["/tmp/course-was-here", "/dev/shm/course-was-here"] {
        assert!(!Path::new(path).exists(), "{path}");
    }
}

/// The answers to everything that a student can know, and to nothing else.
#[test]
fn knowing_the_public_cases_by_heart_is_not_enough() {
    let exercise_dot = exercises().iter().find(|e| e.name() == "dot").unwrap();
    let mut arms = String::new();
    let public = (exercise_dot.public)().into_iter().map(|case| case.arguments);
    let random = (0..40).map(|i| {
        let mut rng = course::rng::stream(course::check::SEED, i as u64);
        (exercise_dot.random)(&mut rng, 1 + i * 12 / 40)
    });
    for arguments in public.chain(random) {
        let x = Vec::<f32>::from_value(&arguments[0]).unwrap();
        let y = Vec::<f32>::from_value(&arguments[1]).unwrap();
        let answer = (exercise_dot.truth)(&arguments).unwrap();
        let answer = f32::from_value(&answer).unwrap();
        arms += &format!("        {:?} => {answer:?},\n", format!("{x:?}{y:?}"));
    }
    arms = arms
        .lines()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
        .join("\n");
    let class = Class::new();
    class.put(
        "eve/dot.rs",
        format!(
            "pub fn dot(x: &[f32], y: &[f32]) -> f32 {{\n    match format!(\"{{x:?}}{{y:?}}\").as_str() {{\n{arms}\n        \
             _ => 0.0,\n    }}\n}}\n"
        ),
    );
    let record = &class.grade(&["--only", "dot"])["eve"];
    let dot = exercise(record, "dot");
    assert_eq!(
        (&dot["report"]["verdict"], &dot["points"]),
        (&json!("passed"), &json!(0)),
        "{dot:#}"
    );
    assert_eq!(
        (&dot["hidden"]["cases"], &dot["hidden"]["outcome"]),
        (&json!(40), &json!("wrong"))
    );
    assert!(dot["hidden"]["passed"].as_u64().unwrap() < 20, "{dot:#}");
    // What the student sees contains no hidden case. The instructor sees one, and the seed.
    assert!(!record.to_string().contains("a test") && !dot["hidden"].to_string().contains("dot("));
    let instructor: Value =
        serde_json::from_slice(&fs::read(class.out().join("instructor/eve.json")).unwrap()).unwrap();
    assert_eq!(instructor["seed"], "a test");
    let call = instructor["hidden"][0]["counterexample"]["call"]
        .as_str()
        .unwrap();
    assert!(call.starts_with("dot(x = ["), "{call}");
}

#[test]
fn the_public_report_is_the_notebooks() {
    fn cosine(x: &[f32], y: &[f32]) -> f32 {
        x.iter().zip(y).map(|(a, b)| a * b).sum()
    }
    fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let means: Vec<f32> = rows
            .iter()
            .map(|row| row.iter().sum::<f32>() / row.len() as f32)
            .collect();
        (rows.iter().zip(means))
            .map(|(row, mean)| row.iter().map(|x| x - mean).collect())
            .collect()
    }
    let class = Class::new();
    class.put("ada/cosine.rs", DOT.replace("dot", "cosine"));
    class.put(
        "ada/centre.rs",
        "pub fn centre(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let means: Vec<f32> = rows.iter().map(|row| row.iter().sum::<f32>() / row.len() as f32).collect();
    (rows.iter().zip(means)).map(|(row, mean)| row.iter().map(|x| x - mean).collect()).collect()
}\n",
    );
    let record = &class.grade(&["--only", "cosine", "centre"])["ada"];
    for (name, here) in [
        ("cosine", course::check::cosine(cosine)),
        ("centre", course::check::centre(centre)),
    ] {
        let graded = &exercise(record, name)["report"];
        assert_eq!(*graded, serde_json::to_value(&here).unwrap());
        assert_eq!(shown(record, name), here.to_string());
        let read: course::check::Report = serde_json::from_value(graded.clone()).unwrap();
        assert_eq!(read.to_html(), here.to_html(), "the picture, too");
    }
}
