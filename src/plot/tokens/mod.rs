//! The pieces that a tokenizer makes of a text, with coloured backgrounds.

mod backgrounds;
mod grouped;
mod lines;
mod shaded;

use std::fmt::{self, Write};

use crate::plot::colour::PALETTE;
use crate::plot::data::names;
use crate::plot::width::one_line;
use crate::show::escape;
use backgrounds::{COLOURS, MOST, PIECE, STYLE, ansi, more, rgba};

pub use grouped::{GroupedWords, grouped_words};
pub use lines::{TokenLines, token_lines};
pub use shaded::{Shaded, shaded};

/// The pieces of a text, each with a background. [`tokens`] makes it.
#[derive(Clone, PartialEq)]
pub struct Tokens {
    pieces: Vec<String>,
    ids: Vec<u64>,
}

/// Shows the pieces of a text in a row, in alternating colours. Spaces, tabs and line ends are visible.
///
/// ```
/// use course::plot::tokens;
/// let shown = tokens(["un", "believ", "able", " story"]).ids([1, 2, 3, 4_u32]);
/// assert_eq!(shown.to_string(), "un|believ|able|·story\n");
/// assert!(shown.to_html().contains("title=\"4\""));
/// ```
pub fn tokens<S: AsRef<str>>(pieces: impl IntoIterator<Item = S>) -> Tokens {
    Tokens {
        pieces: names(pieces),
        ids: Vec::new(),
    }
}

impl Tokens {
    /// With the id of each piece, which hovering shows.
    pub fn ids<I: TryInto<u64>>(mut self, ids: impl IntoIterator<Item = I>) -> Self {
        self.ids = ids
            .into_iter()
            .map(|id| id.try_into().unwrap_or(u64::MAX))
            .collect();
        self
    }

    /// As HTML for a web page, light or dark.
    pub fn to_html(&self) -> String {
        let mut out = format!("{STYLE}<div class=\"course-text\">");
        for (i, piece) in self.pieces.iter().take(MOST).enumerate() {
            let background = rgba(PALETTE[i % COLOURS], PIECE);
            let title = match self.ids.get(i) {
                Some(id) => format!("{id}"),
                None => format!("piece {}", i + 1),
            };
            let _ = write!(
                out,
                "<span style=\"background:{background}\" title=\"{title}\">{}</span><wbr/>",
                visible_html(piece)
            );
        }
        if let Some(more) = more(self.pieces.len(), "pieces") {
            let _ = write!(out, " {more}");
        }
        out.push_str("</div>");
        out
    }

    /// For a terminal that shows colours.
    pub fn to_ansi(&self) -> String {
        let piece = |(i, p): (usize, &String)| ansi(PALETTE[i % COLOURS], &visible(p));
        let all: String = self.pieces.iter().take(MOST).enumerate().map(piece).collect();
        all + &more(self.pieces.len(), "pieces").unwrap_or_default() + "\n"
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }
}

impl fmt::Display for Tokens {
    /// Without colours, a `|` between pieces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<String> = self.pieces.iter().take(MOST).map(|p| visible(p)).collect();
        writeln!(
            f,
            "{}{}",
            all.join("|"),
            more(self.pieces.len(), "pieces").unwrap_or_default()
        )
    }
}

crate::show::debug_shows!(Tokens, |this, f| { write!(f, "{} pieces", this.pieces.len()) });

/// What spaces look like.
fn visible(piece: &str) -> String {
    if piece.is_empty() {
        return "∅".to_owned();
    }
    one_line(piece).replace(' ', "·")
}

/// Like [`visible`], but the signs are faint, and a line end also ends the line.
fn visible_html(piece: &str) -> String {
    let mut out = String::new();
    let mut rest = String::new();
    for c in visible(piece).chars() {
        if matches!(c, '·' | '⏎' | '→' | '∅') {
            out.push_str(&escape(&rest));
            rest.clear();
            let end = if c == '⏎' { "\n" } else { "" };
            let _ = write!(out, "<span class=\"w\">{c}</span>{end}");
        } else {
            rest.push(c);
        }
    }
    out + &escape(&rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_visible() {
        assert_eq!(visible(" a\tb\n"), "·a→b⏎");
        assert_eq!(visible(""), "∅");
        assert_eq!(visible_html("a\n"), "a<span class=\"w\">⏎</span>\n");
        assert_eq!(visible_html("<b>&"), "&lt;b&gt;&amp;");
    }
}
