//! What nbformat requires of a notebook, as far as a merge could break it.
//!
//! Each side is valid, but a field from one and a field from the other need not fit together: one side has
//! turned a code cell into text while the other has run it; one side writes the format with ids, the other
//! without.

use std::collections::HashSet;

use crate::git::tree::Json;

/// Gives a merged cell the fields of its kind, and no others. Says whether attachments were lost; code cannot
/// have any.
pub(super) fn fit(cell: &mut Json) -> bool {
    let is_code = cell.get("cell_type").and_then(Json::text).as_deref() == Some("code");
    if is_code {
        for (key, value) in [
            ("execution_count", Json::Literal("null".to_owned())),
            ("outputs", Json::Array(Vec::new())),
        ] {
            if cell.get(key).is_none() {
                cell.insert(key, value);
            }
        }
    } else {
        cell.remove("outputs");
        cell.remove("execution_count");
    }
    let loses = is_code && cell.get("attachments").is_some();
    if loses {
        cell.remove("attachments");
    }
    loses
}

/// Gives every cell an id of its own, where the format asks for it: since 4.5.
pub(super) fn complete_ids(notebook: &mut Json) {
    let number = |key: &str| match notebook.get(key) {
        Some(Json::Literal(digits)) => digits.parse().unwrap_or(0),
        _ => 0_u32,
    };
    if number("nbformat") != 4 || number("nbformat_minor") < 5 {
        return;
    }
    let Some(Json::Array(cells)) = notebook.get_mut("cells") else {
        return;
    };
    let mut taken: HashSet<String> = cells.iter().filter_map(id).collect();
    let mut seen = HashSet::new();
    let mut n = 0;
    for cell in cells {
        if id(cell).is_some_and(|id| seen.insert(id)) {
            continue;
        }
        let new = loop {
            n += 1;
            let new = format!("cell-{n}");
            if taken.insert(new.clone()) {
                break new;
            }
        };
        cell.remove("id");
        cell.insert("id", Json::from_text(&new));
        seen.insert(new);
    }
}

fn id(cell: &Json) -> Option<String> {
    cell.get("id")?.text()
}
