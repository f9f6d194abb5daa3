//! The line that begins a cell: its kind, its id, and what else is said of it.
//!
//! ```text
//! // %% A title [markdown] id="aims" tags=["quiz"] {"or": "JSON"}
//! ```

use super::entries::parts;
use crate::git::fault::Fault;
use crate::git::tree::{Json, quoted};

/// A cell while it is read.
pub(super) struct Cell {
    /// The line after the one that begins it.
    pub(super) from: usize,
    /// What the first line says it is.
    pub(super) kind: Option<String>,
    pub(super) id: Option<Json>,
    pub(super) attachments: Option<Json>,
    /// The language, if it is not the notebook's, and what else follows `%%language`.
    pub(super) language: Option<String>,
    pub(super) arguments: Option<String>,
    /// A JSON object.
    pub(super) metadata: Json,
}

impl Cell {
    /// A code cell about which nothing is said.
    pub(super) fn new(from: usize) -> Self {
        Self {
            from,
            kind: None,
            id: None,
            attachments: None,
            language: None,
            arguments: None,
            metadata: Json::Object(Vec::new()),
        }
    }

    /// The cell whose first line says this; `at` is the number of that line, from zero.
    pub(super) fn read(said: &str, at: usize) -> Result<Self, Fault> {
        let mut cell = Self::new(at + 1);
        let (title, entries) = parts(said);
        let mut title = title.to_owned();
        for (sign, kind) in [("[markdown]", "markdown"), ("[raw]", "raw"), ("[md]", "markdown")] {
            if title.contains(sign) {
                title = title.replace(sign, "").trim().to_owned();
                cell.kind = Some(kind.to_owned());
                break;
            }
        }
        for (key, value) in entries {
            cell.put(key, value, at)?;
        }
        let bare = title.trim_start_matches('%');
        let depth = title.len() - bare.len();
        if depth > 0 {
            cell.metadata.set("cell_depth", Json::Literal(depth.to_string()));
        }
        if !bare.trim().is_empty() {
            cell.metadata.set("title", Json::from_text(bare.trim()));
        }
        Ok(cell)
    }

    /// Puts an entry where it belongs.
    fn put(&mut self, key: String, value: Json, at: usize) -> Result<(), Fault> {
        let wrong = |expected: &str| {
            let got = value.in_one_line();
            Err(Fault::new(at + 1, format!("expected {expected}, got {got}")))
        };
        match (key.as_str(), value.text()) {
            ("id", Some(id)) if is_id(&id) => self.id = Some(value),
            ("id", _) => return wrong("id=\"…\" of up to 64 letters, digits, - and _"),
            ("attachments", _) => self.attachments = Some(value),
            ("cell_type", Some(kind)) if ["code", "markdown", "raw"].contains(&&*kind) => {
                self.kind = Some(kind)
            }
            ("cell_type", _) => return wrong("cell_type=\"code\", \"markdown\" or \"raw\""),
            ("language", Some(language)) => self.language = Some(language),
            ("magic_args", Some(arguments)) => self.arguments = Some(arguments),
            _ => {
                let inner = key.strip_prefix("metadata.").filter(|inner| is_reserved(inner));
                put(&mut self.metadata, inner.unwrap_or(&key), value);
            }
        }
        Ok(())
    }

    /// Treats the language as an entry of the metadata like any other.
    pub(super) fn keep_language(&mut self) {
        for (key, value) in [
            ("language", self.language.take()),
            ("magic_args", self.arguments.take()),
        ] {
            if let Some(value) = value {
                put(&mut self.metadata, key, Json::from_text(&value));
            }
        }
    }
}

/// Puts a member after the others, even if there is one with its key.
fn put(object: &mut Json, key: &str, value: Json) {
    if let Json::Object(members) = object {
        members.push((quoted(key), value));
    }
}

/// Keys that mean something else in a cell's first line; metadata with such a key gets `metadata.` before it.
pub(super) fn is_reserved(key: &str) -> bool {
    let bare = key.trim_start_matches("metadata.");
    ["id", "attachments", "cell_type", "language", "magic_args"].contains(&bare)
}

/// Whether nbformat takes this for a cell's id.
fn is_id(id: &str) -> bool {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    (1..=64).contains(&id.len()) && id.chars().all(is_good)
}

/// What follows `%%`, if this line begins a cell.
pub(super) fn said<'a>(line: &'a str, comment: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(comment)?.trim_start();
    if let Some(rest) = rest.strip_prefix("%%") {
        let behind = rest.trim_start_matches('%');
        let begins = behind.starts_with(char::is_whitespace) || rest.is_empty();
        return begins.then(|| rest.trim());
    }
    let old = rest.trim_end();
    let old = old.strip_suffix(':').unwrap_or(old);
    let numbered = old.strip_prefix("In[").and_then(|rest| rest.strip_suffix(']'));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ' ');
    (rest.trim_end() == "<codecell>" || numbered.is_some_and(is_number)).then_some("")
}

/// How many comment signs a line begins with, if the last of them begins a cell; else none.
///
/// In a text of ours, such a line of a cell has one more comment sign than in the notebook.
pub(super) fn depth(line: &str, comment: &str) -> usize {
    let mut rest = line.trim_start();
    let mut depth = 0;
    while said(rest, comment).is_none() {
        match rest.strip_prefix(comment) {
            Some(inner) => rest = inner.trim_start(),
            None => return 0,
        }
        depth += 1;
    }
    depth + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: &str) -> (Option<String>, String) {
        let cell = Cell::read(said, 0).unwrap();
        (cell.kind, cell.metadata.in_one_line())
    }

    #[test]
    fn a_first_line_has_a_title_a_kind_and_entries() {
        for (said, kind, metadata) in [
            ("", None, "{}"),
            ("A title", None, r#"{"title": "A title"}"#),
            ("[markdown] A title", Some("markdown"), r#"{"title": "A title"}"#),
            ("% Deeper", None, r#"{"cell_depth": 1, "title": "Deeper"}"#),
            (
                "tags=['a'] e=True x",
                None,
                r#"{"tags": ["a"], "e": true, "x": null}"#,
            ),
            (
                "A b=\"x y=1\" c={\"d\": 1}",
                None,
                r#"{"b": "x y=1", "c": {"d": 1}, "title": "A"}"#,
            ),
            ("[md] {\"a b\": 1}", Some("markdown"), r#"{"a b": 1}"#),
            (
                "x=1 a=b y=2",
                None,
                r#"{"incorrectly_encoded_metadata": "x=1 a=b", "y": 2}"#,
            ),
            ("cell_type=\"raw\" metadata.id=3", Some("raw"), r#"{"id": 3}"#),
        ] {
            assert_eq!(
                read(said),
                (kind.map(str::to_owned), metadata.to_owned()),
                "{said}"
            );
        }
    }

    #[test]
    fn a_line_that_begins_a_cell_is_told_from_a_magic() {
        for (line, said) in [
            ("# %%", Some("")),
            ("#%% a", Some("a")),
            ("  # %%% b", Some("% b")),
            ("# In[3]:", Some("")),
            ("# <codecell>", Some("")),
            ("# %%time", None),
            ("# %%%", None),
            ("%% a", None),
            ("# # %%", None),
        ] {
            assert_eq!(super::said(line, "#"), said, "{line}");
        }
        assert_eq!(
            ["# # %%", "# %%", "# a", "%%"].map(|line| depth(line, "#")),
            [2, 1, 0, 0]
        );
    }
}
