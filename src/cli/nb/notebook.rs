//! A notebook: Jupyter's JSON, version 4 of the format, read, changed in place and written.
//!
//! The JSON itself is kept, so what this program does not know about comes out as it went in. Reading checks
//! what the format demands, and names the cell that does not comply. Writing gives what Jupyter itself
//! writes: keys in order, one space of indentation, text as it is and not as escapes, one final line end.
//!
//! The types of the crate `nbformat` would drop fields that they do not know, and compile a date library for
//! them.

use super::output::{Output, lines};
use anyhow::{Context, Result, anyhow, bail};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::path::Path;

/// The tag of a cell that is expected to fail. It is nbclient's.
const RAISES: &str = "raises-exception";

/// The tag of a cell that is not executed. It is nbclient's.
const SKIP: &str = "skip-execution";

/// A notebook of format 4.
#[derive(Clone, Debug)]
pub(crate) struct Notebook {
    /// Everything but the cells.
    rest: Map<String, Value>,
    /// The cells, in order.
    pub(crate) cells: Vec<Cell>,
}

/// A cell of a notebook.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    json: Map<String, Value>,
    kind: Kind,
    source: String,
    outputs: Vec<Output>,
}

/// The sorts of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Code,
    Markdown,
    Raw,
}

impl Notebook {
    /// Reads the notebook in `file`.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(&bytes).with_context(|| format!("{} is not a notebook that can be run", file.display()))
    }

    /// Reads a notebook from its JSON.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).context("expected UTF-8")?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rest: Map<String, Value> = serde_json::from_str(text).context("expected a JSON object")?;
        match rest.get("nbformat").and_then(Value::as_u64) {
            Some(4) => {}
            Some(other) => {
                bail!("expected format 4, got format {other}: open it in JupyterLab and save it once")
            }
            None => bail!("expected a field \"nbformat\""),
        }
        let Some(Value::Array(cells)) = rest.remove("cells") else {
            bail!("expected a list \"cells\"");
        };
        let cells = cells.into_iter().enumerate();
        let cells = cells.map(|(i, cell)| Cell::parse(cell).with_context(|| format!("cell {}", i + 1)));
        let mut notebook = Self {
            rest,
            cells: cells.collect::<Result<_>>()?,
        };
        notebook.name_cells();
        Ok(notebook)
    }

    /// Gives a name to each cell that has none of its own, as format 4.5 demands.
    fn name_cells(&mut self) {
        let mut names = HashSet::new();
        for (i, cell) in self.cells.iter_mut().enumerate() {
            if cell.id().is_empty() || names.contains(cell.id()) {
                let free = (i + 1..)
                    .map(|n| format!("cell-{n}"))
                    .find(|name| !names.contains(name));
                cell.json.insert("id".into(), free.unwrap_or_default().into());
            }
            names.insert(cell.id().to_owned());
        }
    }

    /// The first heading of the first level, if it has one.
    pub(crate) fn title(&self) -> Option<&str> {
        let prose = self.cells.iter().filter(|cell| cell.kind == Kind::Markdown);
        prose
            .flat_map(|cell| cell.source.lines())
            .find_map(|line| line.strip_prefix("# "))
            .map(str::trim)
    }

    /// The notebook as JSON, as Jupyter writes it, in format 4.5, or in its own if that is newer.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>> {
        let mut whole = self.rest.clone();
        let minor = whole
            .get("nbformat_minor")
            .and_then(Value::as_u64)
            .unwrap_or(0)
            .max(5);
        whole.insert("nbformat_minor".into(), minor.into());
        whole.entry("metadata").or_insert_with(|| json!({}));
        whole.insert(
            "cells".into(),
            self.cells
                .iter()
                .map(|cell| Value::Object(cell.json.clone()))
                .collect(),
        );
        let mut whole = Value::Object(whole);
        whole.sort_all_objects();
        let mut bytes = Vec::new();
        let style = serde_json::ser::PrettyFormatter::with_indent(b" ");
        whole.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, style))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

