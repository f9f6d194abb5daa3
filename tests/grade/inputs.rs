//! Submissions whose files are unlucky or hostile in form, whatever they compute.

use std::io::Write;

use serde_json::{Value, json};

use super::*;

/// A notebook's cell. `exercise` is the one that its metadata names.
fn cell(id: &str, exercise: Option<&str>, source: &str) -> Value {
    let metadata = exercise.map_or(json!({}), |id| json!({"course": {"exercise": id}}));
    json!({"cell_type": "code", "id": id, "metadata": metadata, "source": source, "outputs": [], "execution_count": null})
}

fn notebook(cells: &[Value]) -> String {
    json!({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).to_string()
}

const MY_DOT: &str = "fn my_dot(x: &[f32], y: &[f32]) -> f32 {\n    x.iter().zip(y).map(|(a, b)| a * b).sum()\n}\ncheck::dot(my_dot)";
const WRONG: &str = "fn my_dot(x: &[f32], y: &[f32]) -> f32 {\n    0.0\n}\ncheck::dot(my_dot)";
const TODO: &str =
    "fn my_dot(x: &[f32], y: &[f32]) -> f32 {\n    // your code here\n    todo!()\n}\ncheck::dot(my_dot)";
const MY_NORM: &str = "fn my_norm(x: &[f32]) -> f32 {\n    x.iter().map(|a| a * a).sum::<f32>().sqrt()\n}\ncheck::norm(my_norm)";

#[test]
fn cells_are_matched_by_id_and_never_picked_silently() {
    let class = Class::new();
    let (dot, norm) = (Some("01_vectors/dot"), Some("01_vectors/norm"));
    let other = cell("n", norm, MY_NORM);
    let put = |student: &str, cells: &[Value]| {
        let cells = [std::slice::from_ref(&other), cells].concat();
        class.put(&format!("{student}.ipynb"), notebook(&cells));
    };
    put("as_handed_out", &[cell("d", dot, TODO)]);
    put("deleted", &[]);
    put("doubled", &[cell("a", dot, MY_DOT), cell("b", dot, MY_DOT)]);
    put(
        "error",
        &[cell(
            "d",
            dot,
            "fn my_dot(x: &[f32], y: &[f32]) -> f32 {\n    x\n}\ncheck::dot(my_dot)",
        )],
    );
    put("retyped", &[cell("d", dot, TODO), cell("r", None, MY_DOT)]);
    put("twice", &[cell("a", dot, MY_DOT), cell("b", dot, WRONG)]);
    put("unknown", &[cell("d", Some("01_vectors/dott"), MY_DOT)]);
    put("unmarked", &[cell("r", None, MY_DOT)]);
    put(
        "unmarked_twice",
        &[cell("r", None, MY_DOT), cell("s", None, WRONG)],
    );
    put("untouched_too", &[cell("a", dot, TODO), cell("b", dot, MY_DOT)]);
    put(
        "with_more",
        &[cell(
            "d",
            dot,
            &format!(":dep rand\nlet x = 1;\nprintln!(\"{{x}}\");\n{MY_DOT}"),
        )],
    );
    let records = class.grade(&["--only", "dot", "norm"]);
    for (student, record) in &records {
        assert_eq!(verdict(record, "norm").0, "passed", "{student}");
    }
    let found = |student: &str| {
        let (name, what) = verdict(&records[student], "dot");
        (name, what, records[student]["notes"].clone())
    };
    let none = json!([]);
    let passed = |notes: Value| ("passed".to_owned(), Value::Null, notes);
    assert_eq!(
        found("as_handed_out"),
        ("not_attempted".into(), Value::Null, none.clone())
    );
    let missing = json!("the submission has no file 01_vectors/dot.rs and no cell of that exercise");
    assert_eq!(
        found("deleted"),
        ("missing_item".into(), missing.clone(), none.clone())
    );
    assert_eq!(found("doubled"), passed(none.clone()));
    let (name, what, _) = found("error");
    assert_eq!(name, "compile_error");
    assert!(
        what.as_str().unwrap().contains("--> cell d of error.ipynb:2:5\n"),
        "{what}"
    );
    assert_eq!(
        found("retyped"),
        (
            "not_attempted".into(),
            Value::Null,
            json!(["cell r of retyped.ipynb not graded: it is not marked as 01_vectors/dot"])
        )
    );
    let two = json!("expected one answer, got 2: cell a of twice.ipynb; cell b of twice.ipynb");
    assert_eq!(found("twice"), ("ambiguous".into(), two, none.clone()));
    assert_eq!(
        found("unknown"),
        (
            "missing_item".into(),
            missing,
            json!(["cell d of unknown.ipynb not graded: there is no exercise \"01_vectors/dott\""])
        )
    );
    assert_eq!(
        found("unmarked"),
        passed(json!([
            "cell r of unmarked.ipynb graded as 01_vectors/dot: it defines the function, but is not marked as the exercise's"
        ]))
    );
    assert_eq!(found("unmarked_twice").0, "ambiguous");
    assert_eq!(found("untouched_too"), passed(none.clone()));
    assert_eq!(found("with_more"), passed(none));
}

#[test]
fn files_are_found_by_id_and_two_answers_are_named() {
    let class = Class::new();
    let wrong = DOT.replace("a * b", "a + b");
    // A whole clone, with the cell as it was handed out.
    class.put("clone/exercises/01_vectors/dot.rs", DOT);
    class.put("clone/src/check/01_vectors/dot.rs", &wrong);
    class.put(
        "clone/notebooks/01.ipynb",
        notebook(&[cell("d", Some("01_vectors/dot"), TODO)]),
    );
    class.put("both/dot.rs", DOT);
    class.put(
        "both/01.ipynb",
        notebook(&[cell("d", Some("01_vectors/dot"), WRONG)]),
    );
    class.put("two_folders/a/01_vectors/dot.rs", DOT);
    class.put("two_folders/b/01_vectors/dot.rs", &wrong);
    let records = class.grade(&["--only", "dot"]);
    assert_eq!(verdict(&records["clone"], "dot").0, "passed");
    assert_eq!(
        records["clone"]["notes"],
        json!(["src/check/01_vectors/dot.rs not graded, but exercises/01_vectors/dot.rs"])
    );
    let named = |places: &str| {
        (
            "ambiguous".to_owned(),
            json!(format!("expected one answer, got 2: {places}")),
        )
    };
    assert_eq!(
        verdict(&records["both"], "dot"),
        named("cell d of 01.ipynb; dot.rs")
    );
    assert_eq!(
        verdict(&records["two_folders"], "dot"),
        named("a/01_vectors/dot.rs; b/01_vectors/dot.rs")
    );
    let files = class.grade(&["--only", "dot", "--prefer", "files"]);
    assert_eq!(verdict(&files["both"], "dot").0, "passed");
    let cells = class.grade(&["--only", "dot", "--prefer", "notebooks"]);
    assert_eq!(verdict(&cells["both"], "dot").0, "wrong");
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn tar_gz(members: &[(&str, &[u8])], link: Option<&str>) -> Vec<u8> {
    let packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(packed);
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        // `set_path` refuses paths outside the archive.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, *content).unwrap();
    }
    if let Some(name) = link {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        archive.append_link(&mut header, name, "/etc/passwd").unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}

#[test]
fn what_cannot_be_graded_says_why_and_the_batch_goes_on() {
    let class = Class::new();
    // One of two files is faulty.
    let file = |student: &str, content: &[u8]| {
        class.put(&format!("{student}/dot.rs"), content);
        class.put(
            &format!("{student}/norm.rs"),
            MY_NORM
                .replace("fn my_", "pub fn ")
                .lines()
                .take(3)
                .collect::<Vec<_>>()
                .join("\n"),
        );
    };
    file("file_bom", [b"\xef\xbb\xbf", DOT.as_bytes()].concat().as_slice());
    file(
        "file_conflict",
        b"<<<<<<< mine\nfn a() {}\n=======\nfn b() {}\n>>>>>>> theirs\n",
    );
    file("file_empty", b"");
    file("file_latin", b"// gr\xfc\xdfe\n");
    file("file_link", b"");
    fs::remove_file(class.path("file_link/dot.rs")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", class.path("file_link/dot.rs")).unwrap();
    file("file_large", b"");
    let large = fs::File::create(class.path("file_large/dot.rs")).unwrap();
    large.set_len(100 << 20).unwrap();
    // The whole submission is faulty.
    class.put("all_broken.zip", b"PK\x03\x04 and nothing more");
    class.put(
        "all_conflict.ipynb",
        format!("{{\n<<<<<<< a\n{MY_DOT}\n=======\n>>>>>>> b\n}}"),
    );
    class.put("all_empty.zip", b"");
    class.put("all_json.ipynb", b"{\"cells\": [");
    class.put("all_large.ipynb", b"");
    let large = fs::File::create(class.path("all_large.ipynb")).unwrap();
    large.set_len(100 << 20).unwrap();
    std::os::unix::fs::symlink(ROOT, class.path("all_link")).unwrap();
    class.put("all_nothing/readme.txt", "I was ill.");
    class.put("all_outside.zip", zip(&[("../dot.rs", DOT.as_bytes())]));
    class.put(
        "all_outside_tar.tar.gz",
        tar_gz(&[("a/../../dot.rs", DOT.as_bytes())], None),
    );
    class.put(
        "all_tar_link.tar.gz",
        tar_gz(&[("dot.rs", DOT.as_bytes())], Some("01_vectors")),
    );
    class.put("all_text.txt", DOT);
    class.put("all_twice/dot.rs", DOT);
    class.put("all_twice.zip", zip(&[("dot.rs", DOT.as_bytes())]));
    // A bomb: 100 MB of zeros in a file that is graded.
    class.put(
        "bomb.zip",
        zip(&[("dot.rs", &vec![0; 100 << 20]), ("norm.rs", b"pub fn norm() {}")]),
    );
    // Good submissions.
    class.put("well.zip", zip(&[("hand in/01_vectors/dot.rs", DOT.as_bytes())]));
    class.put("well_tar.tar.gz", tar_gz(&[("./dot.rs", DOT.as_bytes())], None));
    let records = class.grade(&["--only", "dot", "norm"]);

    let path = |name: &str| class.path(name).display().to_string();
    for (student, why) in [
        ("all_broken", "is no zip archive that can be read: "),
        (
            "all_conflict",
            "all_conflict.ipynb has conflict markers in line 2: merge it",
        ),
        ("all_empty", "is empty"),
        (
            "all_json",
            "all_json.ipynb is no notebook: expected a JSON object: EOF while parsing",
        ),
        (
            "all_large",
            "all_large.ipynb has 104857600 bytes; at most 16777216 can be graded",
        ),
        ("all_link", "is a symbolic link"),
        ("all_nothing", "has no exercise file and no exercise cell"),
        ("all_outside", "has a member outside: \"../dot.rs\""),
        ("all_outside_tar", "has a member outside: \"a/../../dot.rs\""),
        ("all_tar_link", "01_vectors is a link"),
        ("all_text.txt", "expected a folder, .zip, .tar, .tar.gz or .ipynb"),
        (
            "all_twice",
            &format!(
                "there are several submissions: {}, {}",
                path("all_twice"),
                path("all_twice.zip")
            ),
        ),
    ] {
        let record = &records[student];
        let told = record["ungradable"].as_str().unwrap_or_default();
        assert!(told.starts_with(why), "{student}: {why:?} in {record:#}");
        assert_eq!(record["exercises"], json!([]), "{student}");
    }
    for (student, why) in [
        (
            "file_bom",
            "dot.rs begins with a byte-order mark: save it as UTF-8 without one",
        ),
        ("file_conflict", "dot.rs has conflict markers in line 1: merge it"),
        ("file_empty", "dot.rs is empty"),
        (
            "file_large",
            "dot.rs has 104857600 bytes; at most 1048576 can be graded",
        ),
        ("file_latin", "dot.rs is not UTF-8: byte 6"),
        ("file_link", "dot.rs is a link"),
        (
            "bomb",
            "dot.rs has 104857600 bytes; at most 1048576 can be graded",
        ),
    ] {
        let record = &records[student];
        assert_eq!(
            verdict(record, "dot"),
            ("ungradable".into(), json!(why)),
            "{student}"
        );
        assert_eq!(record["ungradable"], Value::Null);
        if student != "bomb" {
            assert_eq!(verdict(record, "norm").0, "passed", "{student}");
        }
    }
    for student in ["well", "well_tar"] {
        assert_eq!(verdict(&records[student], "dot").0, "passed", "{student}");
    }
    assert_eq!(records.len(), 21);
}

#[test]
fn answers_to_quizzes_are_kept() {
    let class = Class::new();
    class.put("ada/01_vectors/answers.toml", "idf = 0\nsteps = [\"b\", \"a\"]\n");
    class.put("bob/answers.toml", "idf = ");
    class.put("bob/dot.rs", DOT);
    let records = class.grade(&["--only", "dot"]);
    assert_eq!(
        records["ada"]["quiz_answers"],
        json!({"01_vectors/answers.toml": {"idf": 0, "steps": ["b", "a"]}})
    );
    let note = records["bob"]["notes"][0].as_str().unwrap();
    assert!(note.starts_with("answers.toml ignored: "), "{note}");
}
