//! A notebook as text.

use super::{comment, is_command, is_reserved, mark, marker_depth, yaml};
use crate::git::fault::Fault;
use crate::git::tree::{Json, quoted};

/// Writes the text of a notebook. One that cannot be written so that it can be read again is an error, unless `lossy`.
pub(super) fn text(notebook: &Json, lossy: bool) -> Result<String, Fault> {
    let Some(Json::Array(cells)) = notebook.get("cells") else {
        return Err(Fault::new(
            0,
            "has no list of cells: only nbformat 4 has a text form",
        ));
    };
    let has_lone_surrogates =
        |metadata: &Json| metadata.any(&|value| matches!(value, Json::String(_)) && value.text().is_none());
    if !lossy && notebook.get("metadata").is_some_and(has_lone_surrogates) {
        return Err(Fault::new(
            0,
            "its metadata hold a lone surrogate, which no text can hold",
        ));
    }
    let comment = comment(notebook);
    let mut text = header(notebook, comment);
    for (i, cell) in cells.iter().enumerate() {
        text.push('\n');
        let source = match cell.get("source") {
            None => String::new(),
            Some(source) => match source.joined() {
                Some(source) => source,
                None if lossy => source.in_one_line(),
                None => {
                    return Err(Fault::new(
                        0,
                        format!("cell {} holds a lone surrogate, which no text can hold", i + 1),
                    ));
                }
            },
        };
        let kind = cell.get("cell_type").and_then(Json::text).unwrap_or_default();
        text.push_str(comment);
        text.push_str(" %%");
        if kind != "code" {
            text.push_str(&format!(" [{kind}]"));
        }
        text.push_str(&entries(cell));
        text.push('\n');
        if source.is_empty() {
            continue;
        }
        for line in source.split('\n') {
            text.push_str(&self::line(line, kind == "code", comment));
            text.push('\n');
        }
    }
    Ok(text)
}

/// One line of a cell: text in a comment, code as it is, and what looks like a cell's first line in one comment more.
fn line(line: &str, is_code: bool, comment: &str) -> String {
    let line = match (is_code, line.is_empty()) {
        (true, _) if is_command(line, comment) => format!("{comment} {line}"),
        (true, _) => line.to_owned(),
        (false, true) => comment.to_owned(),
        (false, false) => format!("{comment} {line}"),
    };
    if marker_depth(&line, comment) == 0 {
        return line;
    }
    let indentation = line.len() - line.trim_start().len();
    format!("{}{comment} {}", &line[..indentation], &line[indentation..])
}

/// Id, metadata and attachments, for the cell's first line.
fn entries(cell: &Json) -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut add = |key: String, value: &Json| entries.push((key, value.in_one_line()));
    if let Some(id) = cell.get("id") {
        add("id".to_owned(), id);
    }
    if let Some(attachments) = cell.get("attachments") {
        add("attachments".to_owned(), attachments);
    }
    for (written, value) in cell.get("metadata").map(Json::members).unwrap_or_default() {
        let key = Json::String(written.clone()).text();
        let key = key.unwrap_or_else(|| written.trim_matches('"').to_owned());
        add(
            if is_reserved(&key) {
                format!("metadata.{key}")
            } else {
                key
            },
            value,
        );
    }
    if entries.is_empty() {
        return String::new();
    }
    let is_plain = |key: &str| {
        key.chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.@/-".contains(c))
            && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    };
    if entries.iter().all(|(key, _)| is_plain(key)) {
        return entries
            .iter()
            .map(|(key, value)| format!(" {key}={value}"))
            .collect();
    }
    let members: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{}: {value}", quoted(key)))
        .collect();
    format!(" {{{}}}", members.join(", "))
}

/// The notebook's metadata, as YAML in comments.
fn header(notebook: &Json, comment: &str) -> String {
    let mut metadata = notebook
        .get("metadata")
        .cloned()
        .unwrap_or_else(|| Json::Object(Vec::new()));
    mark::put(&mut metadata, comment);
    let mut lines = vec!["---".to_owned(), "jupyter:".to_owned()];
    yaml::write(&metadata, 2, &mut lines);
    lines.push("---".to_owned());
    lines.iter().map(|line| format!("{comment} {line}\n")).collect()
}
