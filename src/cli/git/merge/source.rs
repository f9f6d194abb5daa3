//! The source of a cell: lines merged by a crate, or marked.

use super::Merge;
use crate::git::tree::Json;

impl Merge {
    pub(super) fn source(
        &mut self,
        id: &str,
        base: Option<&Json>,
        ours: Option<&Json>,
        theirs: Option<&Json>,
    ) -> Option<Json> {
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        // One more line end, so that the last line is a line like any other.
        let text = |source: Option<&Json>| match source {
            None => Some(String::new()),
            Some(source) => source
                .joined()
                .map(|text| if text.is_empty() { text } else { text + "\n" }),
        };
        let (Some(b), Some(o), Some(t)) = (text(base), text(ours), text(theirs)) else {
            // A lone surrogate, which no text can hold.
            self.conflicts.push(format!("cell {id}: changed by both"));
            return Some(self.marked(ours, theirs));
        };
        // A list of lines and a string may be the same text.
        if o == t || b == t {
            return ours.cloned();
        }
        if b == o {
            return theirs.cloned();
        }
        let merged = match self.options.merge(&b, &o, &t) {
            Ok(merged) => merged,
            Err(marked) => {
                self.conflicts.push(format!("cell {id}: changed by both"));
                marked
            }
        };
        let merged = merged.strip_suffix('\n').unwrap_or(&merged);
        Some(match ours {
            Some(Json::String(_)) => Json::from_text(merged),
            _ => Json::from_lines(merged),
        })
    }

    /// Both whole sources between conflict marks, as they are written; nothing for a cell that is not there.
    pub(super) fn marked(&self, ours: Option<&Json>, theirs: Option<&Json>) -> Json {
        let mark = |sign: &str| sign.repeat(self.markers);
        let mut lines = vec![Json::from_text(&format!("{} ours\n", mark("<")))];
        let add = |lines: &mut Vec<Json>, source: Option<&Json>| {
            match source {
                Some(Json::Array(items)) => lines.extend(items.iter().cloned()),
                Some(text @ Json::String(_)) => lines.push(text.clone()),
                _ => {}
            }
            // The last line of a source has no end.
            if !lines.last().is_some_and(ends_its_line) {
                lines.push(Json::from_text("\n"));
            }
        };
        add(&mut lines, ours);
        lines.push(Json::from_text(&format!("{}\n", mark("="))));
        add(&mut lines, theirs);
        lines.push(Json::from_text(&format!("{} theirs", mark(">"))));
        one_string_a_line(lines)
    }
}

/// Whether a string ends with a line end, as it is written.
fn ends_its_line(text: &Json) -> bool {
    let Json::String(written) = text else { return false };
    let Some(before) = written.strip_suffix("n\"") else {
        return false;
    };
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    backslashes % 2 == 1
}

/// The list of lines again, with one line in each string.
fn one_string_a_line(parts: Vec<Json>) -> Json {
    let whole = Json::Array(parts);
    match whole.joined() {
        Some(text) => Json::from_lines(&text),
        None => whole,
    }
}
