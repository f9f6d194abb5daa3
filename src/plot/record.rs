//! Settings and other small records, shown as a table: a field and its value in each row.
//!
//! The fields come from the type's derived `Debug` form, so a new field is shown without another line of
//! code.

use super::Table;

/// The table of a record, from its `Debug` form: `Name { field: value, … }`, or `Name(value, …)`.
///
/// ```
/// #[derive(Debug)]
/// struct Step { size: f32, of: Option<usize>, names: (char, char) }
/// let step = Step { size: 0.5, of: None, names: ('a', ',') };
/// let table = course::plot::record(&format!("{step:?}"));
/// assert_eq!(table.to_string(), "\
/// Step
/// field  value
/// ─────  ──────────
/// size   0.5
/// of     none
/// names  ('a', ',')
/// ");
/// ```
pub fn record(debug: &str) -> Table {
    let (name, rest) = debug.split_at(debug.find([' ', '(']).unwrap_or(debug.len()));
    let mut table = Table::new(["field", "value"]).title(name);
    let inside = rest.trim().strip_prefix(['{', '(']).unwrap_or_default();
    for field in parts(inside.strip_suffix(['}', ')']).unwrap_or(inside)) {
        match field.split_once(": ").filter(|(name, _)| is_name(name)) {
            Some((name, value)) => table.push((name.to_owned(), plain(value))),
            None => table.push((String::new(), plain(field))),
        }
    }
    table
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The content of an option, and texts without their quotation marks.
fn plain(value: &str) -> String {
    let held = value
        .strip_prefix("Some(")
        .and_then(|rest| rest.strip_suffix(')'));
    match held.unwrap_or(value) {
        "None" => "none".to_owned(),
        value => match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) => text.replace("\\\"", "\"").replace("\\n", " "),
            None => value.to_owned(),
        },
    }
}

/// Splits at the commas that are outside all brackets and texts.
fn parts(fields: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut quote = None;
    let mut chars = fields.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => {
                chars.next();
            }
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                found.push(&fields[start..at]);
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    found.push(&fields[start..]);
    found
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Gives records that derive `Debug` a form in a notebook: see [`record`].
macro_rules! shown_as_record {
    ($($type:ty),+ $(,)?) => {$(
        impl $type {
            /// Shows its fields in a notebook, as a table.
            pub fn evcxr_display(&self) {
                $crate::plot::record(&format!("{self:?}")).evcxr_display();
            }
        }
    )+};
}
pub(crate) use shown_as_record;

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    fn rows(debug: &str) -> Vec<String> {
        let table = record(debug);
        let cell = |row, column| table.get(row, column).and_then(Cell::as_text).unwrap_or_default();
        (0..table.n_rows())
            .map(|row| format!("{}={}", cell(row, 0), cell(row, 1)))
            .collect()
    }

    /// Commas, brackets and quotation marks within a value do not split it.
    #[test]
    fn values_stay_whole() {
        #[derive(Debug)]
        #[allow(dead_code, reason = "read by Debug")]
        struct Record {
            word: &'static str,
            mark: char,
            list: Vec<(u8, u8)>,
            output: Option<Option<u8>>,
        }
        let record = Record {
            word: "a, \"b}\" (",
            mark: '\'',
            list: vec![(1, 2), (3, 4)],
            output: Some(None),
        };
        assert_eq!(
            rows(&format!("{record:?}")),
            [
                "word=a, \"b}\" (",
                "mark='\\''",
                "list=[(1, 2), (3, 4)]",
                "output=none"
            ]
        );
    }

    #[test]
    fn records_without_names_or_fields() {
        assert_eq!(rows("Pair(1, \"x\")"), ["=1", "=x"]);
        assert!(rows("Nothing").is_empty());
        assert!(rows("Empty { }").is_empty());
    }
}
