//! A notebook from text: ours, or jupytext's percent format.
//!
//! A text of ours comes back as it was, to the byte. In jupytext's texts, its own rules hold: two empty lines
//! between cells are one, a line inside a string begins no cell, and in Python a Markdown cell may be in
//! triple quotes.

use std::collections::HashSet;

use super::active::is_active;
use super::command::{Commands, uncommented};
use super::fence::Fence;
use super::marker::{self, Cell};
use super::{Language, Quotes, header};
use crate::git::fault::Fault;
use crate::git::tree::{Json, quoted};

/// Reads a text as a notebook. `extension` is what the name of its file ends with, if it has a name.
pub(super) fn notebook(text: &str, extension: Option<&str>) -> Result<Json, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines: Vec<&str> = text.split('\n').collect();
    if lines.last() == Some(&"") {
        lines.pop();
    }
    // An editor on Windows ends all lines this way; a single carriage return belongs to its cell.
    if lines.iter().all(|line| line.ends_with('\r')) {
        for line in &mut lines {
            *line = line.strip_suffix('\r').unwrap_or(line);
        }
    }
    let comment = comment(&lines, extension);
    let header = header::read(&lines, comment)?;
    let mut language = header.language(extension);
    language.comment = comment;
    let text = Text {
        is_ours: header.is_ours,
        language,
        lines,
    };
    let mut written = Vec::new();
    let mut at = header.end;
    while text.lines.get(at).is_some_and(|line| line.trim().is_empty()) {
        at += 1;
    }
    while at < text.lines.len() {
        let mut cell = match marker::said(text.lines[at], comment) {
            Some(said) => Cell::read(said, at)?,
            // Lines before the first mark are a cell of code, as in jupytext.
            None => Cell::new(at),
        };
        let kind = text.kind(&mut cell);
        if kind == "code" && cell.attachments.is_some() {
            return Err(Fault::new(cell.from, "a cell of code cannot have attachments"));
        }
        let next = text.next(at, &kind, &cell);
        let body = &text.lines[cell.from..text.end(at, next).max(cell.from)];
        let source = text.source(body, &kind, &mut cell);
        written.push((kind, cell, source));
        at = next;
    }
    Ok(Json::Object(vec![
        (quoted("cells"), Json::Array(numbered(written))),
        (quoted("metadata"), header.metadata),
        (quoted("nbformat"), Json::Literal("4".to_owned())),
        (quoted("nbformat_minor"), Json::Literal("5".to_owned())),
    ]))
}

/// What begins a comment. The first line that begins a cell or a header tells; else the file's name or its
/// first line does.
fn comment(lines: &[&str], extension: Option<&str>) -> &'static str {
    let says = |line: &str, comment: &'static str| {
        let is_header = uncommented(line, comment) == Some("---");
        is_header || marker::said(line, comment).is_some()
    };
    let comment = |line: &&str| ["//", "#"].into_iter().find(|comment| says(line, comment));
    let said = lines.iter().find_map(comment);
    if let Some(comment) = said.or_else(|| Some(Language::of_files(extension?)?.comment)) {
        return comment;
    }
    let first = lines.iter().find(|line| !line.trim().is_empty());
    match first {
        Some(line) if line.trim_start().starts_with('#') => "#",
        _ => "//",
    }
}

/// A text while it is read.
struct Text<'a> {
    lines: Vec<&'a str>,
    language: Language,
    is_ours: bool,
}

