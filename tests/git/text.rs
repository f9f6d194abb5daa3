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
        // What is committed is what the filter makes.
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

/// The figures are jupytext's own, from `tests/oracles/text_by_jupytext.py`.
#[test]
fn jupytext_reads_what_we_write_and_we_read_what_it_writes() {
    let recorded: Value = serde_json::from_str(include_str!("../fixtures/git/jupytext.json")).unwrap();
    let notebooks = recorded["notebooks"].as_object().unwrap();
    assert_eq!(notebooks.len(), 13);
    let folder = tempfile::tempdir().unwrap();
    for (name, recorded) in notebooks {
        fs::write(folder.path().join("nb.ipynb"), file(&recorded["notebook"])).unwrap();
        let ours = course(folder.path(), &["nb", "to-text", "nb.ipynb"]);
        assert_eq!(
            stdout(&ours),
            recorded["ours"].as_str().unwrap(),
            "{name}: run the script again"
        );
        // jupytext keeps the id in the metadata and writes it back.
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

/// The cells of a text that jupytext has written or read, as our program reads them.
fn read(text: &str, extension: &str) -> Vec<(Value, String, Value)> {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("theirs.{extension}");
    fs::write(folder.path().join(&name), text).unwrap();
    let back = course(folder.path(), &["nb", "from-text", &name]);
    assert!(back.status.success(), "{}{text}", stderr(&back));
    let back: Value = serde_json::from_slice(&back.stdout).unwrap();
    cells(&back["cells"])
}

#[test]
fn texts_of_jupytext_are_read_as_jupytext_reads_them() {
    let recorded: Value = serde_json::from_str(include_str!("../fixtures/git/jupytext.json")).unwrap();
    let texts = recorded["texts"].as_object().unwrap();
    assert_eq!(texts.len(), 14);
    for (name, recorded) in texts {
        let [text, extension] = ["text", "extension"].map(|key| recorded[key].as_str().unwrap());
        assert_eq!(read(text, extension), cells(&recorded["read"]), "{name}");
    }
}

/// Where jupytext itself does not get back what it was given, either result is accepted.
#[test]
fn random_cells_that_jupytext_has_written_come_back() {
    let recorded: Value = serde_json::from_str(include_str!("../fixtures/git/jupytext.json")).unwrap();
    let corpus = recorded["corpus"].as_array().unwrap();
    assert_eq!(corpus.len(), 120);
    let mut lossless = 0;
    for recorded in corpus {
        let [text, extension] = ["theirs", "extension"].map(|key| recorded[key].as_str().unwrap());
        let [given, back] = ["given", "read back"].map(|key| cells(&recorded[key]));
        lossless += usize::from(given == back);
        let ours = read(text, extension);
        assert_eq!(ours.len(), back.len(), "{text}");
        for ((ours, given), back) in ours
            .iter()
            .zip(given.iter().chain(std::iter::repeat(&back[0])))
            .zip(&back)
        {
            assert!(
                ours == back || ours == given,
                "{ours:?}\nis not {back:?}\nin {text}"
            );
        }
    }
    assert!(lossless > 60, "{lossless}");
}

#[test]
fn a_cell_in_another_language_is_a_comment_in_the_text() {
    let metadata =
        json!({"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}});
    let sources = [
        "%%bash\nls -l\n\necho done",
        "%%bash",
        "%%bash\n",
        "%%script a  b\n# c",
        "%%bash \nls",
        "%%python\nx",
    ];
    let given: Vec<Value> = (0..)
        .zip(sources)
        .map(|(i, source)| code(&format!("c{i}"), source, None))
        .collect();
    let mut given = notebook(&given);
    given["metadata"] = metadata;
    given["cells"][0]["metadata"] = json!({"language": "mine", "magic_args": 1});
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("nb.ipynb"), file(&given)).unwrap();
    assert!(
        course(folder.path(), &["nb", "to-text", "nb.ipynb", "-o", "nb.py"])
            .status
            .success()
    );
    let text = fs::read_to_string(folder.path().join("nb.py")).unwrap();
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(line.starts_with('#') || line == "x", "{text}");
    }
    assert!(
        text.contains("language=\"bash\"") && text.contains("\n# ls -l\n#\n# echo done\n"),
        "{text}"
    );
    let back = course(folder.path(), &["nb", "from-text", "nb.py"]);
    assert_eq!(serde_json::from_slice::<Value>(&back.stdout).unwrap(), given);
}
