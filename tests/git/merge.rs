//! Merging by cells.

use std::fs;

use serde_json::{Value, json};

use super::{Repository, code, course, file, notebook, stderr};

/// The merged notebook and whether there is a conflict.
fn merge(base: &[Value], ours: &[Value], theirs: &[Value]) -> (Value, bool) {
    merge_files(
        file(&notebook(base)),
        file(&notebook(ours)),
        file(&notebook(theirs)),
    )
}

fn merge_files(base: Vec<u8>, ours: Vec<u8>, theirs: Vec<u8>) -> (Value, bool) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.path().join(name), text).unwrap();
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
    // Ours changes a and moves it to the end. Theirs changes b, removes c and adds a cell at the top.
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

/// A notebook in nbformat 4.4, whose cells have no ids, from the kinds and sources of its cells.
fn old(cells: &[(&str, &str)]) -> Vec<u8> {
    let cells = cells.iter().map(|(kind, source)| match *kind {
        "code" => json!({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": [source]}),
        kind => json!({"cell_type": kind, "metadata": {}, "source": [source]}),
    });
    let mut old = notebook(&cells.collect::<Vec<_>>());
    old["nbformat_minor"] = json!(4);
    file(&old)
}

fn kinds_and_sources(notebook: &Value) -> Vec<(String, String)> {
    let kinds = notebook["cells"].as_array().unwrap().iter();
    let kinds = kinds.map(|cell| cell["cell_type"].as_str().unwrap().to_owned());
    kinds.zip(sources(notebook)).collect()
}

fn marked(ours: &str, theirs: &str) -> String {
    format!("<<<<<<< ours\n{ours}\n=======\n{theirs}\n>>>>>>> theirs")
}

#[test]
fn a_notebook_that_both_have_added_is_there_once() {
    let mine = |answer: &str| {
        let answer = format!("let answer = \"{answer}\";");
        old(&[
            ("markdown", "# Homework"),
            ("code", "let shared = 1;"),
            ("code", &answer),
            ("markdown", "The end"),
        ])
    };
    let (merged, conflict) = merge_files(Vec::new(), mine("ana"), mine("ben"));
    assert!(conflict);
    let answers = marked("let answer = \"ana\";", "let answer = \"ben\";");
    assert_eq!(
        sources(&merged),
        ["# Homework", "let shared = 1;", &answers, "The end"]
    );
    // Both in git, where a new Jupyter gives the same cell a different id on each side.
    let repository = Repository::installed();
    let save = |suffix: &str, second: &str| {
        let cells = [
            cell(&format!("a{suffix}"), "let shared = 1;"),
            cell(&format!("b{suffix}"), second),
        ];
        repository.write("hw.ipynb", &file(&notebook(&cells)));
        repository.commit(suffix);
    };
    repository.write("a", b"a");
    repository.commit("base");
    repository.git(&["switch", "--quiet", "--create", "ana"]);
    save("ana", "one");
    repository.git(&["switch", "--quiet", "--create", "ben", "main"]);
    save("ben", "two");
    repository.git(&["merge", "--quiet", "--no-edit", "ana"]);
    let merged: Value = serde_json::from_slice(&repository.read("hw.ipynb")).unwrap();
    assert_eq!(sources(&merged), ["let shared = 1;", "two", "one"]);
}

#[test]
fn without_ids_code_stays_code_and_its_versions_stand_in_one_cell() {
    let base = old(&[
        ("markdown", "# T"),
        ("code", "let rate = 1;"),
        ("markdown", "End"),
    ]);
    let ours = old(&[
        ("markdown", "# T"),
        ("code", "let rate = 3;"),
        ("markdown", "End"),
    ]);
    let theirs = old(&[
        ("markdown", "# T"),
        ("markdown", "Why the rate is two."),
        ("code", "let rate = 2;"),
        ("markdown", "End"),
    ]);
    let (merged, conflict) = merge_files(base, ours, theirs);
    assert!(conflict);
    let expected = [
        ("markdown", "# T".to_owned()),
        ("markdown", "Why the rate is two.".to_owned()),
        ("code", marked("let rate = 3;", "let rate = 2;")),
        ("markdown", "End".to_owned()),
    ];
    assert_eq!(
        kinds_and_sources(&merged),
        expected.map(|(kind, source)| (kind.to_owned(), source))
    );
}

#[test]
fn without_ids_the_same_new_cell_is_there_once_and_others_twice() {
    let base = old(&[("code", "a"), ("code", "z")]);
    let ours = old(&[
        ("code", "a"),
        ("code", "let new = 1;"),
        ("code", "x"),
        ("code", "z"),
    ]);
    let theirs = old(&[
        ("code", "a"),
        ("code", "let new = 1;"),
        ("code", "z"),
        ("code", "x"),
    ]);
    let (merged, conflict) = merge_files(base, ours, theirs);
    assert!(!conflict);
    assert_eq!(sources(&merged), ["a", "let new = 1;", "x", "z", "x"]);
}

/// With a new search for each cell, 30,000 cells took minutes.
#[test]
fn thirty_thousand_cells_on_each_side_are_merged() {
    let cells = |side: &str| -> Vec<Value> {
        let new = (0..30_000).map(|i| cell(&format!("{side}{i}"), &format!("{side} {i}")));
        [cell("a", "first")]
            .into_iter()
            .chain(new)
            .chain([cell("z", "last")])
            .collect()
    };
    let (merged, conflict) = merge(&[cell("a", "first"), cell("z", "last")], &cells("o"), &cells("t"));
    assert!(!conflict);
    let found = sources(&merged);
    assert_eq!(found.len(), 60_002);
    assert_eq!(
        [&found[1], &found[30_000], &found[30_001], &found[60_001]],
        ["o 0", "o 29999", "t 0", "last"]
    );
    // The same without ids. Cells are then recognised by their text.
    let without = |side: &str| -> Vec<u8> {
        let new: Vec<String> = (0..30_000).map(|i| format!("{side} {i}")).collect();
        old(&new
            .iter()
            .map(|source| ("code", source.as_str()))
            .collect::<Vec<_>>())
    };
    let (merged, _) = merge_files(old(&[("code", "x")]), without("o"), without("t"));
    assert!(sources(&merged).len() >= 59_999);
}

#[test]
fn markers_in_a_cell_are_not_committed_whatever_the_form_of_its_source() {
    for as_string in [false, true] {
        let repository = Repository::installed();
        let save = |source: &str, message: &str| {
            let mut found = notebook(&[cell("t", "title"), cell("a", source)]);
            if as_string {
                found["cells"][1]["source"] = json!(source);
            }
            repository.write("my nb.ipynb", &file(&found));
            repository.commit(message);
        };
        save("let rate = 1;", "base");
        repository.git(&["switch", "--quiet", "--create", "other"]);
        save("let rate = 2;", "two");
        repository.git(&["switch", "--quiet", "main"]);
        save("let rate = 3;", "three");
        assert_eq!(repository.try_git(&["merge", "other"]).status.code(), Some(1));
        let refused = repository.try_git(&["commit", "--all", "--message", "merged"]);
        assert_eq!(refused.status.code(), Some(1));
        let said = stderr(&refused);
        assert!(said.contains("a conflict marker in cell 2 (a)"), "{said}");
        assert!(said.contains("git add 'my nb.ipynb'"), "{said}");
        save("let rate = 5;", "chosen");
    }
}
