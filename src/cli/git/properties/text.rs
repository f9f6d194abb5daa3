//! The text form: a notebook comes back the same, and any text that can be read can be written again.

use std::io::Cursor;

use super::damage::damaged;
use super::{change, generator, numbers, real, whole};
use crate::git::options::Options;
use crate::git::strip::strip;
use crate::git::text::{from_text, text};
use crate::git::tree::Json;

/// What must come back: the cells' kinds, ids, metadata, attachments and sources, and the notebook's
/// metadata.
fn expected(notebook: &Json) -> Json {
    let object = |members: Vec<(&str, Json)>| {
        let mut object = Json::Object(Vec::new());
        members
            .into_iter()
            .for_each(|(key, value)| object.set(key, value));
        object
    };
    let empty = || Json::Object(Vec::new());
    let taken: Vec<&Json> = notebook
        .get("cells")
        .unwrap()
        .items()
        .iter()
        .filter_map(|cell| cell.get("id"))
        .collect();
    let mut number = 0;
    let cells = notebook.get("cells").unwrap().items().iter().map(|cell| {
        let mut members = Vec::new();
        let kind = cell.get("cell_type").cloned().unwrap();
        let is_code = kind.text().unwrap() == "code";
        let id = cell.get("id").cloned().unwrap_or_else(|| {
            loop {
                number += 1;
                let id = Json::from_text(&format!("cell-{number}"));
                if !taken.contains(&&id) {
                    return id;
                }
            }
        });
        members.extend(
            cell.get("attachments")
                .map(|attachments| ("attachments", attachments.clone())),
        );
        members.push(("cell_type", kind));
        if is_code {
            members.push(("execution_count", Json::Literal("null".to_owned())));
        }
        members.push(("id", id));
        members.push(("metadata", cell.get("metadata").cloned().unwrap_or_else(empty)));
        if is_code {
            members.push(("outputs", Json::Array(Vec::new())));
        }
        members.push((
            "source",
            Json::from_lines(&cell.get("source").unwrap().joined().unwrap()),
        ));
        object(members)
    });
    object(vec![
        ("cells", Json::Array(cells.collect())),
        (
            "metadata",
            notebook.get("metadata").cloned().unwrap_or_else(empty),
        ),
        ("nbformat", Json::Literal("4".to_owned())),
        ("nbformat_minor", Json::Literal("5".to_owned())),
    ])
}

/// Whether a source of this notebook, or its metadata, holds what no text can hold.
fn has_lone_surrogates(notebook: &Json) -> bool {
    if notebook.get("metadata").unwrap().in_one_line().contains("\\ud") {
        return true;
    }
    notebook
        .get("cells")
        .unwrap()
        .items()
        .iter()
        .any(|cell| cell.get("source").and_then(Json::joined).is_none())
}

/// There and back.
pub(super) fn check_notebook(notebook: &Json) {
    let file = notebook.to_file();
    let written = match text(&mut Cursor::new(&file), false) {
        Ok(written) => written,
        Err(fault) => {
            assert!(has_lone_surrogates(notebook), "{fault}");
            return;
        }
    };
    let back =
        from_text(&written, None).unwrap_or_else(|fault| panic!("{}: {}\n{written}", fault.line, fault.why));
    // Text has no outputs, and nothing else that running has left.
    let stripped = strip(&mut Cursor::new(&file), &Options::default()).unwrap().text;
    let expected = expected(&Json::read(&stripped).unwrap());
    assert!(
        back == expected,
        "expected\n{}\ngot\n{}\nby way of\n{written}",
        String::from_utf8_lossy(&expected.to_file()),
        String::from_utf8_lossy(&back.to_file())
    );
}

/// Any text that can be read gives a notebook, and that notebook survives the way to text and back.
pub(super) fn check_text(given: &str) -> bool {
    let Ok(notebook) = from_text(given, None) else {
        return false;
    };
    if let Err(why) = whole::check(&notebook) {
        panic!("{why}\n{given}");
    }
    check_notebook(&notebook);
    true
}

#[test]
fn there_and_back_is_the_same_notebook() {
    let real = real();
    let numbers = numbers(3_000);
    for number in numbers.clone() {
        let notebook = change::any(&real, &mut generator(number));
        let tried = std::panic::catch_unwind(|| check_notebook(&notebook));
        assert!(tried.is_ok(), "notebook {number}");
    }
    eprintln!("{numbers:?}: notebooks as text and back");
}

#[test]
fn any_text_is_read_or_refused() {
    let real = real();
    let numbers = numbers(3_000);
    let mut accepted = 0;
    for number in numbers.clone() {
        let rng = &mut generator(number);
        let notebook = change::any(&real, rng);
        let Ok(written) = text(&mut Cursor::new(notebook.to_file()), false) else {
            continue;
        };
        let given = damaged(written.as_bytes(), rng);
        let given = String::from_utf8_lossy(&given);
        let tried = std::panic::catch_unwind(|| check_text(&given));
        assert!(tried.is_ok(), "text {number}");
        accepted += u64::from(tried.unwrap_or_default());
    }
    eprintln!("{numbers:?}: damaged texts, {accepted} of them read");
    assert!(accepted > (numbers.end - numbers.start) / 10, "{accepted}");
}
