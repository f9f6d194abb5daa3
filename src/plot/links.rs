//! Lines from words to words, the stronger the darker: what each token looks at, or which words are a
//! translation of which.

use plotters::element::PathElement;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Area, Canvas, Drawn, FINE, titled};
use super::colour::{INK, colour};
use super::data::{Matrix, names};
use super::drawing::record;
use super::font;
use super::frame::{self, Bounds, Common, Entry};
use super::ink::{self, Letters, TEXT};
use super::picture::{Picture, picture};
use super::width::one_line;

/// Lines that are weaker than this are not drawn.
const WEAKEST: f64 = 0.02;
/// The height of a word.
const ROW: f64 = 20.0;
/// The space between the columns.
const BETWEEN: f64 = 180.0;
/// How many words each side shows at most.
const MOST: usize = 60;

/// Two columns of words with lines between them. [`links`] makes it.
#[derive(Clone)]
pub struct Links {
    common: Common,
    left: Vec<String>,
    right: Vec<String>,
    series: Vec<(String, Vec<Vec<f64>>)>,
}

picture!(Links);

/// Draws a line from each word on the left to each on the right: the weights are 0 to 1, a row for each word
/// on the left. Several matrices have colours of their own.
///
/// ```
/// use course::plot::links;
/// let words = ["the", "cat", "sat"];
/// let weights = [[1.0, 0.0, 0.0], [0.3, 0.7, 0.0], [0.1, 0.8, 0.1]];
/// let picture = links(words, words, [("head 0", weights)]);
/// assert!(picture.to_svg().contains("<title>sat, cat: 0.80</title>"));
/// assert_eq!(picture.to_string().lines().last(), Some("sat → cat 0.80, the 0.10, sat 0.10"));
/// ```
pub fn links<S: AsRef<str>, T: AsRef<str>, N: Into<String>, M: Matrix>(
    left: impl IntoIterator<Item = S>,
    right: impl IntoIterator<Item = T>,
    series: impl IntoIterator<Item = (N, M)>,
) -> Links {
    let (left, right) = (names(left), names(right));
    let series = series.into_iter().map(|(name, matrix)| {
        let mut rows = matrix.rows_of_numbers();
        rows.resize(left.len(), Vec::new());
        rows.iter_mut().for_each(|row| row.resize(right.len(), 0.0));
        (name.into(), rows)
    });
    let series = series.collect();
    let mut common = Common::default();
    if left.len().max(right.len()) > MOST {
        common
            .notes
            .push(format!("Only the first {MOST} words are shown."));
    }
    Links {
        common,
        series,
        left,
        right,
    }
}

impl Links {
    fn shown(words: &[String]) -> &[String] {
        &words[..words.len().min(MOST)]
    }

    fn legend(&self) -> Vec<Entry> {
        let entry = |(i, (name, _)): (usize, &(String, _))| Entry {
            marker: None,
            line: true,
            ..Entry::of(i, name)
        };
        match self.series.len() {
            0 | 1 => Vec::new(),
            _ => self.series.iter().enumerate().map(entry).collect(),
        }
    }

    /// The weights that are drawn: series, left, right, weight.
    fn lines(&self) -> impl Iterator<Item = (usize, usize, usize, f64)> {
        self.series.iter().enumerate().flat_map(|(s, (_, rows))| {
            rows.iter().take(MOST).enumerate().flat_map(move |(i, row)| {
                let row = row.iter().take(MOST).enumerate();
                row.filter_map(move |(j, &w)| (w >= WEAKEST).then_some((s, i, j, w.min(1.0))))
            })
        })
    }

    fn draw_on(&self, area: &Area, size: (u32, u32), widest: f64) -> Drawn {
        let inner = frame::surround(area, Bounds::of(size), &self.common, &self.legend(), &[])?;
        let rows = Self::shown(&self.left).len().max(Self::shown(&self.right).len());
        let step = inner.height() / rows.max(1) as f64;
        let y = |i: usize| inner.top + step * (i as f64 + 0.5);
        let (from, to) = (inner.left + widest + 6.0, inner.right - widest - 6.0);
        for (s, i, j, w) in self.lines() {
            let stroke = colour(s).mix(w).stroke_width(ink::length(2.0).max(1) as u32);
            let points = vec![ink::fine((from, y(i))), ink::fine((to, y(j)))];
            let title = format!("{}, {}: {w:.2}", self.left[i], self.right[j]);
            area.draw(&titled(title, PathElement::new(points, stroke)))?;
        }
        let columns = [
            (&self.left, HPos::Right, from - 6.0),
            (&self.right, HPos::Left, to + 6.0),
        ];
        for (words, h, x) in columns {
            for (i, word) in Self::shown(words).iter().enumerate() {
                Letters::new(INK, h, VPos::Center).text(area, &one_line(word), (x, y(i)))?;
            }
        }
        Ok(())
    }
}

impl Picture for Links {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "lines between words"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let words = Self::shown(&self.left).iter().chain(Self::shown(&self.right));
        let widest = words.map(|w| font::width(&one_line(w), TEXT)).fold(0.0, f64::max);
        let rows = Self::shown(&self.left).len().max(Self::shown(&self.right).len());
        let width = 2.0 * widest + BETWEEN + 28.0;
        let taken = frame::taken(width, &self.common, &self.legend(), &[]);
        let size = (self.common.size).unwrap_or((width as u32, (taken + ROW * rows.max(1) as f64) as u32));
        record(size, FINE, |area| self.draw_on(area, size, widest))
    }

    /// For each word on the left the three strongest on the right.
    fn text(&self) -> String {
        let mut out = String::new();
        if !self.common.title.is_empty() {
            out.push_str(&format!("{}\n", self.common.title));
        }
        for (name, rows) in &self.series {
            if self.series.len() > 1 {
                out.push_str(&format!("{name}\n"));
            }
            for (word, row) in self.left.iter().zip(rows).take(MOST) {
                let mut order: Vec<usize> = (0..row.len()).filter(|&j| row[j] >= WEAKEST).collect();
                order.sort_by(|&a, &b| row[b].total_cmp(&row[a]));
                let strongest = order.iter().take(3);
                let told = strongest.map(|&j| format!("{} {:.2}", one_line(&self.right[j]), row[j]));
                let told = told.collect::<Vec<_>>().join(", ");
                out.push_str(&format!("{} → {told}\n", one_line(word)));
            }
        }
        out
    }
}
