//! What the strip filter must survive.

use super::*;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, SystemTime};

/// Notebook text with this source and nothing unusual.
fn with_source(source: &str) -> String {
    format!(
        "{{\n \"cells\": [\n  {{\n   \"cell_type\": \"code\",\n   \"execution_count\": null,\n   \"id\": \"a\",\n   \
         \"metadata\": {{}},\n   \"outputs\": [],\n   \"source\": {source}\n  }}\n ],\n \"metadata\": {{}},\n \
         \"nbformat\": 4,\n \"nbformat_minor\": 5\n}}\n"
    )
}

/// The filter fails on `input`, says this, and writes nothing.
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
    // What `git merge` leaves where our driver is not installed.
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
    // Also when it was added as it is, and touched.
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
fn row_5_a_write_that_fails_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let text = file(&notebook(&[code("a", &"x\n".repeat(20_000), Some(1))]));
    fs::write(&path, &text).unwrap();
    let untouched = || {
        assert_eq!(fs::read(&path).unwrap(), text);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "something was left beside it"
        );
    };
    // A limit on the size of files stands for a full disk: writing fails after the first bytes.
    let mut full = command("sh", folder.path());
    full.args([
        "-c",
        "trap '' XFSZ; ulimit -f 8; exec \"$0\" strip nb.ipynb",
        COURSE,
    ]);
    let output = full.output().unwrap();
    assert!(!output.status.success());
    assert!(
        stderr(&output).starts_with("cannot write nb.ipynb: "),
        "{}",
        stderr(&output)
    );
    untouched();
    // A read-only file is not replaced, although its folder would allow it.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let output = course(folder.path(), &["strip", "nb.ipynb"]);
    assert!(!output.status.success());
    assert_eq!(stderr(&output), "cannot write nb.ipynb: it is read-only\n");
    untouched();
}

#[test]
fn row_5_a_kill_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let old = file(&notebook(&[code("a", &"x\n".repeat(100_000), Some(1))]));
    let new = file(&notebook(&[code("a", &"x\n".repeat(100_000), None)]));
    for after in 0..30 {
        fs::write(&path, &old).unwrap();
        let mut child = command(COURSE, folder.path())
            .args(["strip", "nb.ipynb"])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(after));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read(&path).unwrap();
        assert!(
            found == old || found == new,
            "after {after} ms: {} bytes",
            found.len()
        );
    }
}

#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nb.ipynb");
    let link = folder.path().join("link.ipynb");
    fs::write(&path, file(&notebook(&[code("a", "1", Some(1))]))).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("nb.ipynb", &link).unwrap();
    assert!(course(folder.path(), &["strip", "link.ipynb"]).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&path).unwrap(), file(&notebook(&[code("a", "1", None)])));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
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
    // A carriage return inside a source is the author's.
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

