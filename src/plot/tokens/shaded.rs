//! Words with weights: the stronger the weight, the darker the word.

use std::fmt::{self, Write};

use plotters::style::RGBColor;

use super::backgrounds::{MOST, STRONGEST, STYLE, ansi, mixed, more, rgba};
use crate::plot::colour::colour;
use crate::plot::data::{Value, names, numbers};
use crate::plot::number::Format;
use crate::plot::width::one_line;
use crate::show::escape;

/// Words, each with a background as strong as its weight. [`shaded`] makes it.
#[derive(Clone, PartialEq)]
pub struct Shaded {
    words: Vec<(String, f64)>,
    largest: f64,
}

/// Shows each word with a background: the larger its weight, the stronger. Blue is above zero, orange below.
///
/// A word without a weight, or with one that is not a number, has no background.
///
/// ```
/// use course::plot::shaded;
/// let shown = shaded(["the", "whale", "swims"], [0.0, 0.9, 0.45]);
/// assert_eq!(shown.to_string(), "the (0.00) whale (0.90) swims (0.45)\n");
/// assert!(shown.to_html().contains("rgba(0,114,178,0.50)"));
/// ```
pub fn shaded<S: AsRef<str>>(
    words: impl IntoIterator<Item = S>,
    weights: impl IntoIterator<Item: Value>,
) -> Shaded {
    let weights = numbers(weights);
    let words = names(words).into_iter().enumerate();
    let words: Vec<(String, f64)> = words
        .map(|(i, word)| {
            (
                word,
                weights
                    .get(i)
                    .copied()
                    .filter(|w| w.is_finite())
                    .unwrap_or(f64::NAN),
            )
        })
        .collect();
    let largest = words.iter().map(|w| w.1.abs()).fold(0.0, f64::max);
    Shaded { words, largest }
}

impl Shaded {
    /// With the strongest background at this weight instead of the largest one, so that texts can be
    /// compared.
    pub fn strongest(mut self, weight: f64) -> Self {
        if weight.is_finite() && weight > 0.0 {
            self.largest = weight;
        }
        self
    }

    /// The colour behind a word, and its strength between 0 and 1.
    fn background(&self, weight: f64) -> Option<(RGBColor, f64)> {
        let strength = weight.abs() / self.largest;
        let strength = if strength > 1.0 { 1.0 } else { strength };
        (strength > 0.0).then(|| (colour(usize::from(weight < 0.0)), strength))
    }

    fn format(&self) -> Format {
        Format::Auto.settle(self.words.iter().map(|w| w.1))
    }

    /// As HTML for a web page, light or dark.
    pub fn to_html(&self) -> String {
        let format = self.format();
        let mut out = format!("{STYLE}<div class=\"course-text\">");
        for (word, weight) in self.words.iter().take(MOST) {
            let style = match self.background(*weight) {
                Some((colour, strength)) => {
                    format!(" style=\"background:{}\"", rgba(colour, STRONGEST * strength))
                }
                None => String::new(),
            };
            let title = match weight.is_nan() {
                true => String::new(),
                false => format!(" title=\"{}\"", format.write(*weight)),
            };
            let _ = write!(out, "<span{style}{title}>{}</span> ", escape(&one_line(word)));
        }
        out.push_str(&more(self.words.len(), "words").unwrap_or_default());
        out.push_str("</div>");
        out
    }

    /// For a terminal that shows colours. The stronger a word's weight, the less of the terminal's own
    /// background is left.
    pub fn to_ansi(&self) -> String {
        let word = |(word, weight): &(String, f64)| {
            let word = one_line(word);
            match self.background(*weight) {
                Some((colour, strength)) => ansi(mixed(colour, strength), &word),
                None => word,
            }
        };
        let all: Vec<String> = self.words.iter().take(MOST).map(word).collect();
        all.join(" ") + &more(self.words.len(), "words").unwrap_or_default() + "\n"
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }
}

impl fmt::Display for Shaded {
    /// Without colours, the weight after each word.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = self.format();
        let word = |(word, weight): &(String, f64)| match weight.is_nan() {
            true => one_line(word),
            false => format!("{} ({})", one_line(word), format.write(*weight)),
        };
        let all: Vec<String> = self.words.iter().take(MOST).map(word).collect();
        writeln!(
            f,
            "{}{}",
            all.join(" "),
            more(self.words.len(), "words").unwrap_or_default()
        )
    }
}

crate::show::debug_shows!(Shaded, |this, f| {
    write!(f, "{} words with weights", this.words.len())
});
