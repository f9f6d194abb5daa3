//! Many submissions: graded again, in parts, or killed in the middle.

use std::thread::sleep;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;

/// The files that a run has left, without the lock.
fn left(out: &Path) -> (BTreeMap<String, Vec<u8>>, BTreeMap<String, Vec<u8>>) {
    let mut instructor = contents(&out.join("instructor"));
    instructor.remove("lock");
    (contents(&out.join("results")), instructor)
}

fn class_of(n_students: usize) -> Class {
    let class = Class::new();
    for i in 0..n_students {
        let name = format!("student{i:02}/dot.rs");
        let text = if i % 3 == 0 {
            DOT.replace("a * b", &format!("a + b * {i}.0"))
        } else {
            format!("// {i}\n{DOT}")
        };
        class.put(&name, text);
    }
    class
}

#[test]
fn the_same_again_in_parts_and_after_a_kill() {
    let class = class_of(6);
    let options = ["--only", "dot"];
    class.grade_into(&class.out(), &[&options[..], &["--jobs", "1"]].concat());
    let whole = left(&class.out());
    assert_eq!(whole.0.len(), 6);

    // Again in the same folder, nothing is graded; in another folder, the bytes are the same.
    let again = class.grade_into(&class.out(), &options);
    assert!(
        said(&again).contains("6 graded, 6 of them before; 0 ungradable"),
        "{}",
        said(&again)
    );
    assert_eq!(left(&class.out()), whole);
    let elsewhere = class.folder.path().join("elsewhere");
    class.grade_into(&elsewhere, &options);
    assert_eq!(left(&elsewhere), whole);

    // In two parts.
    let parts = ["1/2", "2/2"].map(|part| {
        let out = class.folder.path().join(part.replace('/', "of"));
        class.grade_into(&out, &[&options[..], &["--shard", part]].concat());
        out
    });
    assert_eq!(parts.each_ref().map(|part| left(part).0.len()), [3, 3]);
    let merged = class.folder.path().join("merged");
    let course = |arguments: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .args(["grade", "merge"])
            .args(arguments)
            .arg("--out")
            .arg(&merged);
        command.output().unwrap()
    };
    let merging = course(&[&parts[0], &parts[1], &class.out()]);
    assert!(merging.status.success(), "{}", said(&merging));
    assert_eq!(left(&merged), whole);
    // A part with a different result is refused.
    let changed = parts[1].join("results/student01.json");
    let text = fs::read_to_string(&changed)
        .unwrap()
        .replace("\"points\": 1", "\"points\": 9");
    fs::write(&changed, text).unwrap();
    let refused = said(&course(&[&parts[1]]));
    assert!(
        refused.contains("expected one result of a student, got another in "),
        "{refused}"
    );

    // Killed as soon as the first result is there.
    let killed = class.folder.path().join("killed");
    let mut run = class
        .command(&killed, &[&options[..], &["--jobs", "1"]].concat())
        .spawn()
        .unwrap();
    let begin = std::time::Instant::now();
    while fs::read_dir(killed.join("results")).map_or(0, Iterator::count) == 0 {
        assert!(begin.elapsed() < Duration::from_secs(60));
        sleep(Duration::from_millis(2));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    let before = contents(&killed.join("instructor")).len();
    let rest = class.grade_into(&killed, &options);
    assert_eq!(left(&killed), whole, "after {before}: {}", said(&rest));
}

