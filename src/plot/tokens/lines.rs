//! A text cut in several ways, one line below the other.

use std::fmt::{self, Write};

use super::backgrounds::{COLOURS, MOST, PIECE, STYLE, rgba};
use super::{visible, visible_html};
use crate::plot::colour::PALETTE;
use crate::plot::data::names;
use crate::plot::width::{one_line, width};
use crate::show::escape;

/// The palette's second colour, orange: what is new is easy to see in it.
const NEW: usize = 1;

/// Lines of pieces, each with a name before it. [`token_lines`] makes it.
#[derive(Clone, Default, PartialEq)]
pub struct TokenLines {
    title: String,
    lines: Vec<Line>,
}

#[derive(Clone, PartialEq)]
struct Line {
    name: String,
    pieces: Vec<String>,
    /// The piece to highlight, if there is one.
    new: Option<String>,
}

/// Shows how a text is cut in several ways: a line for each, with its name in front and the number of pieces
/// at the end.
///
/// ```
/// use course::plot::token_lines;
/// let shown = token_lines().line("words", ["un believable"]).line("pieces", ["un", " ", "believ", "able"]);
/// assert_eq!(shown.to_string(), "words   un·believable (1)\npieces  un|·|believ|able (4)\n");
/// ```
pub fn token_lines() -> TokenLines {
    TokenLines::default()
}

impl TokenLines {
    /// With one more line, its pieces in alternating colours.
    #[must_use]
    pub fn line<S: AsRef<str>>(
        mut self,
        name: impl Into<String>,
        pieces: impl IntoIterator<Item = S>,
    ) -> Self {
        self.lines.push(Line {
            name: name.into(),
            pieces: names(pieces),
            new: None,
        });
        self
    }

    /// With one more line, in which the pieces that are `new` have a colour and the others a frame.
    #[must_use]
    pub fn step<S: AsRef<str>>(
        mut self,
        name: impl Into<String>,
        pieces: impl IntoIterator<Item = S>,
        new: impl Into<String>,
    ) -> Self {
        self.lines.push(Line {
            name: name.into(),
            pieces: names(pieces),
            new: Some(new.into()),
        });
        self
    }

    /// With a title above.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// As HTML for a web page, light or dark.
    pub fn to_html(&self) -> String {
        let mut out = format!("{STYLE}<div class=\"course-lines\">");
        if !self.title.is_empty() {
            let _ = write!(out, "<b>{}</b>", escape(&self.title));
        }
        // A grid and not a table: JupyterLab gives all columns of a table the same width.
        out.push_str(
            "<div style=\"display:grid;grid-template-columns:max-content 1fr max-content;column-gap:1em;\
             font-size:14px;line-height:1.9\">",
        );
        for line in &self.lines {
            let _ = write!(
                out,
                "<span>{}</span><div class=\"course-text\">{}</div><span style=\"text-align:right\">{}</span>",
                escape(&one_line(&line.name)),
                line.html(),
                line.pieces.len()
            );
        }
        out + "</div></div>"
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }
}

impl Line {
    fn html(&self) -> String {
        let mut out = String::new();
        for (i, piece) in self.pieces.iter().take(MOST).enumerate() {
            let style = match &self.new {
                None => format!("background:{}", rgba(PALETTE[i % COLOURS], PIECE)),
                Some(new) if new == piece => format!("background:{}", rgba(PALETTE[NEW], PIECE)),
                Some(_) => "box-shadow:inset 0 0 0 1px rgba(128,128,128,.35)".to_owned(),
            };
            let _ = write!(
                out,
                "<span style=\"{style}\">{}</span><wbr/>",
                visible_html(piece)
            );
        }
        out
    }
}

impl fmt::Display for TokenLines {
    /// The names in a column, a `|` between pieces, and the number of pieces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            writeln!(f, "{}", self.title)?;
        }
        let widest = self.lines.iter().map(|line| width(&line.name)).max().unwrap_or(0);
        for line in &self.lines {
            let pieces: Vec<String> = line.pieces.iter().take(MOST).map(|p| visible(p)).collect();
            let space = " ".repeat(widest - width(&line.name) + 2);
            writeln!(
                f,
                "{}{space}{} ({})",
                one_line(&line.name),
                pieces.join("|"),
                line.pieces.len()
            )?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(TokenLines, |this, f| {
    write!(f, "{} lines of pieces", this.lines.len())
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_new_piece_of_a_step_has_a_colour() {
        let html = token_lines().step("th", ["th", "e"], "th").to_html();
        assert_eq!(html.matches("background:rgba").count(), 1);
        assert!(html.contains(">2</span>"));
    }

    #[test]
    fn names_are_text_and_not_html() {
        let html = token_lines().title("a<b").line("<i>", ["&"]).to_html();
        assert!(html.contains("a&lt;b") && html.contains("&lt;i&gt;") && html.contains("&amp;"));
    }
}
