//! How much room a text takes in a terminal: Latin letters take one column, Chinese ones two, combining
//! accents none.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The letters of `text` as a reader sees them, each with its columns. An accent stays with its letter, and a
/// family emoji joined from several figures is one sign. Their columns add up to `width(text)` or more,
/// because some scripts draw two letters as one.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|letter| (letter, width(letter)))
}

/// `text` cut to at most `most` columns, with `…` where it was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut room = most.saturating_sub(1);
    for (letter, columns) in letters(text) {
        if columns > room {
            break;
        }
        room -= columns;
        out.push_str(letter);
    }
    if most > 0 {
        out.push('…');
    }
    out
}

/// `text` on one line: line breaks and tabs become visible, other control characters become `�`. Otherwise a
/// text that has a line break or moves the terminal's cursor would tear a table apart.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => '⏎',
            '\t' => '→',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// `text` with spaces after it, `columns` wide in all.
pub(crate) fn pad_right(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` with spaces before it, `columns` wide in all.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(width("語学"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(cut("語学入門", 5), "語学…");
        assert_eq!(cut("語学入門", 4), "語…");
        assert_eq!(cut("cat", 3), "cat");
        assert_eq!(cut("cat", 0), "");
        assert_eq!(pad_left("語", 4), "  語");
    }

    #[test]
    fn a_letter_of_several_signs_stays_whole() {
        let scientist = "👩\u{200d}🔬";
        assert_eq!(letters(scientist).collect::<Vec<_>>(), [(scientist, 2)]);
        assert_eq!(
            letters("e\u{301}a").collect::<Vec<_>>(),
            [("e\u{301}", 1), ("a", 1)]
        );
        // Drawn as an emoji, it is two columns wide; the sign alone takes one.
        let smile = "☺\u{fe0f}";
        assert_eq!(cut(&format!("abc{smile}def"), 5), "abc…");
        assert_eq!(cut(&scientist.repeat(3), 5), format!("{}…", scientist.repeat(2)));
    }

    #[test]
    fn nothing_breaks_the_line() {
        assert_eq!(one_line("a\nb\tc\u{1b}[2J"), "a⏎b→c\u{FFFD}[2J");
    }
}
