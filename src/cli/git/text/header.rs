//! The header of a text: the notebook's metadata, as YAML in comments.

use super::command::uncommented;
use super::{Language, mark, yaml};
use crate::git::fault::Fault;
use crate::git::tree::Json;

/// What a header says.
pub(super) struct Header {
    pub(super) metadata: Json,
    /// Whether this program wrote the text.
    pub(super) is_ours: bool,
    /// The line after it.
    pub(super) end: usize,
}

impl Header {
    /// The language of the notebook: the one that the metadata name; else the one of the file ending that the
    /// header names, or that this file has.
    pub(super) fn language(&self, extension: Option<&str>) -> Language {
        let metadata = &self.metadata;
        let entry = metadata.get("jupytext");
        let main = entry.and_then(|entry| entry.get("main_language")?.text());
        if let Some(name) = main.filter(|_| !self.is_ours) {
            return Language::named(&name);
        }
        let form = entry.and_then(|entry| entry.get("text_representation")?.get("extension")?.text());
        let is_named = metadata.get("kernelspec").is_some() || metadata.get("language_info").is_some();
        let of_files = [form.as_deref(), extension]
            .into_iter()
            .flatten()
            .find_map(|extension| Language::of_files(extension.trim_start_matches('.')));
        match of_files.filter(|_| !self.is_ours && !is_named) {
            Some(language) => language,
            None => Language::of(Some(metadata)),
        }
    }
}

/// Reads the header of a text.
pub(super) fn read(lines: &[&str], comment: &str) -> Result<Header, Fault> {
    let none = || Json::Object(Vec::new());
    let is_before = |line: &&&str| line.starts_with("#!/") || line.contains("-*- coding");
    let start = lines.iter().take(2).take_while(is_before).count();
    if lines.get(start).and_then(|line| uncommented(line, comment)) != Some("---") {
        return Ok(Header {
            metadata: none(),
            is_ours: false,
            end: start,
        });
    }
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        match uncommented(line, comment) {
            Some("---") => {
                let read = yaml::read(&text)
                    .map_err(|why| Fault::new(start + 1, format!("the header is no YAML: {why}")))?;
                let mut metadata = read.get("jupyter").cloned().unwrap_or_else(none);
                if !matches!(metadata, Json::Object(_)) {
                    let got = metadata.in_one_line();
                    let why = format!("expected entries below `jupyter:`, got {got}");
                    return Err(Fault::new(start + 1, why));
                }
                return Ok(Header {
                    is_ours: mark::take(&mut metadata),
                    metadata,
                    end: at + 1,
                });
            }
            Some(line) => {
                text.push_str(line);
                text.push('\n');
            }
            None => break,
        }
    }
    let why = format!("expected `{comment} ---` at the end of the header");
    Err(Fault::new(start + 1, why))
}

/// The header of a notebook.
pub(super) fn text(notebook: &Json, language: &Language) -> String {
    let none = || Json::Object(Vec::new());
    let mut metadata = notebook.get("metadata").cloned().unwrap_or_else(none);
    mark::put(&mut metadata, language);
    let mut lines = vec!["---".to_owned(), "jupyter:".to_owned()];
    yaml::write(&metadata, 2, &mut lines);
    lines.push("---".to_owned());
    let comment = language.comment;
    lines.iter().map(|line| format!("{comment} {line}\n")).collect()
}
