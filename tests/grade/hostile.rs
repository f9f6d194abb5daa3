//! Submissions that try to stop a batch, to fill the grader's memory, or to write to its terminal.

use std::io::{Read, Write};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::*;

const NORM: &str = "pub fn norm(x: &[f32]) -> f32 {\n    x.iter().map(|a| a * a).sum::<f32>().sqrt()\n}\n";

/// A right `dot` that uses `what`, so that `what` stays in the program.
fn dot_with(what: &str, uses: &str) -> String {
    format!(
        "{what}\npub fn dot(x: &[f32], y: &[f32]) -> f32 {{\n    std::hint::black_box({uses});\n    \
         x.iter().zip(y).map(|(a, b)| a * b).sum()\n}}\n"
    )
}

/// Grades, and returns the records and the peak memory of the grader itself, in megabytes.
fn grade_and_measure(class: &Class, options: &[&str]) -> (BTreeMap<String, Value>, u64) {
    let mut command = class.command(&class.out(), options);
    command.stderr(std::process::Stdio::piped());
    let mut grading = command.spawn().unwrap();
    let status = format!("/proc/{}/status", grading.id());
    let mut most = 0;
    let ended = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak: Option<u64> = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(peak.unwrap_or(0) >> 10);
        if let Some(ended) = grading.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let mut told = String::new();
    grading.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(ended.success(), "{told}");
    assert!(most > 0, "nothing was measured");
    (records(&class.out()), most)
}

#[test]
fn memory_that_is_taken_before_the_first_question_has_a_verdict() {
    let class = Class::new();
    let large = "static LARGE: std::sync::Mutex<[u8; 300 << 20]> = std::sync::Mutex::new([0; 300 << 20]);";
    class.put("a_static/dot.rs", dot_with(large, "&LARGE"));
    class.put("a_static/norm.rs", NORM);
    let local = "thread_local! { static LARGE: std::cell::Cell<[u8; 300 << 20]> = const { std::cell::Cell::new([0; 300 << 20]) } }";
    class.put(
        "a_thread_local/dot.rs",
        dot_with(local, "LARGE.with(|large| large.as_ptr())"),
    );
    class.put("a_thread_local/norm.rs", NORM);
    // The memory of one file is not taken from another.
    let half = "static LARGE: std::sync::Mutex<[u8; 160 << 20]> = std::sync::Mutex::new([0; 160 << 20]);";
    class.put("half/dot.rs", dot_with(half, "&LARGE"));
    class.put(
        "half/norm.rs",
        NORM.replace(
            "    x.iter",
            "    std::hint::black_box(Vec::<u8>::with_capacity(160 << 20));\n    x.iter",
        ),
    );
    let records = class.grade(&["--only", "dot", "norm"]);
    for student in ["a_static", "a_thread_local"] {
        assert_eq!(verdict(&records[student], "dot").0, "memory_limit", "{student}");
        assert_eq!(exercise(&records[student], "norm")["points"], 1, "{student}");
    }
    for name in ["dot", "norm"] {
        assert_eq!(
            exercise(&records["half"], name)["points"],
            1,
            "{name}: {:#}",
            records["half"]
        );
    }
}

#[test]
fn no_time_of_a_file_ends_a_batch() {
    let class = Class::new();
    for (student, seconds) in [
        ("far", 1_u64 << 62),
        ("later", 9_000_000_000_000),
        ("soon", 1_800_000_000),
    ] {
        class.put(&format!("{student}/dot.rs"), DOT);
        let file = fs::File::options()
            .write(true)
            .open(class.path(&format!("{student}/dot.rs")))
            .unwrap();
        // A file system may have its own latest time.
        let _ = file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    }
    let early = fs::File::options()
        .write(true)
        .open(class.path("soon/dot.rs"))
        .unwrap();
    let _ = early.set_modified(SystemTime::UNIX_EPOCH - Duration::from_secs(90_000_000_000));
    for record in class.grade(&["--only", "dot"]).values() {
        assert_eq!(exercise(record, "dot")["points"], 1, "{record:#}");
    }
}

