//! Words for people: names that strangers chose, and lists that may be long.

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

/// Marks that turn the direction of all text after them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// How many names an error lists.
const NAMED: usize = 5;

/// The first names, and how many there are beside them.
pub(crate) fn some(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        text += &format!(" and {} more", names.len() - NAMED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_is_shown_is_one_line() {
        assert_eq!(one_line("a\n\u{1b}[2J b\u{202e}c"), "a [2J b c");
        assert_eq!(one_line("\n"), "\"\\n\"");
    }
}
