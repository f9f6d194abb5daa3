//! Merging by cells.

use std::fs;

use serde_json::Value;

use super::{code, course, file, notebook, stderr};

/// The merged notebook and whether there is a conflict.
fn merge(base: &[Value], ours: &[Value], theirs: &[Value]) -> (Value, bool) {
    let folder = tempfile::tempdir().unwrap();
    for (name, cells) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.path().join(name), file(&notebook(cells))).unwrap();
    }
    let merged = course(
        folder.path(),
        &["git", "merge", "base", "ours", "theirs", "7", "nb.ipynb"],
    );
    let code = merged.status.code().unwrap();
    assert!(code < 2, "{}", stderr(&merged));
    let result = serde_json::from_slice(&fs::read(folder.path().join("ours")).unwrap()).unwrap();
    (result, code == 1)
}

fn cell(id: &str, source: &str) -> Value {
    code(id, source, None)
}

fn sources(notebook: &Value) -> Vec<String> {
    let of = |cell: &Value| match &cell["source"] {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        source => source.as_str().unwrap().to_owned(),
    };
    notebook["cells"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn different_cells_never_meet() {
    let base = [cell("a", "1"), cell("b", "2"), cell("c", "3")];
    // Ours changes a and moves it to the end; theirs changes b, removes c and adds one at the top.
    let ours = [cell("b", "2"), cell("c", "3"), cell("a", "one")];
    let theirs = [cell("new", "0"), cell("a", "1"), cell("b", "two")];
    let (merged, conflict) = merge(&base, &ours, &theirs);
    assert!(!conflict, "{merged:#}");
    let mut found = sources(&merged);
    found.sort();
    assert_eq!(found, ["0", "one", "two"]);
}

#[test]
fn lines_of_one_cell_are_merged_or_marked() {
    let base = [cell("a", "1\n2\n3\n4\n5\n6\n7")];
    let (merged, conflict) = merge(
        &base,
        &[cell("a", "one\n2\n3\n4\n5\n6\n7")],
        &[cell("a", "1\n2\n3\n4\n5\n6\nseven")],
    );
    assert!(!conflict);
    assert_eq!(sources(&merged), ["one\n2\n3\n4\n5\n6\nseven"]);
    let (merged, conflict) = merge(&base, &[cell("a", "one")], &[cell("a", "uno")]);
    assert!(conflict);
    assert!(sources(&merged)[0].contains("<<<<<<< ours\none\n"), "{merged:#}");
}

#[test]
fn the_same_change_twice_is_one_and_a_removed_cell_that_was_changed_is_marked() {
    let base = [cell("a", "1"), cell("b", "2")];
    let same = [cell("a", "one"), cell("b", "2")];
    let (merged, conflict) = merge(&base, &same, &same);
    assert_eq!(
        (sources(&merged), conflict),
        (vec!["one".to_owned(), "2".to_owned()], false)
    );
    let (merged, conflict) = merge(&base, &[cell("a", "1")], &[cell("a", "1"), cell("b", "two")]);
    assert!(
        conflict && sources(&merged).concat().contains("two"),
        "{merged:#}"
    );
}
