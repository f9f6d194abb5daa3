//! The mark in a text's header that says that this program wrote it: `jupytext: text_representation:
//! written_by`.
//!
//! jupytext puts two empty lines before a Python function where we put one, so the reader must know who wrote
//! its text. Whenever jupytext writes a text, it writes `text_representation` anew, and the mark is gone, as
//! it should be. A notebook may have an entry `jupytext` of its own. It comes back as it was: the mark says
//! what was added to it.

use super::Language;
use crate::git::tree::{Json, quoted};

/// The whole entry was added.
const ENTRY: &str = "course";
/// `text_representation` was added to the notebook's own entry.
const FORM: &str = "course-form";
/// Only the mark was added, to the notebook's own `text_representation`.
const MARK: &str = "course-mark";
/// There is no place for a mark in the notebook's own entry: it is kept under [`KEPT`].
const INSTEAD: &str = "course-instead";
const KEPT: &str = "kept";

/// Marks the metadata of a notebook in this language.
pub(super) fn put(metadata: &mut Json, language: &Language) {
    let Some(own) = metadata.get("jupytext").cloned() else {
        metadata.set("jupytext", entry(ENTRY, language));
        return;
    };
    let mut marked = own.clone();
    match (&own, own.get("text_representation").cloned()) {
        (Json::Object(_), None) => marked.set("text_representation", form(FORM, language)),
        (Json::Object(_), Some(mut form @ Json::Object(_))) if form.get("written_by").is_none() => {
            form.set("written_by", Json::from_text(MARK));
            marked.set("text_representation", form);
        }
        _ => {
            marked = entry(INSTEAD, language);
            marked.set(KEPT, own);
        }
    }
    metadata.set("jupytext", marked);
}

/// Takes the mark out of a header's metadata, and says whether there was one.
pub(super) fn take(metadata: &mut Json) -> bool {
    let Some(mut entry) = metadata.get("jupytext").cloned() else {
        return false;
    };
    let Some(mut form) = entry.get("text_representation").cloned() else {
        return false;
    };
    let written_by = form.get("written_by").and_then(Json::text);
    match written_by.as_deref() {
        Some(ENTRY) => {
            metadata.remove("jupytext");
            return true;
        }
        Some(FORM) => {
            entry.remove("text_representation");
        }
        Some(MARK) => {
            form.remove("written_by");
            entry.set("text_representation", form);
        }
        Some(INSTEAD) => match entry.get(KEPT).cloned() {
            Some(own) => entry = own,
            None => return false,
        },
        _ => return false,
    }
    metadata.set("jupytext", entry);
    true
}

fn plain(pairs: &[(&str, &str)]) -> Json {
    let pairs = pairs.iter().map(|(k, v)| (quoted(k), Json::from_text(v)));
    Json::Object(pairs.collect())
}

fn form(mark: &str, language: &Language) -> Json {
    let extension = format!(".{}", language.extension);
    plain(&[
        ("extension", &extension),
        ("format_name", "percent"),
        ("format_version", "1.3"),
        ("written_by", mark),
    ])
}

/// An entry of ours. Without the filters, jupytext would drop most metadata.
fn entry(mark: &str, language: &Language) -> Json {
    let mut entry = plain(&[
        ("cell_metadata_filter", "all"),
        ("notebook_metadata_filter", "all"),
    ]);
    entry.set("text_representation", form(mark, language));
    entry
}
