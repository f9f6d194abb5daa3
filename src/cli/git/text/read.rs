//! A notebook from text: ours, or jupytext's percent format.

use std::collections::HashSet;

use super::{is_command, is_reserved, mark, marker_depth, yaml};
use crate::git::fault::Fault;
use crate::git::tree::{Json, quoted};

/// A cell while it is read.
struct Cell {
    /// The line after the one that begins it.
    from: usize,
    kind: String,
    id: Option<Json>,
    attachments: Option<Json>,
    metadata: Vec<(String, Json)>,
}

impl Cell {
    fn new(from: usize) -> Self {
        Self {
            from,
            kind: "code".to_owned(),
            id: None,
            attachments: None,
            metadata: Vec::new(),
        }
    }
}

/// Reads a text as a notebook.
pub(super) fn notebook(text: &str) -> Result<Json, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines: Vec<&str> = text.split('\n').collect();
    if lines.last() == Some(&"") {
        lines.pop();
    }
    // An editor on Windows ends all lines so; a single carriage return belongs to its cell.
    if lines.iter().all(|line| line.ends_with('\r')) {
        lines
            .iter_mut()
            .for_each(|line| *line = line.strip_suffix('\r').unwrap_or(line));
    }
    let first = lines.iter().find(|line| !line.trim().is_empty());
    let comment = match first {
        Some(line) if line.trim_start().starts_with('#') => "#",
        _ => "//",
    };
    let (metadata, is_ours, start) = header(&lines, comment)?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut ends = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(start) {
        if let Some(rest) = marker(line, comment) {
            ends.push(at);
            cells.push(first_line(rest, at)?);
        } else if cells.is_empty() && !line.trim().is_empty() {
            // Lines before the first mark are a cell of code, as in jupytext.
            cells.push(Cell::new(at));
            ends.push(at);
        }
    }
    ends.push(lines.len());
    let mut written = Vec::new();
    for (i, cell) in cells.into_iter().enumerate() {
        let mut body = &lines[cell.from..ends[i + 1]];
        // An empty line stands between cells.
        if i + 2 < ends.len() {
            body = body.strip_suffix(&[""]).unwrap_or(body);
            // jupytext puts two before a function of Python.
            if !is_ours && comment == "#" {
                body = body.strip_suffix(&[""]).unwrap_or(body);
            }
        }
        let is_code = cell.kind == "code";
        if is_code && cell.attachments.is_some() {
            return Err(Fault::new(cell.from, "a cell of code cannot have attachments"));
        }
        let source: Vec<String> = body
            .iter()
            .map(|line| self::line(line, is_code, comment))
            .collect();
        written.push((cell, source.join("\n")));
    }
    let taken: HashSet<String> = written
        .iter()
        .filter_map(|(cell, _)| cell.id.as_ref()?.text())
        .collect();
    let mut seen = HashSet::new();
    let mut number = 0;
    let cells = written.into_iter().map(|(cell, source)| {
        // A cell must have an id of its own, also where one was copied in an editor; the same text gives the same one.
        let own = cell.id.clone().filter(|id| seen.insert(id.text()));
        let id = own.unwrap_or_else(|| {
            loop {
                number += 1;
                let id = format!("cell-{number}");
                if !taken.contains(&id) {
                    return Json::from_text(&id);
                }
            }
        });
        json(cell, id, &source)
    });
    let cells = Json::Array(cells.collect());
    Ok(Json::Object(vec![
        (quoted("cells"), cells),
        (quoted("metadata"), metadata),
        (quoted("nbformat"), Json::Literal("4".to_owned())),
        (quoted("nbformat_minor"), Json::Literal("5".to_owned())),
    ]))
}

/// A cell, with its keys in Jupyter's order.
fn json(cell: Cell, id: Json, source: &str) -> Json {
    let is_code = cell.kind == "code";
    let mut members = Vec::new();
    members.extend(
        cell.attachments
            .map(|attachments| (quoted("attachments"), attachments)),
    );
    members.push((quoted("cell_type"), Json::from_text(&cell.kind)));
    if is_code {
        members.push((quoted("execution_count"), Json::Literal("null".to_owned())));
    }
    members.push((quoted("id"), id));
    members.push((quoted("metadata"), Json::Object(cell.metadata)));
    if is_code {
        members.push((quoted("outputs"), Json::Array(Vec::new())));
    }
    members.push((quoted("source"), Json::from_lines(source)));
    Json::Object(members)
}

/// What follows `%%`, if this line begins a cell.
fn marker<'a>(line: &'a str, comment: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(comment)?.trim_start();
    if let Some(rest) = rest.strip_prefix("%%") {
        let rest = rest.trim_start_matches('%');
        return (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim());
    }
    let old = rest.trim_end().trim_end_matches(':');
    let numbered = old.strip_prefix("In[").and_then(|rest| rest.strip_suffix(']'));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ' ');
    (old == "<codecell>" || numbered.is_some_and(is_number)).then_some("")
}

