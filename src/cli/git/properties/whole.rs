//! What nbformat's schema requires of a notebook of version 4, as far as this program could break it.
//! `tests/git/jupyter.rs` asks nbformat itself.

use std::collections::HashSet;

use crate::git::tree::Json;

/// Says why this is not a notebook that Jupyter accepts.
pub(super) fn check(notebook: &Json) -> Result<(), String> {
    let number = |key: &str| match notebook.get(key) {
        Some(Json::Literal(digits)) => digits.parse::<u32>().map_err(|_| format!("{key} is {digits}")),
        other => Err(format!("{key} is {other:?}")),
    };
    let (major, minor) = (number("nbformat")?, number("nbformat_minor")?);
    if major != 4 {
        return Err(format!("nbformat {major}"));
    }
    if !matches!(notebook.get("metadata"), Some(Json::Object(_))) {
        return Err("no metadata".to_owned());
    }
    let Some(Json::Array(cells)) = notebook.get("cells") else {
        return Err("no cells".to_owned());
    };
    let mut ids = HashSet::new();
    for (i, cell) in cells.iter().enumerate() {
        let wrong = |what: &str| Err(format!("cell {i}: {what}: {}", cell.in_one_line()));
        let kind = cell.get("cell_type").and_then(Json::text).unwrap_or_default();
        let is_code = kind == "code";
        if !["code", "markdown", "raw"].contains(&kind.as_str()) {
            return wrong("its kind");
        }
        if !matches!(cell.get("metadata"), Some(Json::Object(_))) {
            return wrong("its metadata");
        }
        let is_text = |value: &Json| matches!(value, Json::String(_));
        match cell.get("source") {
            Some(Json::String(_)) => {}
            Some(Json::Array(lines)) if lines.iter().all(is_text) => {}
            _ => return wrong("its source"),
        }
        if is_code != matches!(cell.get("outputs"), Some(Json::Array(_))) {
            return wrong("its outputs");
        }
        if is_code != matches!(cell.get("execution_count"), Some(Json::Literal(_))) {
            return wrong("its count");
        }
        if is_code && cell.get("attachments").is_some() {
            return wrong("its attachments");
        }
        let id = cell.get("id").and_then(Json::text);
        let is_good = |id: &String| {
            (1..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        };
        match id {
            None if minor < 5 => {}
            Some(id) if minor >= 5 && is_good(&id) && ids.insert(id.clone()) => {}
            _ => return wrong("its id"),
        }
    }
    Ok(())
}

/// Says whether no cell has a tag twice.
pub(super) fn has_sets_of_tags(notebook: &Json) -> bool {
    notebook.get("cells").unwrap().items().iter().all(|cell| {
        let tags = cell.get("metadata").and_then(|metadata| metadata.get("tags"));
        let tags = tags.map(Json::items).unwrap_or_default();
        let mut seen = HashSet::new();
        tags.iter()
            .all(|tag| matches!(tag, Json::String(_)) && seen.insert(tag.in_one_line()))
    })
}
