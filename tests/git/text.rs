//! Notebooks as text and back.

use std::fs;

use serde_json::{Value, json};

use super::{code, course, file, notebook, stderr, stdout};

#[test]
fn the_way_there_and_back_is_the_same_notebook() {
    let mut tagged = code("tagged", "let x = 1;\n\n// %% not a heading\nx", None);
    tagged["metadata"] = json!({"tags": ["a", "b"], "course": {"exercise": "01_vectors/dot"}, "slide": null});
    let text = json!({"cell_type": "markdown", "id": "text", "metadata": {}, "source": ["# Title\n", "\n", "ä 🎈 `code`"]});
    let raw = json!({"cell_type": "raw", "id": "raw", "metadata": {}, "source": ["<b>"]});
    let empty = code("empty", "", None);
    let original = file(&notebook(&[text, tagged, raw, empty]));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nb.ipynb"), &original).unwrap();
    let to = course(folder.path(), &["nb", "to-text", "nb.ipynb", "-o", "nb.rs"]);
    assert!(to.status.success(), "{}", stderr(&to));
    let written = fs::read_to_string(folder.path().join("nb.rs")).unwrap();
    assert!(
        written.contains("// %% [markdown] id=\"text\"\n// # Title\n//\n// ä 🎈 `code`\n"),
        "{written}"
    );
    let from = course(folder.path(), &["nb", "from-text", "nb.rs", "-o", "back.ipynb"]);
    assert!(from.status.success(), "{}", stderr(&from));
    let back: Value = serde_json::from_slice(&fs::read(folder.path().join("back.ipynb")).unwrap()).unwrap();
    assert_eq!(back, serde_json::from_slice::<Value>(&original).unwrap());
}

#[test]
fn every_lecture_survives_the_way_there_and_back() {
    let lectures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks");
    for entry in fs::read_dir(lectures).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "ipynb") {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let to = course(
            folder.path(),
            &["nb", "to-text", path.to_str().unwrap(), "-o", "nb.rs"],
        );
        assert!(to.status.success(), "{}", stderr(&to));
        let from = course(folder.path(), &["nb", "from-text", "nb.rs", "-o", "back.ipynb"]);
        assert!(from.status.success(), "{}", stderr(&from));
        let read = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
        assert_eq!(
            read(fs::read(folder.path().join("back.ipynb")).unwrap()),
            read(fs::read(&path).unwrap())
        );
        // What is committed is as the filter leaves it.
        let check = course(folder.path(), &["strip", "--check", path.to_str().unwrap()]);
        assert!(check.status.success(), "{}{}", stdout(&check), stderr(&check));
    }
}

/// Kind, source and metadata of each cell.
fn cells(cells: &Value) -> Vec<(Value, String, Value)> {
    let cell = |cell: &Value| {
        let source = match &cell["source"] {
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
            source => source.as_str().unwrap().to_owned(),
        };
        (cell["cell_type"].clone(), source, cell["metadata"].clone())
    };
    cells.as_array().unwrap().iter().map(cell).collect()
}

/// The figures are jupytext's own, by `tests/oracles/text_by_jupytext.py`.
#[test]
fn jupytext_reads_what_we_write_and_we_read_what_it_writes() {
    let recorded: Value = serde_json::from_str(include_str!("../fixtures/git/jupytext.json")).unwrap();
    let notebooks = recorded["notebooks"].as_object().unwrap();
    assert_eq!(notebooks.len(), 7);
    let folder = tempfile::tempdir().unwrap();
    for (name, recorded) in notebooks {
        fs::write(folder.path().join("nb.ipynb"), file(&recorded["notebook"])).unwrap();
        let ours = course(folder.path(), &["nb", "to-text", "nb.ipynb"]);
        assert_eq!(
            stdout(&ours),
            recorded["ours"].as_str().unwrap(),
            "{name}: run the script again"
        );
        // jupytext keeps the id among the metadata, and writes it back.
        let mut read = cells(&recorded["read by jupytext"]);
        for (i, (_, _, metadata)) in read.iter_mut().enumerate() {
            let id = metadata.as_object_mut().unwrap().remove("id");
            assert_eq!(id, Some(json!(format!("c{i}"))), "{name}");
        }
        assert_eq!(read, cells(&recorded["notebook"]["cells"]), "{name}");

        fs::write(folder.path().join("theirs"), recorded["theirs"].as_str().unwrap()).unwrap();
        let back = course(folder.path(), &["nb", "from-text", "theirs"]);
        let back: Value = serde_json::from_slice(&back.stdout).unwrap();
        assert_eq!(cells(&back["cells"]), cells(&recorded["read back"]), "{name}");
    }
}
