//! What the strip filter must survive: the rows about the contents of files.

use super::*;
use std::time::{Duration, SystemTime};

/// The text of a notebook with this source and nothing unusual.
fn with_source(source: &str) -> String {
    format!(
        "{{\n \"cells\": [\n  {{\n   \"cell_type\": \"code\",\n   \"execution_count\": null,\n   \"id\": \"a\",\n   \
         \"metadata\": {{}},\n   \"outputs\": [],\n   \"source\": {source}\n  }}\n ],\n \"metadata\": {{}},\n \
         \"nbformat\": 4,\n \"nbformat_minor\": 5\n}}\n"
    )
}

/// The filter fails on `input` with this message, and writes nothing.
#[track_caller]
fn fails(input: &[u8], said: &str) {
    let output = clean(input, &[]);
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    assert_eq!(stderr(&output).trim_end(), format!("error: nb.ipynb:{said}"));
}

#[test]
fn row_1_a_clean_notebook_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let text = file(&notebook(&[code("a", "1 + 1", None)]));
    fs::write(&path, &text).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(long_ago)
        .unwrap();
    let output = course(folder.path(), &["strip", "nb.ipynb"]);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), long_ago);
    assert_eq!(fs::read(&path).unwrap(), text);
    assert_eq!(cleaned(&text, &[]), text);
}

/// A dry run shows a patch that does what stripping does, and writes nothing.
#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.ipynb");
    let before = file(&notebook(&[code("a", "1 + 1", Some(3)), code("b", "2", None)]));
    fs::write(&path, &before).unwrap();
    let shown = course(folder.path(), &["strip", "--dry-run", "my.ipynb"]);
    assert!(shown.status.success(), "{}", stderr(&shown));
    assert_eq!(fs::read(&path).unwrap(), before);
    let text = stdout(&shown);
    assert!(text.contains("\n-   \"execution_count\": 3,\n"), "{text}");
    assert!(text.contains("\n+   \"execution_count\": null,\n"), "{text}");

    let mut apply = command("git", folder.path());
    apply.args(["apply", "-p1", "-"]);
    let applied = feed(apply, text.as_bytes());
    assert!(applied.status.success(), "{}{text}", stderr(&applied));
    assert_eq!(fs::read(&path).unwrap(), cleaned(&before, &[]));
    let again = course(folder.path(), &["strip", "--dry-run", "my.ipynb"]);
    assert_eq!((again.status.code(), stdout(&again).as_str()), (Some(0), ""));
}

#[test]
fn row_2_an_empty_file_passes() {
    assert_eq!(cleaned(b"", &[]), b"");
    assert_eq!(cleaned(b"\xef\xbb\xbf", &[]), b"");
}

#[test]
fn row_3_a_byte_order_mark_goes() {
    let text = with_source("[]");
    assert_eq!(
        cleaned(format!("\u{feff}{text}").as_bytes(), &[]),
        text.as_bytes()
    );
}

#[test]
fn row_4_what_is_no_notebook_is_an_error_with_its_line() {
    let text = with_source("[]");
    let marked = text.replace("   \"id\"", "<<<<<<< HEAD\n   \"id\"");
    fails(
        marked.as_bytes(),
        "6: expected a key in quotes, got a conflict marker: the merge is not finished",
    );
    fails(b"{\n\n oops", "3: expected a key in quotes, got `oops`");
    fails(&text.as_bytes()[..60], "5: a string that does not end");
    fails(
        b"null",
        "1: expected a notebook, which begins with `{`, got `null`",
    );
    fails(b"[1]", "1: expected a notebook, which begins with `{`, got `[1]`");
    fails(
        b"\n",
        "2: expected a notebook, which begins with `{`, got the end of the file",
    );
    fails(
        b"{\"cells\": []}",
        "1: JSON, but no notebook: it has no `nbformat`",
    );
    fails(
        b"{\"nbformat\": 4}",
        "1: JSON, but no notebook: it has no `cells`",
    );
    fails(
        b"{\"nbformat\": 4, \"cells\": {}}",
        "1: expected the list of cells, got `{}}`",
    );
    fails(
        b"{\"nbformat\": 4, \"cells\": [3]}",
        "1: expected a cell, got `3]}`",
    );
    fails(
        b"{\"nbformat\": 4, \"cells\": []} x",
        "1: expected the end of the file, got `x`",
    );
    fails(
        b"{\"nbformat\": 01, \"cells\": []}",
        "1: expected a value, got `01`",
    );
    fails(
        b"{\"nbformat\": 4, \"cells\": [],}",
        "1: expected a key in quotes, got `}`",
    );
    fails(
        b"{\"nbformat\": 4, \"a\tb\": 1}",
        "1: a string with the control character 0x09, which must be escaped",
    );
    fails(b"{\"nbformat\": \"\\x\"}", "1: `\\x` is no escape of a string");
}

