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
