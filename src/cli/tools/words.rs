//! Words for people: names that strangers chose, names that nobody has, and lists that may be long.

use course::corpus::spelled_like;

/// A student's name for a terminal or a page: in one line, without control characters.
pub(crate) fn one_line(student: &str) -> String {
    let shown: String = student
        .chars()
        .map(|c| if c.is_control() || is_direction(c) { ' ' } else { c })
        .collect();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.is_empty() {
        format!("{student:?}")
    } else {
        shown
    }
}

/// Marks that change the direction of all text after them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// How many names an error lists.
const NAMED: usize = 5;

/// The first names, and how many more there are.
pub(crate) fn some(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text += &format!(" and {} more", names.len() - NAMED);
    }
    text
}

/// A text of several lines for a terminal, without control characters.
pub(crate) fn harmless(text: &str) -> String {
    let is_harmful = |c: char| (c.is_control() && c != '\n' && c != '\t') || is_direction(c);
    text.replace(is_harmful, "\u{fffd}")
}

/// `1 point`, `2 points`.
pub(crate) fn counted(n: impl std::fmt::Display, of_what: &str) -> String {
    let n = n.to_string();
    let end = if n == "1" { "" } else { "s" };
    format!("{n} {of_what}{end}")
}

/// How many columns of a terminal the text takes.
pub(crate) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The text, filled up with spaces to this many columns.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// How many names a suggestion has.
const SUGGESTED: usize = 3;

/// The names that are spelled like this one; if none is, those that contain it.
fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
    let near = spelled_like(name, &known, SUGGESTED);
    if !near.is_empty() {
        return near.into_iter().map(|at| known[at].clone()).collect();
    }
    let small = name.to_lowercase();
    let has = |other: &String| small.chars().count() > 2 && other.to_lowercase().contains(&small);
    known.into_iter().filter(has).take(SUGGESTED).collect()
}

/// `; did you mean a or b?`, or nothing where no name is like this one.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(name, known).as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [several @ .., last] => format!("; did you mean {} or {last}?", several.join(", ")),
    }
}

/// The error for an unknown name: what was expected, and the nearest names, or else the command that lists
/// all of them.
pub(crate) fn unknown<'a>(
    expected: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    lists: &str,
) -> anyhow::Error {
    let near = did_you_mean(name, known);
    let near = if near.is_empty() {
        format!("; `{lists}` lists them")
    } else {
        near
    };
    anyhow::anyhow!("expected {expected}, got {name:?}{near}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_suggested_and_no_others() {
        let known = ["cosine", "cos_mul", "cosine_matrix", "dot"];
        assert_eq!(did_you_mean("cosmul", known), "; did you mean cos_mul?");
        assert_eq!(did_you_mean("dto", known), "; did you mean dot?");
        assert_eq!(did_you_mean("matrix", known), "; did you mean cosine_matrix?");
        assert_eq!(did_you_mean("cosin", known), "; did you mean cosine?");
        assert_eq!(did_you_mean("norm", known), "");
        assert_eq!(
            unknown("an exercise", "norm", known, "cargo course list").to_string(),
            "expected an exercise, got \"norm\"; `cargo course list` lists them"
        );
    }

    #[test]
    fn one_is_not_several() {
        assert_eq!(
            [counted(0, "point"), counted(1, "point"), counted("1.5", "point")],
            ["0 points", "1 point", "1.5 points"]
        );
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(harmless("a\n\u{1b}[2J\tb\u{202e}"), "a\n\u{fffd}[2J\tb\u{fffd}");
    }

    #[test]
    fn what_is_shown_is_one_line() {
        assert_eq!(one_line("a\n\u{1b}[2J b\u{202e}c"), "a [2J b c");
        assert_eq!(one_line("\n"), "\"\\n\"");
    }
}
