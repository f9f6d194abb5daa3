//! The filter: it removes only what running has left, stripping twice is stripping once, and no file crashes
//! it.

use std::io::Cursor;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::damage::damaged;
use super::{change, generator, numbers, real, whole};
use crate::git::options::Options;
use crate::git::strip::strip;
use crate::git::tree::Json;

fn stripped(text: &[u8]) -> Option<Vec<u8>> {
    Some(strip(&mut Cursor::new(text), &Options::default()).ok()?.text)
}

/// Any JSON, small.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A source: a text or a list of lines.
fn source() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<String>().prop_map(Value::from),
        prop::collection::vec(any::<String>(), 0..4).prop_map(Value::from),
    ]
}

prop_compose! {
    /// A cell that has been run, with tags and a field that nobody knows.
    fn cell()(
        code in any::<bool>(), id in "[a-zA-Z0-9_-]{1,8}", source in source(), output in any_json(),
        tags in prop::collection::vec("[a-z]{1,5}", 0..3), unknown in any_json(), count in any::<u32>(),
    ) -> Value {
        let mut cell = json!({
            "cell_type": if code { "code" } else { "markdown" }, "id": id, "source": source, "x_unknown": unknown,
            "metadata": {"tags": tags, "course": {"exercise": id}, "x_unknown": unknown},
        });
        if code {
            cell["outputs"] = json!([{"output_type": "stream", "name": "stdout", "text": output}]);
            cell["execution_count"] = json!(count);
            cell["metadata"]["execution"] = json!({"iopub.status.busy": "2024-01-01"});
        }
        cell
    }
}

prop_compose! {
    fn notebook()(cells in prop::collection::vec(cell(), 0..5), unknown in any_json()) -> Value {
        json!({"cells": cells, "metadata": {"x_unknown": unknown}, "nbformat": 4, "nbformat_minor": 5})
    }
}

/// The notebook without what running leaves, computed the slow way.
fn expected(notebook: &Value) -> Value {
    let mut notebook = notebook.clone();
    for cell in notebook["cells"].as_array_mut().unwrap() {
        let cell: &mut Map<String, Value> = cell.as_object_mut().unwrap();
        if cell["cell_type"] == "code" {
            cell.insert("outputs".to_owned(), json!([]));
            cell.insert("execution_count".to_owned(), Value::Null);
        }
        cell["metadata"].as_object_mut().unwrap().remove("execution");
    }
    notebook
}

proptest! {
    #[test]
    fn only_what_running_left_goes(notebook in notebook(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_vec_pretty(&notebook) } else { serde_json::to_vec(&notebook) }.unwrap();
        let once = stripped(&text).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Value>(&once).unwrap(), expected(&notebook));
        prop_assert_eq!(stripped(&once).unwrap(), once);
    }
}

#[test]
fn no_input_crashes_the_filter_and_what_it_accepts_is_stable() {
    let numbers = numbers(5_000);
    let start = serde_json::to_vec_pretty(&json!({
        "cells": [
            {"cell_type": "code", "id": "a", "execution_count": 3, "metadata": {"tags": ["keep_output"], "execution": {}},
             "outputs": [{"output_type": "display_data", "data": {"text/html": "<b>é\u{2028}</b>"}}], "source": ["1\n", "2"]},
            {"cell_type": "markdown", "id": "b", "metadata": {}, "attachments": {"a.png": {}}, "source": "text"},
            {"cell_type": "code", "id": "c", "execution_count": null, "outputs": [], "metadata": {"init_cell": true}, "source": ""},
        ],
        "metadata": {"keep_output": false, "widgets": {}}, "nbformat": 4, "nbformat_minor": 5,
    }))
    .unwrap();
    let mut accepted = 0;
    for number in numbers.clone() {
        let input = damaged(&start, &mut generator(number));
        accepted += u64::from(check_file(&input));
    }
    eprintln!("{numbers:?}: broken notebooks, {accepted} of them accepted");
    assert!(accepted > (numbers.end - numbers.start) / 100, "{accepted}");
}

/// A file is refused, or stripping it twice is stripping it once.
pub(super) fn check_file(input: &[u8]) -> bool {
    let Some(once) = stripped(input) else { return false };
    assert_eq!(
        stripped(&once).as_deref(),
        Some(once.as_slice()),
        "{}",
        String::from_utf8_lossy(input)
    );
    true
}

#[test]
fn a_changed_notebook_stays_whole() {
    let real = real();
    let numbers = numbers(2_000);
    for number in numbers.clone() {
        let notebook = change::any(&real, &mut generator(number));
        whole::check(&notebook).unwrap();
        let once = stripped(&notebook.to_file()).unwrap();
        let stripped = Json::read(&once).unwrap();
        whole::check(&stripped).unwrap();
        assert!(check_file(&once));
    }
    eprintln!("{numbers:?}: changed notebooks stripped");
}