/// An answer of a hundred thousand empty lists is short enough in bytes, but takes many times as much memory
/// once it is read.
#[test]
fn what_is_answered_takes_little_memory() {
    let class = Class::new();
    class.put(
        "ada/centre.rs",
        "pub fn centre(_: &[Vec<f32>]) -> Vec<Vec<f32>> {\n    vec![Vec::new(); 110_000]\n}\n",
    );
    // Just within the limit for one answer, in every case.
    class.put(
        "bob/centre.rs",
        "pub fn centre(_: &[Vec<f32>]) -> Vec<Vec<f32>> {\n    vec![Vec::new(); 30_000]\n}\n",
    );
    let (records, megabytes) = grade_and_measure(&class, &["--only", "centre"]);
    assert_eq!(
        verdict(&records["ada"], "centre"),
        ("gone".to_owned(), json!("sent an answer that is too long"))
    );
    assert_eq!(exercise(&records["bob"], "centre")["points"], 0);
    assert!(megabytes < 200, "{megabytes} MB");
}

/// A name of 300 MB, which compresses to 300 kB, and a list of very many members.
#[test]
fn names_in_an_archive_take_little_memory() {
    let class = Class::new();
    let packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(packed);
    for kind in [tar::EntryType::GNULongName, tar::EntryType::XHeader] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(150 << 20);
        header.set_cksum();
        archive
            .append(&header, std::io::repeat(b'a').take(150 << 20))
            .unwrap();
    }
    class.put(
        "long_name.tar.gz",
        archive.into_inner().unwrap().finish().unwrap(),
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for i in 0..60_000 {
        let name = format!("{i:040}.rs");
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
    }
    class.put("many.zip", archive.finish().unwrap().into_inner());
    class.put("well/dot.rs", DOT);
    let (records, megabytes) = grade_and_measure(&class, &["--only", "dot"]);
    assert_eq!(
        records["long_name"]["ungradable"],
        "has a header of more than 1 MB"
    );
    let many = records["many"]["ungradable"].as_str().unwrap();
    assert!(many.ends_with("its list of files is too long"), "{many}");
    assert_eq!(exercise(&records["well"], "dot")["points"], 1);
    assert!(megabytes < 100, "{megabytes} MB");
}

#[test]
fn a_member_that_is_there_twice_is_named_and_none_vanishes() {
    let class = Class::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["dot.rs", "dox.rs", "norm.rs"] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive
            .write_all(if name == "norm.rs" { NORM } else { DOT }.as_bytes())
            .unwrap();
    }
    let mut bytes = archive.finish().unwrap().into_inner();
    for at in 0..bytes.len() - 6 {
        if &bytes[at..at + 6] == b"dox.rs" {
            bytes[at..at + 6].copy_from_slice(b"dot.rs");
        }
    }
    class.put("twice.zip", bytes);
    let mut archive = tar::Builder::new(Vec::new());
    for (name, kind, text) in [
        ("dot.rs", tar::EntryType::Continuous, DOT),
        ("norm.rs", tar::EntryType::Fifo, ""),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    class.put("odd.tar", archive.into_inner().unwrap());
    // A path that is too long for its own header, in both forms that exist.
    let deep = format!("{}/01_vectors/dot.rs", "folder".repeat(30));
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(DOT.len() as u64);
    archive.append_data(&mut header, &deep, DOT.as_bytes()).unwrap();
    class.put("deep.tar", archive.into_inner().unwrap());
    let mut archive = tar::Builder::new(Vec::new());
    archive
        .append_pax_extensions([("path", deep.as_bytes())])
        .unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(DOT.len() as u64);
    header.set_path("short.rs").unwrap();
    header.set_cksum();
    archive.append(&header, DOT.as_bytes()).unwrap();
    class.put("deep_pax.tar", archive.into_inner().unwrap());

    let records = class.grade(&["--only", "dot", "norm"]);
    let twice = verdict(&records["twice"], "dot");
    assert_eq!(twice, ("ungradable".to_owned(), json!("dot.rs is there twice")));
    assert_eq!(exercise(&records["twice"], "norm")["points"], 1);
    assert_eq!(
        exercise(&records["odd"], "dot")["points"],
        1,
        "{:#}",
        records["odd"]
    );
    assert_eq!(
        verdict(&records["odd"], "norm").1,
        json!("norm.rs is no plain file in its archive")
    );
    for student in ["deep", "deep_pax"] {
        assert_eq!(
            exercise(&records[student], "dot")["points"],
            1,
            "{student}: {:#}",
            records[student]
        );
    }
}

#[test]
fn names_do_not_write_to_the_terminal() {
    let class = Class::new();
    class.put("a\u{1b}[2Jb/dot.rs", DOT);
    class.put("eve/dot.rs", DOT);
    std::os::unix::fs::symlink("/", class.path("eve/\u{1b}]0;title\u{7}")).unwrap();
    let output = class.grade_into(&class.out(), &["--only", "dot"]);
    for text in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    }
    assert!(String::from_utf8_lossy(&output.stdout).contains("eve: ungradable: ]0;title is a link"));
    // Records keep each name as it is.
    assert!(records(&class.out()).contains_key("a\u{1b}[2Jb"));
}

