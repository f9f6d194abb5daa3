//! Properties of the filter, over random notebooks and over broken ones.
//!
//! `COURSE_FUZZ=1000000 cargo test --release --features cli --bin course git::properties` tries so many broken inputs
//! instead of a few thousand.

#![allow(clippy::print_stderr, reason = "a long run says how much it tried")]

use std::io::Cursor;

use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use serde_json::{Map, Value, json};

use super::options::Options;
use super::strip::strip;

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

/// Pieces that break a notebook in the ways that matter to a reader of JSON.
const PIECES: [&[u8]; 20] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u",
    b"\\ud800",
    b",",
    b":",
    b"null",
    b"1e400",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\"outputs\":",
    b"\"metadata\": {\"keep_output\": true},",
    b"\"cell_type\": \"code\",",
    b"<<<<<<< a\n",
    b"\0",
];

/// `text` with a few bytes taken out, doubled, replaced or put in.
fn broken(text: &[u8], rng: &mut impl Rng) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..rng.random_range(1..6) {
        let from = rng.random_range(0..=text.len());
        let to = (from + rng.random_range(0..40)).min(text.len());
        match rng.random_range(0..4) {
            0 => drop(text.drain(from..to)),
            1 => {
                let piece = PIECES[rng.random_range(0..PIECES.len())];
                text.splice(from..from, piece.iter().copied());
            }
            2 => {
                let copy = text[from..to].to_vec();
                let at = rng.random_range(0..=text.len());
                text.splice(at..at, copy);
            }
            _ => {
                if let Some(byte) = text.get_mut(from) {
                    *byte = rng.random();
                }
            }
        }
    }
    text
}

#[test]
fn no_input_crashes_the_filter_and_what_it_accepts_is_stable() {
    let tries: u64 = std::env::var("COURSE_FUZZ").map_or(5_000, |n| n.parse().unwrap());
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
    for i in 0..tries {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(i);
        let input = broken(&start, &mut rng);
        let Some(once) = stripped(&input) else { continue };
        accepted += 1;
        assert_eq!(
            stripped(&once).as_deref(),
            Some(once.as_slice()),
            "{i}: {}",
            String::from_utf8_lossy(&input)
        );
    }
    eprintln!("{tries} broken notebooks: {accepted} accepted");
    assert!(accepted > tries / 100, "{accepted} of {tries}");
}