/// Reads a title, the kind of the cell, and what is said as `key=JSON`.
fn first_line(mut rest: &str, at: usize) -> Result<Cell, Fault> {
    let mut cell = Cell::new(at + 1);
    let mut title: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        if rest.starts_with('{')
            && let Some((value, after)) = value(rest)
            && after.is_empty()
        {
            for (written, value) in value.members() {
                let key = Json::String(written.clone()).text();
                put(
                    &mut cell,
                    key.unwrap_or_else(|| written.trim_matches('"').to_owned()),
                    value.clone(),
                    at,
                )?;
            }
            break;
        }
        let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        match word {
            "[markdown]" | "[md]" => cell.kind = "markdown".to_owned(),
            "[raw]" => cell.kind = "raw".to_owned(),
            _ => {
                let entry = word.split_once('=').filter(|(key, _)| !key.is_empty());
                if let Some((key, _)) = entry
                    && let Some((found, after)) = value(&rest[key.len() + 1..])
                {
                    put(&mut cell, key.to_owned(), found, at)?;
                    rest = after;
                    continue;
                }
                title.push(word);
            }
        }
        rest = after.trim_start();
    }
    if !title.is_empty() {
        cell.metadata
            .push((quoted("title"), Json::from_text(&title.join(" "))));
    }
    Ok(cell)
}

/// Puts an entry of the first line where it belongs.
fn put(cell: &mut Cell, key: String, value: Json, at: usize) -> Result<(), Fault> {
    match key.as_str() {
        "id" => match value.text() {
            Some(id) if is_id(&id) => cell.id = Some(value),
            _ => {
                return Err(Fault::new(
                    at + 1,
                    format!(
                        "expected id=\"…\" of up to 64 letters, digits, - and _, got {}",
                        value.in_one_line()
                    ),
                ));
            }
        },
        "attachments" => cell.attachments = Some(value),
        "cell_type" => match value.text() {
            Some(kind) if ["code", "markdown", "raw"].contains(&kind.as_str()) => cell.kind = kind,
            _ => {
                return Err(Fault::new(
                    at + 1,
                    format!(
                        "expected cell_type=\"code\", \"markdown\" or \"raw\", got {}",
                        value.in_one_line()
                    ),
                ));
            }
        },
        _ => {
            let inner = key.strip_prefix("metadata.").filter(|inner| is_reserved(inner));
            cell.metadata.push((quoted(inner.unwrap_or(&key)), value));
        }
    }
    Ok(())
}

/// Whether nbformat takes this for a cell's id.
fn is_id(id: &str) -> bool {
    let is_good = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    (1..=64).contains(&id.len()) && id.chars().all(is_good)
}

/// The JSON value that `text` begins with, and what follows it.
fn value(text: &str) -> Option<(Json, &str)> {
    let (value, length) = Json::first(text.as_bytes()).ok()?;
    let after = text.get(length..)?;
    if !after.is_empty() && !after.starts_with(char::is_whitespace) {
        return None;
    }
    Some((value, after.trim_start()))
}

/// One line of a cell as it is in the notebook.
fn line(line: &str, is_code: bool, comment: &str) -> String {
    let mut line = line.to_owned();
    if marker_depth(&line, comment) > 1 {
        let at = line.len() - line.trim_start().len();
        let end = at + comment.len();
        let end = if line[end..].starts_with(' ') {
            end + 1
        } else {
            end
        };
        line.replace_range(at..end, "");
    }
    let uncommented = |line: &str| {
        let rest = line.strip_prefix(comment)?;
        Some(rest.strip_prefix(' ').unwrap_or(rest).to_owned())
    };
    if is_code && !is_command(&line, comment) {
        return line;
    }
    uncommented(&line).unwrap_or(line)
}

/// The notebook's metadata, whether this program has written them, and the line behind them.
fn header(lines: &[&str], comment: &str) -> Result<(Json, bool, usize), Fault> {
    let bare = |line: &str| {
        let rest = line.strip_prefix(comment)?;
        Some(rest.strip_prefix(' ').unwrap_or(rest).to_owned())
    };
    let none = || Json::Object(Vec::new());
    let coding = lines.first().is_some_and(|line| line.contains("-*- coding"));
    let start = usize::from(coding);
    if lines.get(start).and_then(|line| bare(line)).as_deref() != Some("---") {
        return Ok((none(), false, start));
    }
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        match bare(line) {
            Some(line) if line == "---" => {
                let read = yaml::read(&text)
                    .map_err(|why| Fault::new(start + 1, format!("the header is no YAML: {why}")))?;
                let mut metadata = read.get("jupyter").cloned().unwrap_or_else(none);
                if !matches!(metadata, Json::Object(_)) {
                    let got = metadata.in_one_line();
                    return Err(Fault::new(
                        start + 1,
                        format!("expected entries below `jupyter:`, got {got}"),
                    ));
                }
                let is_ours = mark::take(&mut metadata);
                return Ok((metadata, is_ours, at + 1));
            }
            Some(line) => text.push_str(&(line + "\n")),
            None => break,
        }
    }
    Err(Fault::new(
        start + 1,
        format!("expected `{comment} ---` at the end of the header"),
    ))
}
