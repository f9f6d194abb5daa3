//! The options: nbstripout's meanings, and the three places where they can be set.

use serde_json::{Value, json};

use super::{Repository, clean, cleaned, code, course, file, notebook, stderr, stdout};

/// The figures are nbstripout's own, from `tests/oracles/options_of_nbstripout.py`.
#[test]
fn every_option_does_what_it_does_in_nbstripout() {
    let recorded = include_str!("../fixtures/git/nbstripout.json");
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    let cases = recorded["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 30);
    for case in cases {
        let given = file(&recorded["notebooks"][case["notebook"].as_str().unwrap()]);
        let options: Vec<&str> = case["options"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let output = clean(&given, &options);
        // If nbstripout fails, nothing is recorded.
        let found = if output.status.success() {
            serde_json::from_slice(&output.stdout).unwrap()
        } else {
            Value::Null
        };
        assert_eq!(found, case["result"], "{} with {options:?}", case["notebook"]);
    }
}

#[test]
fn row_13_outputs_that_are_marked_stay() {
    let marked = |metadata: Value| {
        let mut cell = code("a", "1", Some(1));
        cell["metadata"] = metadata;
        cell
    };
    // The metadata, the options, and whether the output stays.
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
        // The same with the metadata after the outputs.
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
    // "stdout", "stream" and "4\n" have fourteen letters together.
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
    // The same for files in a subfolder.
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
