//! Whether a cell is code in the text, or only in the notebook: jupytext's `active` and `active-…`.
//!
//! A cell with the tag `active-ipynb` is code in the notebook and is in comments in the text; one with
//! `active="py"` is the other way round. A frozen cell is never code in a text.

use crate::git::tree::Json;

/// What the metadata say about files that end with `extension`; `otherwise` if they say nothing.
pub(super) fn is_active(extension: &str, metadata: Option<&Json>, otherwise: bool) -> bool {
    let Some(metadata) = metadata else {
        return otherwise;
    };
    let frozen = metadata
        .get("run_control")
        .and_then(|control| control.get("frozen"));
    if frozen == Some(&Json::Literal("true".to_owned())) {
        return extension == "ipynb";
    }
    let tags = metadata.get("tags").map(Json::items).unwrap_or_default();
    let mut texts = tags.iter().filter_map(Json::text);
    if let Some(tag) = texts.find(|tag| tag.starts_with("active-")) {
        return tag.split('-').any(|word| word == extension);
    }
    match metadata.get("active").and_then(Json::text) {
        Some(active) => active.split(['.', ',']).any(|word| word == extension),
        None => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_say_where_a_cell_is_code() {
        let is = |metadata: &str, extension| {
            is_active(extension, Some(&Json::read(metadata.as_bytes()).unwrap()), true)
        };
        assert!(is("{}", "py") && is("{}", "ipynb"));
        assert!(!is(r#"{"tags": ["a", "active-ipynb"]}"#, "py"));
        assert!(is(r#"{"tags": ["active-ipynb-py"]}"#, "py"));
        assert!(is(r#"{"active": "ipynb,py"}"#, "py") && !is(r#"{"active": "py"}"#, "ipynb"));
        assert!(!is(r#"{"active": ""}"#, "ipynb"));
        assert!(!is(r#"{"run_control": {"frozen": true}}"#, "rs"));
        assert!(is(r#"{"run_control": {"frozen": true}}"#, "ipynb"));
    }
}
