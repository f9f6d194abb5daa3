//! Conflict markers inside cells.
//!
//! A merge by cells marks a conflict in the cell's source, so the file is still a notebook and opens. Only
//! this check then keeps it from being committed.

use super::tree::Json;

/// How long a marker is, unless an attribute says otherwise.
const USUAL: usize = 7;

/// The shortest run of signs that counts as a marker.
const SHORTEST: usize = 3;

/// A cell whose source has conflict markers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    /// The line of the file with the first marker, counted from one.
    pub(super) line: usize,
    /// The cell, as a person finds it.
    pub(super) cell: String,
}

/// The cells with markers, in a notebook in Jupyter's form: all three markers in their order, or a single
/// forgotten one of the usual length.
pub(super) fn find(text: &[u8]) -> Vec<Conflict> {
    let Ok(notebook) = Json::read(text) else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut from = 0;
    let mut found = Vec::new();
    let cells = notebook.get("cells").map(Json::items).unwrap_or_default();
    for (i, cell) in cells.iter().enumerate() {
        // Only a source with a lone surrogate has no text; then its JSON is searched as it is written.
        let source = cell.get("source").map(|source| {
            source
                .joined()
                .unwrap_or_else(|| source.in_one_line().replace("\\n", "\n").replace('"', "\n"))
        });
        let Some(marker) = source.as_deref().and_then(first_marker) else {
            continue;
        };
        let written = Json::from_text(marker).in_one_line();
        let written = written.trim_matches('"');
        // In Jupyter's form a source is a list, with one line of the source on each line of the file. A
        // source that is one string has escaped line ends.
        let holds =
            |line: &&str| line.contains(&format!("\"{written}")) || line.contains(&format!("\\n{written}"));
        let at = lines[from..].iter().position(holds).map_or(from, |at| from + at);
        from = at + 1;
        let name = cell.get("id").and_then(Json::text).map(|id| format!(" ({id})"));
        found.push(Conflict {
            line: at + 1,
            cell: format!("cell {}{}", i + 1, name.unwrap_or_default()),
        });
    }
    found
}

/// The first line of a source that is a conflict marker.
fn first_marker(source: &str) -> Option<&str> {
    let is = |line: &str, sign, length| marker(line, sign) == Some(length);
    for (at, line) in source.lines().enumerate() {
        if let Some(length) = marker(line, '<') {
            let rest = || source.lines().skip(at + 1);
            let is_whole = rest()
                .skip_while(|line| !is(line, '=', length))
                .any(|line| is(line, '>', length));
            if length == USUAL || is_whole {
                return Some(line);
            }
        }
        if is(line, '>', USUAL) {
            return Some(line);
        }
    }
    None
}

/// The length of the marker, if the line is one: signs of one kind, then a name or nothing.
fn marker(line: &str, sign: char) -> Option<usize> {
    let rest = line.trim_start_matches(sign);
    let length = line.len() - rest.len();
    let is_one = length >= SHORTEST && (rest.is_empty() || rest.starts_with(' '));
    is_one.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sources: &[&str]) -> Vec<Conflict> {
        let cells = sources.iter().map(|source| {
            let mut cell = Json::Object(Vec::new());
            cell.set("source", Json::from_text(source));
            cell
        });
        let mut notebook = Json::Object(Vec::new());
        notebook.set("cells", Json::Array(cells.collect()));
        let as_string = find(&notebook.to_file());
        if let Some(Json::Array(cells)) = notebook.get_mut("cells") {
            for (cell, source) in cells.iter_mut().zip(sources) {
                cell.set("source", Json::from_lines(source));
                cell.set("id", Json::from_text("x"));
            }
        }
        let as_list = find(&notebook.to_file());
        assert_eq!(as_list.len(), as_string.len(), "{sources:?}");
        as_list
    }

    #[test]
    fn markers_are_found_in_each_cell_and_each_form_of_a_source() {
        let whole = "<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs";
        let in_cell = |number: usize, line| Conflict {
            line,
            cell: format!("cell {number} (x)"),
        };
        assert_eq!(found(&[whole]), [in_cell(1, 5)]);
        assert_eq!(
            found(&["a", whole, &format!("b\n{whole}")]),
            [in_cell(2, 11), in_cell(3, 22)]
        );
        for part in [
            "a\n<<<<<<< ours\nb",
            "a\n>>>>>>> theirs",
            "<<<<<<<\na",
            "<<<< a\n====\n>>>> b",
        ] {
            assert_eq!(found(&[part]).len(), 1, "{part}");
        }
        for none in [
            "Title\n=======",
            ">>> f(1)",
            ">> quote",
            "<<<<<<<x",
            "<<<< a\n>>>> b",
            " <<<<<<< a",
            "<<<< a\n===\n>>>> b",
        ] {
            assert_eq!(found(&[none]), [], "{none}");
        }
    }
}