impl Cell {
    /// From its JSON.
    pub(crate) fn parse(json: Value) -> Result<Self> {
        let Value::Object(mut json) = json else {
            bail!("expected an object")
        };
        let kind = match json.get("cell_type").and_then(Value::as_str) {
            Some("code") => Kind::Code,
            Some("markdown") => Kind::Markdown,
            Some("raw") => Kind::Raw,
            Some(other) => bail!("expected the type code, markdown or raw, got {other:?}"),
            None => bail!("expected a field \"cell_type\""),
        };
        let source = json
            .get("source")
            .and_then(text)
            .ok_or_else(|| anyhow!("expected a text \"source\""))?;
        let metadata = json.entry("metadata").or_insert_with(|| json!({}));
        if !metadata.is_object() {
            bail!("expected an object \"metadata\"");
        }
        if kind == Kind::Code {
            json.entry("outputs").or_insert_with(|| json!([]));
            json.entry("execution_count").or_insert(Value::Null);
        }
        Ok(Self {
            json,
            kind,
            source,
            outputs: Vec::new(),
        })
    }

    /// What sort of cell it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Its name, unique in the notebook.
    pub(crate) fn id(&self) -> &str {
        self.json.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    /// Its text.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The first line of its text that says something.
    pub(crate) fn first_line(&self) -> &str {
        self.source
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default()
    }

    /// Replaces its text.
    pub(crate) fn set_source(&mut self, source: String) {
        self.json.insert("source".into(), lines(&source));
        self.source = source;
    }

    /// Whether there is something to execute: a code cell with text and without the tag that skips it.
    pub(crate) fn is_executable(&self) -> bool {
        self.kind == Kind::Code && !self.source.trim().is_empty() && !self.has_tag(SKIP)
    }

    /// Whether it is expected to fail.
    pub(crate) fn is_expected_to_fail(&self) -> bool {
        self.has_tag(RAISES)
    }

    fn has_tag(&self, tag: &str) -> bool {
        let tags = self
            .json
            .get("metadata")
            .and_then(|metadata| metadata.get("tags"));
        tags.and_then(Value::as_array)
            .is_some_and(|tags| tags.iter().any(|t| t.as_str() == Some(tag)))
    }

    /// The exercise that is answered here: `{"course": {"exercise": "ID"}}` in the metadata.
    pub(crate) fn exercise(&self) -> Option<&str> {
        self.json
            .get("metadata")?
            .get("course")?
            .get("exercise")?
            .as_str()
    }

    /// The exercise whose task is told here: `{"course": {"task": "ID"}}` in the metadata.
    pub(crate) fn task(&self) -> Option<&str> {
        self.json.get("metadata")?.get("course")?.get("task")?.as_str()
    }

    /// Its files, by name: for each MIME type the content.
    pub(crate) fn attachments(&self) -> Option<&Map<String, Value>> {
        self.json.get("attachments")?.as_object()
    }

    /// Forgets what an earlier execution left.
    pub(crate) fn clear(&mut self) {
        if self.kind == Kind::Code {
            self.json.insert("execution_count".into(), Value::Null);
            self.json.insert("outputs".into(), json!([]));
            self.outputs.clear();
        }
    }

    /// Puts in what the `count`th execution gave.
    pub(crate) fn set_outputs(&mut self, count: usize, outputs: Vec<Output>) {
        self.json.insert("execution_count".into(), count.into());
        self.json.insert(
            "outputs".into(),
            outputs.iter().map(|output| output.to_json(count)).collect(),
        );
        self.outputs = outputs;
    }

    /// Which execution of this run it was, if it was executed.
    pub(crate) fn count(&self) -> Option<u64> {
        self.json.get("execution_count")?.as_u64()
    }

    /// What this run's execution gave.
    pub(crate) fn outputs(&self) -> &[Output] {
        &self.outputs
    }
}

/// A text that the format allows as one string or as a list of lines.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => lines.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notebook(cells: &str) -> Result<Notebook> {
        let json = format!(
            r#"{{"nbformat": 4, "nbformat_minor": 5, "metadata": {{"k": [1, 2.5]}}, "cells": [{cells}]}}"#
        );
        Notebook::parse(json.as_bytes())
    }

    #[test]
    fn what_it_does_not_know_stays_and_jupyters_form_comes_out() {
        let json = "{\n \"cells\": [\n  {\n   \"attachments\": {\n    \"a.png\": {}\n   },\n   \"cell_type\": \"markdown\",\n   \
            \"id\": \"m\",\n   \"metadata\": {\n    \"later\": true\n   },\n   \"source\": [\n    \"# Wörter 🦀\\n\",\n    \"x\"\n   ]\n  }\n ],\n \
            \"metadata\": {\n  \"unknown\": {\n   \"deep\": [\n    1,\n    2.5,\n    null\n   ]\n  }\n },\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n";
        let read = Notebook::parse(json.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(read.to_json().unwrap()).unwrap(), json);
        assert_eq!(read.title(), Some("Wörter 🦀"));
        assert_eq!(read.cells[0].source(), "# Wörter 🦀\nx");
    }

    #[test]
    fn outputs_are_stored_as_the_format_has_them() {
        let mut read = notebook(r#"{"cell_type": "code", "metadata": {}, "source": "1\n"}"#).unwrap();
        let mut data = Map::new();
        data.insert("text/plain".into(), "a\nb".into());
        data.insert("application/json".into(), json!({"n": [1]}));
        read.cells[0].set_outputs(
            3,
            vec![
                Output::Stream {
                    stderr: true,
                    text: "x\ny\n".into(),
                },
                Output::Data {
                    data,
                    metadata: Map::new(),
                    result: true,
                },
            ],
        );
        let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
        let cell = &written["cells"][0];
        assert_eq!(cell["id"], "cell-1");
        assert_eq!(cell["execution_count"], 3);
        assert_eq!(cell["outputs"][0]["text"], json!(["x\n", "y\n"]));
        assert_eq!(cell["outputs"][1]["data"]["text/plain"], json!(["a\n", "b"]));
        assert_eq!(cell["outputs"][1]["data"]["application/json"], json!({"n": [1]}));
        assert_eq!(cell["outputs"][1]["execution_count"], 3);
        assert_eq!(cell["source"], "1\n", "what was not changed keeps its form");
        read.cells[0].clear();
        let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
        assert_eq!(
            (
                &written["cells"][0]["outputs"],
                &written["cells"][0]["execution_count"]
            ),
            (&json!([]), &Value::Null)
        );
    }

    #[test]
    fn cells_without_a_name_or_with_a_taken_one_get_one() {
        let code = r#"{"cell_type": "code", "metadata": {}, "source": []"#;
        let read = notebook(&format!(
            "{code}}}, {code}, \"id\": \"cell-3\"}}, {code}, \"id\": \"cell-3\"}}"
        ))
        .unwrap();
        let ids: Vec<_> = read.cells.iter().map(Cell::id).collect();
        assert_eq!(ids, ["cell-1", "cell-3", "cell-4"]);
    }

    #[test]
    fn tags_and_exercises_are_read() {
        let code = r#"{"cell_type": "code", "source": "x", "metadata": "#;
        let read = notebook(&format!(
            r#"{code}{{"tags": ["a", "skip-execution"]}}}}, {code}{{"tags": ["raises-exception"]}}}}, {code}{{"course": {{"exercise": "01/dot"}}}}}}"#
        ))
        .unwrap();
        let [skipped, raises, exercise] = read.cells.as_slice() else {
            panic!("three cells")
        };
        assert!(!skipped.is_executable() && raises.is_executable() && raises.is_expected_to_fail());
        assert_eq!((skipped.exercise(), exercise.exercise()), (None, Some("01/dot")));
    }

    #[test]
    fn what_is_no_notebook_is_told_by_what_was_expected() {
        let whole = |bytes: &[u8]| format!("{:#}", Notebook::parse(bytes).unwrap_err());
        assert!(whole(b"").starts_with("expected a JSON object: EOF"));
        assert!(whole(b"null").starts_with("expected a JSON object: invalid type: null"));
        assert!(whole(b"\xff").starts_with("expected UTF-8"));
        assert_eq!(whole(b"{}"), "expected a field \"nbformat\"");
        assert_eq!(whole(br#"{"nbformat": 4}"#), "expected a list \"cells\"");
        assert!(
            whole(br#"{"nbformat": 3, "worksheets": []}"#).starts_with("expected format 4, got format 3")
        );
        assert!(whole("[".repeat(10_000).as_bytes()).contains("expected a JSON object"));
        let cells = |cells: &str| format!("{:#}", notebook(cells).unwrap_err());
        assert_eq!(cells("7"), "cell 1: expected an object");
        assert_eq!(
            cells(r#"{"cell_type": "prose", "source": ""}"#),
            "cell 1: expected the type code, markdown or raw, got \"prose\""
        );
        assert_eq!(
            cells(r#"{"cell_type": "code", "source": [1]}"#),
            "cell 1: expected a text \"source\""
        );
    }
}