#[test]
fn row_4_git_goes_on_working_with_a_broken_notebook() {
    let repository = Repository::installed();
    repository.write("nb.ipynb", &file(&notebook(&[code("a", "1", None)])));
    repository.commit("one");
    // What `git merge` leaves if our driver is not installed.
    repository.git(&[
        "config",
        "merge.course-notebook.driver",
        "git merge-file --marker-size=%L %A %O %B",
    ]);
    repository.git(&["switch", "--quiet", "--create", "other"]);
    repository.write("nb.ipynb", &file(&notebook(&[code("a", "2", None)])));
    repository.commit("two");
    repository.git(&["switch", "--quiet", "main"]);
    let ours = file(&notebook(&[code("a", "3", None)]));
    repository.write("nb.ipynb", &ours);
    repository.commit("three");
    assert!(!repository.try_git(&["merge", "other"]).status.success());
    assert!(String::from_utf8_lossy(&repository.read("nb.ipynb")).contains("<<<<<<<"));
    assert_eq!(repository.status(), "UU nb.ipynb\n");
    repository.git(&["diff"]);
    // The same after the file was added as it is and touched.
    repository.git(&["add", "nb.ipynb"]);
    repository.write("nb.ipynb", b"<<<<<<< still broken");
    assert_eq!(repository.status(), "MM nb.ipynb\n");
    assert!(
        !repository
            .try_git(&["commit", "--message", "broken"])
            .status
            .success()
    );
    repository.git(&["checkout", "--", "nb.ipynb"]);
    repository.git(&["merge", "--abort"]);
    assert_eq!(repository.read("nb.ipynb"), ours);
    assert_eq!(repository.status(), "");
}

#[test]
fn row_6_numbers_keep_their_digits() {
    let numbers = "[\n    123456789012345678901234567890,\n    1e400,\n    1.0,\n    -0.0,\n    1E+05,\n    NaN,\n    \
                   -Infinity\n   ]";
    let text = with_source("[]").replace(
        "\"metadata\": {},\n   \"outputs\"",
        &format!(
            "\"metadata\": {{\n    \"numbers\": {}\n   }},\n   \"outputs\"",
            numbers.replace("\n ", "\n  ")
        ),
    );
    assert_eq!(String::from_utf8(cleaned(text.as_bytes(), &[])).unwrap(), text);
}

#[test]
fn row_7_order_unknown_fields_attachments_and_both_forms_of_a_source_stay() {
    let text = "{\n \"zebra\": {\n  \"b\": 1,\n  \"a\": []\n },\n \"nbformat_minor\": 5,\n \"nbformat\": 4,\n \"cells\": [\n  {\n   \
                \"source\": \"one\\ntwo\",\n   \"unknown\": {},\n   \"attachments\": {\n    \"a.png\": {\n     \
                \"image/png\": \"iVBO\"\n    }\n   },\n   \"metadata\": {},\n   \"cell_type\": \"markdown\"\n  },\n  {\n   \
                \"source\": [\n    \"one\\n\",\n    \"two\"\n   ],\n   \"cell_type\": \"raw\"\n  }\n ],\n \"metadata\": {}\n}\n";
    assert_eq!(String::from_utf8(cleaned(text.as_bytes(), &[])).unwrap(), text);
}

#[test]
fn row_8_ids_tags_and_exercises_stay_whatever_the_options() {
    let mut cell = code("my-id", "1", Some(3));
    cell["metadata"] =
        json!({"collapsed": true, "course": {"exercise": "01/a"}, "tags": ["quiz"], "mine": 1});
    let options = [
        "--extra-keys",
        "cell.metadata.mine",
        "--strip-init-cells",
        "--max-size",
        "1",
    ];
    let found: Value = serde_json::from_slice(&cleaned(&file(&notebook(&[cell])), &options)).unwrap();
    assert_eq!(found["cells"][0]["id"], "my-id");
    assert_eq!(
        found["cells"][0]["metadata"],
        json!({"course": {"exercise": "01/a"}, "tags": ["quiz"]})
    );
    for key in [
        "cell.id",
        "cell.metadata.tags",
        "cell.metadata.course",
        "metadata.course.x",
    ] {
        let output = clean(b"", &["--extra-keys", key]);
        assert!(!output.status.success());
        assert_eq!(
            stderr(&output),
            format!("error: --extra-keys: {key} is always kept\n")
        );
    }
}

