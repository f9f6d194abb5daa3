//! Words in the colours of their groups.

use std::fmt::{self, Write};

use super::backgrounds::{COLOURS, MOST, PIECE, STYLE, more, rgba};
use crate::plot::colour::PALETTE;
use crate::plot::data::names;
use crate::plot::width::one_line;
use crate::show::escape;

/// A word that begins a new line.
const BREAK: &str = "\n";

/// Words, some of them in the colour of their group. [`grouped_words`] makes it.
#[derive(Clone, PartialEq)]
pub struct GroupedWords {
    words: Vec<(String, Option<usize>)>,
    groups: Vec<String>,
}

/// Shows words in the colours of their groups, with a legend above. There are colours for four groups.
///
/// A word's group is the index of its name in `groups`. A word without a group, or in the fifth or a later
/// one, has no colour. The word `"\n"` begins a new line.
///
/// ```
/// use course::plot::grouped_words;
/// let shown = grouped_words(["the", "army", "paid", "taxes"], [None, Some(0), Some(1), Some(1)], ["war", "money"]);
/// assert_eq!(shown.to_string(), "1 war, 2 money\nthe army¹ paid² taxes²\n");
/// assert!(shown.to_html().contains("title=\"money\""));
/// assert_eq!(grouped_words(["war", "\n", "tax"], [Some(0), None, None], ["war"]).to_string(), "1 war\nwar¹\ntax\n");
/// ```
pub fn grouped_words<S: AsRef<str>, T: AsRef<str>>(
    words: impl IntoIterator<Item = S>,
    of_words: impl IntoIterator<Item = Option<usize>>,
    groups: impl IntoIterator<Item = T>,
) -> GroupedWords {
    let mut groups = names(groups);
    groups.truncate(COLOURS);
    let mut of_words = of_words.into_iter();
    let known = |g: &usize| *g < groups.len();
    let words = (names(words).into_iter())
        .map(|word| (word, of_words.next().flatten().filter(known)))
        .collect();
    GroupedWords { words, groups }
}

impl GroupedWords {
    /// As HTML for a web page, light or dark.
    pub fn to_html(&self) -> String {
        let span = |text: &str, group: usize| {
            let (colour, title) = (rgba(PALETTE[group], PIECE), escape(&self.groups[group]));
            format!(
                "<span style=\"background:{colour}\" title=\"{title}\">{}</span>",
                escape(&one_line(text))
            )
        };
        let mut out = format!("{STYLE}<div class=\"course-text\">");
        for (group, name) in self.groups.iter().enumerate() {
            let _ = write!(out, "{}   ", span(&format!(" {name} "), group));
        }
        out.push_str("\n\n");
        for (word, group) in self.words.iter().take(MOST) {
            match group {
                _ if word == BREAK => {
                    out.push('\n');
                    continue;
                }
                Some(group) => out.push_str(&span(word, *group)),
                None => out.push_str(&escape(&one_line(word))),
            }
            out.push(' ');
        }
        out.push_str(&more(self.words.len(), "words").unwrap_or_default());
        out + "</div>"
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }
}

/// What marks the groups when there are no colours.
const MARKS: [&str; COLOURS] = ["¹", "²", "³", "⁴"];

impl fmt::Display for GroupedWords {
    /// Without colours, the group's number after each word.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let legend: Vec<String> = (1..)
            .zip(&self.groups)
            .map(|(i, name)| format!("{i} {name}"))
            .collect();
        writeln!(f, "{}", legend.join(", "))?;
        let shown = &self.words[..self.words.len().min(MOST)];
        let lines: Vec<String> = shown
            .split(|(word, _)| word == BREAK)
            .map(|line| {
                let word = |(word, group): &(String, Option<usize>)| {
                    format!("{}{}", one_line(word), group.map_or("", |g| MARKS[g]))
                };
                line.iter().map(word).collect::<Vec<String>>().join(" ")
            })
            .collect();
        writeln!(
            f,
            "{}{}",
            lines.join("\n"),
            more(self.words.len(), "words").unwrap_or_default()
        )
    }
}

crate::show::debug_shows!(GroupedWords, |this, f| {
    write!(f, "{} words in {} groups", this.words.len(), this.groups.len())
});