#[test]
fn row_13_outputs_that_are_marked_stay() {
    let marked = |metadata: Value| {
        let mut cell = code("a", "1", Some(1));
        cell["metadata"] = metadata;
        cell
    };
    // What the metadata say, the options, and whether the output stays.
    let cases: [(Value, &[&str], bool); 9] = [
        (json!({}), &[], false),
        (json!({}), &["--keep-output"], true),
        (json!({"keep_output": true}), &[], true),
        (json!({"keep_output": false}), &["--keep-output"], false),
        (json!({"tags": ["keep_output"]}), &[], true),
        (json!({"init_cell": true}), &[], true),
        (json!({"init_cell": true}), &["--strip-init-cells"], false),
        (json!({"init_cell": false}), &["--keep-output"], false),
        (json!({"tags": ["other"]}), &[], false),
    ];
    for (metadata, options, stays) in cases {
        let cell = marked(metadata.clone());
        // The same with the metadata behind the outputs.
        let text = serde_json::to_string(&notebook(std::slice::from_ref(&cell))).unwrap();
        let late = format!(
            r#"{{"nbformat": 4, "cells": [{{"outputs": {}, "execution_count": 1, "metadata": {}}}]}}"#,
            cell["outputs"], cell["metadata"]
        );
        for text in [text, late] {
            let found: Value = serde_json::from_slice(&cleaned(text.as_bytes(), options)).unwrap();
            let cell = &found["cells"][0];
            assert_eq!(
                !cell["outputs"].as_array().unwrap().is_empty(),
                stays,
                "{metadata} {options:?}"
            );
            assert!(cell["execution_count"].is_null());
        }
    }
    let both = marked(json!({"keep_output": false, "tags": ["keep_output"]}));
    let output = clean(&file(&notebook(&[both])), &[]);
    assert!(
        stderr(&output).contains("nb.ipynb:7: the cell's metadata say"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn row_13_a_notebook_keeps_its_outputs_if_its_metadata_say_so() {
    let mut nb = notebook(&[code("a", "1", Some(1)), code("b", "2", Some(2))]);
    nb["metadata"]["keep_output"] = json!(true);
    let found: Value = serde_json::from_slice(&cleaned(&file(&nb), &[])).unwrap();
    assert_eq!(found["cells"][1]["outputs"], nb["cells"][1]["outputs"]);
    assert!(found["cells"][1]["execution_count"].is_null());
}

#[test]
fn row_13_what_running_writes_goes() {
    let mut cell = code("a", "1", Some(5));
    cell["metadata"] = json!({"ExecuteTime": {"end": 1}, "collapsed": true, "execution": {"a": 1}, "jupyter": {"b": 1},
        "scrolled": true});
    cell["outputs"] = json!([{"data": {"text/plain": ["5"]}, "execution_count": 5, "metadata": {},
        "output_type": "execute_result"}]);
    let mut nb = notebook(&[cell]);
    nb["metadata"]["widgets"] = json!({"application/vnd.jupyter.widget-state+json": {"state": {}}});
    nb["metadata"]["signature"] = json!("x");
    let read = |options: &[&str]| -> Value { serde_json::from_slice(&cleaned(&file(&nb), options)).unwrap() };
    let found = read(&[]);
    assert_eq!(found["cells"][0]["metadata"], json!({"jupyter": {"b": 1}}));
    assert_eq!(found["metadata"], notebook(&[])["metadata"]);
    let found = read(&[
        "--keep-output",
        "--keep-count",
        "--keep-metadata-keys",
        "cell.metadata.collapsed",
    ]);
    assert_eq!(found["cells"][0]["outputs"], nb["cells"][0]["outputs"]);
    assert_eq!(found["cells"][0]["execution_count"], 5);
    assert_eq!(
        found["cells"][0]["metadata"],
        json!({"collapsed": true, "jupyter": {"b": 1}})
    );
    let found = read(&["--keep-output"]);
    assert!(found["cells"][0]["outputs"][0]["execution_count"].is_null());
    assert_eq!(
        read(&["--extra-keys", "cell.metadata.jupyter.b"])["cells"][0]["metadata"],
        json!({"jupyter": {}})
    );
}

#[test]
fn cells_and_small_outputs_by_option() {
    let mut tagged = code("b", "2", None);
    tagged["metadata"] = json!({"tags": ["solution"]});
    let mut large = code("d", "4", Some(4));
    large["outputs"]
        .as_array_mut()
        .unwrap()
        .push(json!({"name": "stdout", "output_type": "stream",
        "text": ["x".repeat(1000)]}));
    let nb = file(&notebook(&[
        code("a", " \n\t", None),
        tagged,
        code("c", "", None),
        large,
    ]));
    let ids = |options: &[&str]| -> Vec<String> {
        let found: Value = serde_json::from_slice(&cleaned(&nb, options)).unwrap();
        found["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&["--drop-empty-cells"]), ["b", "d"]);
    assert_eq!(ids(&["--drop-tagged-cells", "hidden solution"]), ["a", "c", "d"]);
    let found: Value = serde_json::from_slice(&cleaned(&nb, &["--max-size", "1k"])).unwrap();
    assert_eq!(found["cells"][3]["outputs"].as_array().unwrap().len(), 1);
    // "stdout", "stream" and "4\n" are fourteen letters.
    for (size, count) in [("13", 0), ("14", 1), ("2k", 2)] {
        let found: Value = serde_json::from_slice(&cleaned(&nb, &["--max-size", size])).unwrap();
        assert_eq!(
            found["cells"][3]["outputs"].as_array().unwrap().len(),
            count,
            "{size}"
        );
    }
}

#[test]
fn options_come_from_configuration_attributes_and_command_line() {
    let repository = Repository::installed();
    let nb = file(&notebook(&[code("a", "1", Some(1))]));
    for folder in ["plain", "kept", "kept/not"] {
        repository.write(&format!("{folder}/nb.ipynb"), &nb);
    }
    repository.write(
        "kept/.gitattributes",
        b"*.ipynb course-keep-output course-extra-keys=metadata.kernelspec\n",
    );
    repository.write("kept/not/.gitattributes", b"*.ipynb -course-keep-output\n");
    repository.git(&["config", "filter.course-notebook.keepCount", "true"]);
    repository.commit("one");
    let stored = |name: &str| -> Value {
        serde_json::from_str(&repository.git(&["show", &format!("HEAD:{name}/nb.ipynb")])).unwrap()
    };
    for (name, outputs, has_kernel) in [("plain", 0, true), ("kept", 1, false), ("kept/not", 0, false)] {
        let found = stored(name);
        assert_eq!(
            found["cells"][0]["outputs"].as_array().unwrap().len(),
            outputs,
            "{name}"
        );
        assert_eq!(found["metadata"]["kernelspec"].is_object(), has_kernel, "{name}");
        assert_eq!(found["cells"][0]["execution_count"], 1);
    }
    assert_eq!(repository.status(), "");
    // The same from a folder below, for files.
    assert_eq!(
        stdout(&course(
            &repository.path("kept"),
            &["strip", "--check", "nb.ipynb"]
        )),
        "nb.ipynb: 1 entry of metadata to be removed\n"
    );
    assert!(
        course(
            &repository.path("kept/not"),
            &["strip", "--keep-output", "nb.ipynb"]
        )
        .status
        .success()
    );
    let found: Value = serde_json::from_slice(&repository.read("kept/not/nb.ipynb")).unwrap();
    assert_eq!(found["cells"][0]["outputs"].as_array().unwrap().len(), 1);
}

#[test]
fn row_16_a_broken_pipe_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    let text = file(&notebook(&[code("a", &"x\n".repeat(1_000_000), None)]));
    fs::write(folder.path().join("nb.ipynb"), text).unwrap();
    for program in [
        "git clean nb.ipynb < nb.ipynb",
        "git textconv nb.ipynb",
        "strip < nb.ipynb",
    ] {
        let mut shell = command("sh", folder.path());
        shell.args([
            "-c",
            &format!("{{ \"$0\" {program}; echo $? >&2; }} | head -c 10"),
            COURSE,
        ]);
        let output = shell.output().unwrap();
        assert_eq!(stderr(&output), "0\n", "{program}");
    }
    // git hangs up in the middle of a request.
    let mut filter = command(COURSE, folder.path());
    filter.args(["git", "filter"]);
    let output = feed(
        filter,
        b"0016git-filter-client\n000eversion=2\n00000015capability=clean\n00000012command=clean",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    let mut filter = command(COURSE, folder.path());
    filter.args(["git", "filter"]);
    let output = feed(filter, b"zzzz");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn row_16_fifty_megabytes_pass_with_bounded_memory() {
    let mut cells = Vec::new();
    let picture = "iVBORw0KGgo".repeat(450_000);
    for i in 0..10 {
        let mut cell = code(&format!("c{i}"), "plot()", Some(i));
        cell["outputs"] =
            json!([{"data": {"image/png": picture}, "metadata": {}, "output_type": "display_data"}]);
        cells.push(cell);
    }
    let text = file(&notebook(&cells));
    assert!(text.len() > 49_000_000);
    // 128 MiB of addresses hold the program, its stacks and 8 MiB of a pipe, but not the notebook twice.
    let folder = tempfile::tempdir().unwrap();
    let mut limited = command("sh", folder.path());
    limited.args(["-c", "ulimit -v 131072; exec \"$0\" git clean nb.ipynb", COURSE]);
    let output = feed(limited, &text);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(output.stdout.len() < 4000);
}

#[test]
fn row_16_five_hundred_notebooks_with_one_process() {
    let repository = Repository::installed();
    for i in 0..500 {
        repository.write(
            &format!("n/{i}.ipynb"),
            &file(&notebook(&[code("a", &format!("{i}"), Some(i))])),
        );
    }
    let mut add = command("git", &repository.top);
    add.args(["add", "."]).env("GIT_TRACE", "1");
    let output = add.output().unwrap();
    let trace = stderr(&output);
    assert!(output.status.success());
    let started = trace
        .lines()
        .filter(|l| l.contains("start_command") && l.contains("course-notebook/filter"))
        .count();
    assert_eq!(started, 1);
    repository.git(&["commit", "--quiet", "--message", "many"]);
    assert!(
        !repository
            .try_git(&["grep", "--quiet", "stdout", "HEAD"])
            .status
            .success()
    );
    // All of them again from history, and one that cannot be read among them.
    fs::remove_dir_all(repository.path("n")).unwrap();
    repository.git(&["checkout", "--", "."]);
    assert_eq!(repository.status(), "");
    repository.write("n/1.ipynb", b"{");
    repository.write("n/2.ipynb", &file(&notebook(&[code("a", "2", Some(7))])));
    let output = repository.try_git(&["add", "."]);
    assert!(
        stderr(&output).contains("n/1.ipynb:1: expected a key in quotes"),
        "{}",
        stderr(&output)
    );
    assert_eq!(repository.status(), "M  n/1.ipynb\n");
}