impl Text<'_> {
    /// The kind of a cell. In jupytext's texts a cell that is not active in a notebook is raw.
    fn kind(&self, cell: &mut Cell) -> String {
        if let Some(kind) = cell.kind.clone() {
            return kind;
        }
        if self.is_ours || is_active("ipynb", Some(&cell.metadata), true) {
            return "code".to_owned();
        }
        if cell.metadata.get("active").and_then(Json::text).as_deref() == Some("") {
            cell.metadata.remove("active");
        }
        "raw".to_owned()
    }

    /// The line that begins the next cell; `at` is the first line of this one.
    fn next(&self, at: usize, kind: &str, cell: &Cell) -> usize {
        let comment = self.language.comment;
        let language = match &cell.language {
            Some(name) => &Language::named(name),
            None => &self.language,
        };
        let mut quotes = Quotes::new(language);
        let mut fence = Fence::default();
        for (i, line) in self.lines.iter().enumerate().skip(at) {
            if !self.is_ours {
                let inside = quotes.are_open();
                quotes.read(line);
                let is_text = kind != "code";
                let rest = &self.lines[i + 1..];
                if inside || (is_text && fence.holds(line, rest, comment)) {
                    continue;
                }
            }
            if i > at && marker::said(line, comment).is_some() {
                return i;
            }
        }
        self.lines.len()
    }

    /// Where the cell between two lines ends: before the empty lines between cells.
    fn end(&self, at: usize, next: usize) -> usize {
        let is_blank = |i: usize| self.lines[i].trim().is_empty();
        if self.is_ours {
            let between = next < self.lines.len() && self.lines[next - 1].is_empty();
            return next - usize::from(between);
        }
        if next >= at + 3 && is_blank(next - 1) && is_blank(next - 2) && !is_blank(next - 3) {
            return next - 2;
        }
        next - usize::from(self.lines[next - 1].is_empty())
    }

    /// The source of a cell.
    fn source(&self, body: &[&str], kind: &str, cell: &mut Cell) -> String {
        let Language {
            extension, comment, ..
        } = self.language;
        let is_code = kind == "code";
        let metadata = Some(&cell.metadata);
        if !self.is_ours
            && extension == "py"
            && !is_active(extension, metadata, is_code)
            && let Some(inside) = unquoted(&body.join("\n"))
        {
            return self.with_magic(inside, body, is_code, cell);
        }
        let line = |line: &&str| match marker::depth(line, comment) > 1 && self.is_ours {
            true => with_a_comment_less(line, comment),
            false => (*line).to_owned(),
        };
        let lines = body.iter().map(line);
        let is_other = (cell.language.as_ref()).is_some_and(|name| *name != self.language.name);
        let is_inactive = !is_active(extension, metadata, true);
        let is_raw_here = kind == "raw" && cell.kind.is_none();
        let lines: Vec<String> = if !is_inactive && !is_other && (is_code || is_raw_here) {
            let mut commands = Commands::new(&self.language);
            lines.map(|line| commands.uncomment(&line)).collect()
        } else {
            let bare = |line: String| uncommented(&line, comment).unwrap_or(&line).to_owned();
            lines.map(bare).collect()
        };
        self.with_magic(lines.join("\n"), body, is_code, cell)
    }

    /// The source with `%%language` before it, if the cell's language is not the notebook's.
    fn with_magic(&self, source: String, body: &[&str], is_code: bool, cell: &mut Cell) -> String {
        if cell.language.as_deref() == Some(&self.language.name) {
            cell.language = None;
        }
        let is_magic = |name: &String| is_code && self.language.has_cells_in(name);
        let Some(language) = cell.language.take_if(|name| is_magic(name)) else {
            cell.keep_language();
            return source;
        };
        let mut magic = format!("%%{language}");
        if let Some(arguments) = cell.arguments.take() {
            magic.push_str(&format!(" {arguments}"));
        }
        if self.is_ours && body.is_empty() {
            return magic;
        }
        magic + "\n" + &source
    }
}

/// What is between triple quotes, if the text is nothing else.
fn unquoted(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.strip_prefix(['r', 'R']).unwrap_or(text);
    ["\"\"\"", "'''"].into_iter().find_map(|quotes| {
        let inside = bare.strip_prefix(quotes)?.strip_suffix(quotes)?;
        let inside = inside.strip_prefix('\n').unwrap_or(inside);
        Some(inside.strip_suffix('\n').unwrap_or(inside).to_owned())
    })
}

/// A line that looks like the beginning of a cell, as it was before it got one more comment sign.
fn with_a_comment_less(line: &str, comment: &str) -> String {
    let at = line.len() - line.trim_start().len();
    let rest = uncommented(&line[at..], comment).unwrap_or(&line[at..]);
    format!("{}{rest}", &line[..at])
}

/// The cells as JSON. Each has an id of its own, even if a cell was copied in an editor; the same text gives
/// the same ids.
fn numbered(written: Vec<(String, Cell, String)>) -> Vec<Json> {
    let id = |(_, cell, _): &(String, Cell, String)| cell.id.as_ref()?.text();
    let taken: HashSet<String> = written.iter().filter_map(id).collect();
    let mut seen = HashSet::new();
    let mut number = 0;
    let cells = written.into_iter().map(|(kind, cell, source)| {
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
        json(&kind, cell, id, &source)
    });
    cells.collect()
}

/// A cell, with its keys in Jupyter's order.
fn json(kind: &str, cell: Cell, id: Json, source: &str) -> Json {
    let is_code = kind == "code";
    let mut members = Vec::new();
    if let Some(attachments) = cell.attachments {
        members.push((quoted("attachments"), attachments));
    }
    members.push((quoted("cell_type"), Json::from_text(kind)));
    if is_code {
        members.push((quoted("execution_count"), Json::Literal("null".to_owned())));
    }
    members.push((quoted("id"), id));
    members.push((quoted("metadata"), cell.metadata));
    if is_code {
        members.push((quoted("outputs"), Json::Array(Vec::new())));
    }
    members.push((quoted("source"), Json::from_lines(source)));
    Json::Object(members)
}