/// rustc writes a long type to a file, whose name is different each time, and mentions that name.
#[test]
fn a_compile_error_is_the_same_each_time() {
    let class = Class::new();
    let part = "(1_u8, String::new(), Vec::<Option<Result<String, std::io::Error>>>::new())";
    let long = format!("({})", [part; 6].join(", "));
    class.put(
        "ada/dot.rs",
        format!("pub fn dot(_: &[f32], _: &[f32]) -> f32 {{\n    {long}.clone_into_what()\n}}\n"),
    );
    class.put(
        "bob/dot.rs",
        format!("pub fn dot(_: &[f32], _: &[f32]) -> f32 {{\n    {long}\n}}\n"),
    );
    let results = ["one", "two"].map(|name| {
        let out = class.folder.path().join(name);
        class.grade_into(&out, &["--only", "dot"]);
        contents(&out.join("results"))
    });
    assert_eq!(results[0], results[1]);
    for bytes in results[0].values() {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("error[E0") && !text.contains("long-type"), "{text}");
    }
}

/// The terminal and the grading say the same about answers. An invalid answer costs only its own question.
#[test]
fn an_infinite_answer_costs_one_question() {
    let class = Class::new();
    let answers = "quiz = \"01_vectors\"\n[answers]\none-hot-distance = inf\nscaled = [nan]\nby-hand = 2\n";
    class.put("ada/01_vectors/answers.toml", answers);
    class.put("ada/dot.rs", DOT);
    class.put(
        "bob/answers.json",
        r#"{"quiz": "01_vectors", "answers": {"one-hot-distance": null, "scaled": [null], "by-hand": 2}}"#,
    );
    class.put("bob/dot.rs", DOT);
    class.put("cyd/answers.toml", answers.replace("01_vectors", "01_vector"));
    class.put("cyd/dot.rs", DOT);
    // By itself a quiz does not count, so that nobody gets 0 for it unasked.
    let marked = || -> (String, Value) {
        let output = class.grade_into(&class.out(), &["--only", "dot"]);
        let marks = fs::read(class.out().join("marks.json")).unwrap();
        (said(&output), serde_json::from_slice(&marks).unwrap())
    };
    let (told, marks) = marked();
    assert_eq!(marks["of"], 1);
    assert!(
        told.contains("note: the quiz of 01_vectors was answered by 2 students, and does not count;"),
        "{told}"
    );
    // Where it counts, those without answers are named.
    fs::write(class.out().join("policy.toml"), "quizzes = [\"01_vectors\"]\n").unwrap();
    let (told, marks) = marked();
    assert!(
        told.contains("counts, and 1 student has no answers to it, which is 0 points: cyd\n"),
        "{told}"
    );
    let outcome = |student: usize| {
        let quiz = &marks["students"][student]["exercises"][1];
        (quiz["id"].clone(), quiz["outcome"].as_str().unwrap().to_owned())
    };
    let feedback = |name: &str| fs::read_to_string(class.out().join("feedback").join(name)).unwrap();
    assert_eq!(outcome(0).0, "quiz/01_vectors");
    let mut asked = Command::new(env!("CARGO_BIN_EXE_course"));
    let file = class.path("ada/01_vectors/answers.toml");
    let asked = asked
        .args(["quiz", "01_vectors", "--json", "--answers"])
        .arg(file)
        .current_dir(ROOT);
    let here: course::check::Marked = serde_json::from_slice(&asked.output().unwrap().stdout).unwrap();
    let right = here.questions.iter().filter(|one| one.points > 0).count();
    let expected = match right {
        0 => format!("0 of {} questions right", here.questions.len()),
        n => format!("{n} of {} questions right", here.questions.len()),
    };
    assert_eq!(outcome(0).1, expected);
    assert!(
        feedback("ada.md").contains("expected a finite number, got inf"),
        "{}",
        feedback("ada.md")
    );
    assert!(!outcome(1).1.contains("invalid"), "{}", outcome(1).1);
    // An unknown quiz is named, to the student and to the instructor.
    assert!(
        outcome(2)
            .1
            .contains("no quiz \"01_vector\"; did you mean \"01_vectors\"?"),
        "{}",
        outcome(2).1
    );
    assert!(
        told.contains("note: \"cyd\" answers a quiz that is none: "),
        "{told}"
    );
}
