//! A notebook as text.

use super::active::is_active;
use super::command::Commands;
use super::marker::{self, is_reserved};
use super::{Language, header};
use crate::git::fault::Fault;
use crate::git::tree::{Json, quoted};

/// Writes the text of a notebook. A notebook whose text could not be read again is an error, unless `lossy`.
pub(super) fn text(notebook: &Json, lossy: bool) -> Result<String, Fault> {
    let Some(Json::Array(cells)) = notebook.get("cells") else {
        let why = "has no list of cells: only nbformat 4 has a text form";
        return Err(Fault::new(0, why));
    };
    let has_lone_surrogates =
        |metadata: &Json| metadata.any(&|value| matches!(value, Json::String(_)) && value.text().is_none());
    if !lossy && notebook.get("metadata").is_some_and(has_lone_surrogates) {
        let why = "its metadata hold a lone surrogate, which no text can hold";
        return Err(Fault::new(0, why));
    }
    let language = Language::of(notebook.get("metadata"));
    let mut text = header::text(notebook, &language);
    for (i, cell) in cells.iter().enumerate() {
        text.push('\n');
        let source = match cell.get("source") {
            None => String::new(),
            Some(source) => match source.joined() {
                Some(source) => source,
                None if lossy => source.in_one_line(),
                None => {
                    let why = format!("cell {} holds a lone surrogate, which no text can hold", i + 1);
                    return Err(Fault::new(0, why));
                }
            },
        };
        write(&mut text, cell, &source, &language);
    }
    Ok(text)
}

/// Writes one cell.
fn write(text: &mut String, cell: &Json, source: &str, language: &Language) {
    let comment = language.comment;
    let kind = cell.get("cell_type").and_then(Json::text).unwrap_or_default();
    let is_code = kind == "code";
    let magic = magic(source, language).filter(|_| is_code);
    text.push_str(comment);
    text.push_str(" %%");
    if !is_code {
        text.push_str(&format!(" [{kind}]"));
    }
    let is_active = is_active(language.extension, cell.get("metadata"), true);
    text.push_str(&entries(cell, magic.as_ref()));
    text.push('\n');
    let in_comments = !is_code || !is_active || magic.is_some();
    let body = match &magic {
        Some(magic) => magic.body,
        None => Some(source).filter(|source| !source.is_empty()),
    };
    let mut commands = Commands::new(language);
    for line in body.iter().flat_map(|body| body.split('\n')) {
        let line = match in_comments {
            false => commands.comment(line),
            true if line.is_empty() => comment.to_owned(),
            true => format!("{comment} {line}"),
        };
        text.push_str(&with_a_comment_more(line, comment));
        text.push('\n');
    }
}

/// A cell in another language than the notebook's.
struct Magic<'a> {
    language: &'a str,
    arguments: Option<&'a str>,
    body: Option<&'a str>,
}

/// The parts of a source that begins with `%%language`.
fn magic<'a>(source: &'a str, language: &Language) -> Option<Magic<'a>> {
    let (first, body) = match source.split_once('\n') {
        Some((first, body)) => (first, Some(body)),
        None => (source, None),
    };
    let first = first.strip_prefix("%%")?;
    let (name, arguments) = match first.split_once(' ') {
        Some((name, arguments)) => (name, Some(arguments)),
        None => (first, None),
    };
    let is_one = language.has_cells_in(name) && arguments != Some("");
    is_one.then_some(Magic {
        language: name,
        arguments,
        body,
    })
}

/// A line that looks like the first line of a cell gets one more comment sign.
fn with_a_comment_more(line: String, comment: &str) -> String {
    if marker::depth(&line, comment) == 0 {
        return line;
    }
    let indentation = line.len() - line.trim_start().len();
    format!("{}{comment} {}", &line[..indentation], &line[indentation..])
}

/// Id, attachments, language and metadata, for the cell's first line.
fn entries(cell: &Json, magic: Option<&Magic<'_>>) -> String {
    let mut entries: Vec<(String, String)> = Vec::new();
    let mut add = |key: String, value: &Json| entries.push((key, value.in_one_line()));
    if let Some(id) = cell.get("id") {
        add("id".to_owned(), id);
    }
    if let Some(attachments) = cell.get("attachments") {
        add("attachments".to_owned(), attachments);
    }
    if let Some(magic) = magic {
        add("language".to_owned(), &Json::from_text(magic.language));
        if let Some(arguments) = magic.arguments {
            add("magic_args".to_owned(), &Json::from_text(arguments));
        }
    }
    for (written, value) in cell.get("metadata").map(Json::members).unwrap_or_default() {
        let key = Json::String(written.clone()).text();
        let key = key.unwrap_or_else(|| written.trim_matches('"').to_owned());
        match is_reserved(&key) {
            true => add(format!("metadata.{key}"), value),
            false => add(key, value),
        }
    }
    if entries.is_empty() {
        return String::new();
    }
    let is_good = |c: char| c.is_ascii_alphanumeric() || "_.@/-".contains(c);
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_plain = |key: &str| key.chars().all(is_good) && key.starts_with(is_first);
    let all = entries.iter();
    if entries.iter().all(|(key, _)| is_plain(key)) {
        return all.map(|(key, value)| format!(" {key}={value}")).collect();
    }
    let members: Vec<String> = all
        .map(|(key, value)| format!("{}: {value}", quoted(key)))
        .collect();
    format!(" {{{}}}", members.join(", "))
}