#[test]
fn nothing_is_reused_by_name_or_time() {
    let class = Class::new();
    let wrong = DOT.replace("a * b", "a + b");
    assert_eq!(DOT.len(), wrong.len());
    class.put("ada/dot.rs", DOT);
    class.put("bob/dot.rs", &wrong);
    let at = |student: &str, seconds: u64| {
        let file = fs::File::options()
            .write(true)
            .open(class.path(&format!("{student}/dot.rs")))
            .unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .unwrap();
    };
    at("ada", 1_800_000_000);
    at("bob", 1_000_000_000);
    let verdicts =
        |records: &BTreeMap<String, Value>| ["ada", "bob"].map(|student| verdict(&records[student], "dot").0);
    let only = ["--only", "dot", "--jobs", "1"];
    let first = class.grade(&only);
    assert_eq!(verdicts(&first), ["passed", "wrong"]);
    assert_eq!(first["ada"]["submitted"], "2027-01-15T08:00:00Z");
    // The contents change places; names and times stay.
    class.put("ada/dot.rs", &wrong);
    class.put("bob/dot.rs", DOT);
    at("ada", 1_800_000_000);
    at("bob", 1_000_000_000);
    assert_eq!(verdicts(&class.grade(&only)), ["wrong", "passed"]);
    // The same content at a later time keeps its first time.
    at("bob", 1_900_000_000);
    let later = class.grade(&only);
    assert_eq!(later["bob"]["submitted"], "2001-09-09T01:46:40Z");
    // Another seed asks other questions, so no earlier result counts.
    let mut other = Command::new(env!("CARGO_BIN_EXE_course"));
    other
        .arg("grade")
        .args(class.submissions())
        .arg("--out")
        .arg(class.out());
    let other = other
        .args(["--seed", "another", "--only", "dot"])
        .output()
        .unwrap();
    assert!(
        said(&other).contains("2 graded, 0 of them before"),
        "{}",
        said(&other)
    );
}

#[test]
fn options_are_checked_and_names_stay() {
    let class = Class::new();
    class.put("=1+1/dot.rs", DOT);
    class.put("Zoë Łuk/dot.rs", DOT);
    // On some systems these two would be the same file.
    class.put("ana/dot.rs", DOT);
    class.put("ANA/dot.rs", DOT.replace("a * b", "a + b"));
    let records = class.grade(&["--only", "dot"]);
    assert_eq!(
        records.keys().collect::<Vec<_>>(),
        ["=1+1", "ANA", "Zoë Łuk", "ana"]
    );
    // A student's files have the same name in results/, instructor/ and feedback/.
    let stems = |folder: &str| -> std::collections::BTreeSet<String> {
        let names = contents(&class.out().join(folder)).into_keys();
        names
            .filter_map(|name| Some(name.rsplit_once('.')?.0.to_owned()))
            .filter(|stem| stem != "seed")
            .collect()
    };
    let results = stems("results");
    assert_eq!(results, stems("feedback"));
    assert_eq!(results, stems("instructor"));
    let apart: std::collections::BTreeSet<String> = results.iter().map(|stem| stem.to_lowercase()).collect();
    assert_eq!(apart.len(), 4, "{results:?}");
    let fails = |options: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .arg("grade")
            .args(class.submissions())
            .arg("--out")
            .arg(class.out())
            .args(options);
        let output = command.output().unwrap();
        assert!(!output.status.success());
        said(&output)
    };
    assert!(fails(&["--shard", "3/2"]).contains("expected a part such as 2/8, got \"3/2\""));
    assert!(fails(&["--shard", "1/2"]).contains("expected --seed-file with --shard"));
    assert!(fails(&["--only", "dott"]).contains("got \"dott\""));
    // Without a seed, a fresh one is made, kept and used again.
    let fresh = class.folder.path().join("fresh");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .arg("grade")
            .args(class.submissions())
            .arg("--out")
            .arg(&fresh)
            .args(["--only", "dot", "--json"]);
        command.output().unwrap()
    };
    let (first, second) = (run(), run());
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!(first.stdout, second.stdout);
    let printed: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(printed[0]["exercises"][0]["points"], json!(1));
    assert_ne!(printed[0]["seed_id"], records["=1+1"]["seed_id"]);
    let seed = fs::read_to_string(fresh.join("instructor/seed.txt")).unwrap();
    assert_eq!(seed.trim().len(), 64);
}