#[test]
fn row_9_the_form_is_jupyters() {
    let squeezed = r#"{"cells":[{"cell_type":"code","execution_count":7,"id":"a","metadata":{},"outputs":[],
        "source":["caf\u00e9 \u03b1 \ud83d\ude00 \/ \u0041 \u001F\u0009 \u007f"]}],"metadata":{},"nbformat":4,"nbformat_minor":5}"#;
    let form = with_source("[\n    \"café α 😀 / A \\u001f\\t \u{7f}\"\n   ]");
    assert_eq!(
        String::from_utf8(cleaned(squeezed.as_bytes(), &[])).unwrap(),
        form
    );
}

#[test]
fn row_10_line_ends_are_stored_as_line_feeds() {
    let repository = Repository::installed();
    let text = String::from_utf8(file(&notebook(&[code("a", "1", None)]))).unwrap();
    let dos = text.replace('\n', "\r\n");
    repository.write("nb.ipynb", dos.as_bytes());
    repository.commit("one");
    assert_eq!(repository.git(&["show", "HEAD:nb.ipynb"]), text);
    assert_eq!(repository.read("nb.ipynb"), dos.as_bytes());
    assert_eq!(repository.status(), "");
    // A carriage return inside a source comes from the author and stays.
    let inner = with_source("[\n    \"a\\r\\n\"\n   ]");
    assert_eq!(cleaned(inner.as_bytes(), &[]), inner.as_bytes());
}

#[test]
fn row_11_separators_and_lone_surrogates_stay_and_latin_1_is_an_error() {
    for kept in [
        r"\u2028",
        r"\u2029",
        "\u{2028}",
        r"\ud800",
        r"\uDFFF x",
        r"\ud800\n",
        r"\ud83d\ud83d",
        r"\ude00\ud83d",
    ] {
        let text = with_source(&format!("[\n    \"{kept}\"\n   ]"));
        assert_eq!(String::from_utf8(cleaned(text.as_bytes(), &[])).unwrap(), text);
    }
    let mut latin = with_source("\"caf#\"").into_bytes();
    let at = latin.iter().position(|b| *b == b'#').unwrap();
    latin[at] = 0xe9;
    fails(&latin, "9: not UTF-8: the byte 0xe9 begins no character");
}

#[test]
fn row_12_doubled_keys_and_missing_metadata_have_a_defined_behaviour() {
    let double =
        r#"{"nbformat": 4, "cells": [{"outputs": [1], "outputs": [{"a": 2}], "a": 1, "a": 2}], "cells": []}"#;
    let text = "{\n \"nbformat\": 4,\n \"cells\": [\n  {\n   \"outputs\": [],\n   \"outputs\": [],\n   \"a\": 1,\n   \
                \"a\": 2\n  }\n ],\n \"cells\": []\n}\n";
    assert_eq!(String::from_utf8(cleaned(double.as_bytes(), &[])).unwrap(), text);
}

#[test]
fn row_12_deep_nesting_is_an_error_and_no_crash() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [800, 10_000, 1_000_000] {
            let value = open.repeat(depth) + "1" + &close.repeat(depth);
            for place in ["outputs\": [", "x\": ["] {
                let text = format!("{{\"nbformat\": 4, \"cells\": [{{\"{place}{value}]}}]}}");
                let output = clean(text.as_bytes(), &[]);
                assert_eq!(output.status.success(), depth == 800);
                assert_eq!(output.status.code(), Some(i32::from(depth != 800)), "a crash");
                assert!(depth == 800 || stderr(&output).contains(":1: nested more than 900 deep"));
            }
        }
    }
}

#[test]
fn row_12_older_formats_are_stripped_too() {
    let old = json!({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"metadata": {},
        "cells": [{"cell_type": "code", "collapsed": false, "input": ["1"], "language": "python", "metadata": {},
            "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": ["1"]}], "prompt_number": 1}]}]});
    let mut expected = old.clone();
    let cell = &mut expected["worksheets"][0]["cells"][0];
    cell["outputs"] = json!([]);
    cell["prompt_number"] = Value::Null;
    assert_eq!(cleaned(&file(&old), &[]), file(&expected));
}
