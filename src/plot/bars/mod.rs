//! Horizontal bars with names, alone or in groups.

mod draw;
mod text;

use crate::plot::axis::{Axis, Plan};
use crate::plot::canvas::{Canvas, Drawn, FINE};
use crate::plot::data::{Value, names, numbers};
use crate::plot::drawing::record;
use crate::plot::font;
use crate::plot::frame::{self, Common, Entry};
use crate::plot::ink::{Marker, TEXT};
use crate::plot::number::Format;
use crate::plot::picture::{Picture, picture};

pub(super) use text::write_bars;

/// Names that are shown.
const MOST: usize = 120;
/// The height of a single bar, of a bar in a group, and of the space before the next name.
const ALONE: f64 = 15.0;
const GROUPED: f64 = 14.0;
const SPACE: f64 = 8.0;

/// Horizontal bars. [`bars`] and [`grouped_bars`] make them.
#[derive(Clone)]
pub struct Bars {
    common: Common,
    names: Vec<String>,
    series: Vec<(String, Vec<f64>)>,
    format: Format,
}

picture!(Bars);

/// A bar for each name, from top to bottom in the order given.
///
/// ```
/// use course::plot::bars;
/// let picture = bars(["whale", "sea"], [12.0, 6.0]);
/// assert!(picture.to_svg().contains("<title>whale: 12</title>"));
/// let text = picture.to_string();
/// assert!(text.starts_with("whale  ███") && text.lines().nth(1).is_some_and(|l| l.ends_with(" 6")));
/// ```
pub fn bars<S: AsRef<str>>(
    labels: impl IntoIterator<Item = S>,
    values: impl IntoIterator<Item: Value>,
) -> Bars {
    grouped_bars(labels, [("", numbers(values))])
}

/// For each name one bar per series, one below the other.
///
/// ```
/// use course::plot::grouped_bars;
/// let picture = grouped_bars(["nouns", "verbs"], [("train", [0.9, 0.8]), ("test", [0.7, 0.75])]);
/// assert!(picture.to_svg().contains("<title>verbs, test: 0.75</title>"));
/// ```
pub fn grouped_bars<S: AsRef<str>, T: Into<String>, V: IntoIterator<Item: Value>>(
    labels: impl IntoIterator<Item = S>,
    series: impl IntoIterator<Item = (T, V)>,
) -> Bars {
    let names = names(labels);
    let series: Vec<(String, Vec<f64>)> = series
        .into_iter()
        .map(|(name, v)| (name.into(), numbers(v)))
        .collect();
    let mut common = Common::default();
    for (name, values) in &series {
        if values.len() != names.len() {
            let of = if name.is_empty() { "" } else { " of " };
            let (n_names, n_values) = (names.len(), values.len());
            let note = format!("There are {n_names} names, but {n_values} values{of}{name}.");
            common.notes.push(note);
        }
    }
    if names.len() > MOST {
        let note = format!("The first {MOST} of {} names.", names.len());
        common.notes.push(note);
    }
    Bars {
        common,
        names,
        series,
        format: Format::Auto,
    }
}

impl Bars {
    /// With `n` digits after the point.
    pub fn decimals(mut self, n: usize) -> Self {
        self.format = Format::Decimals(n.min(17));
        self
    }

    /// With percentages: 0.25 is `25%`, with `n` digits after the point.
    pub fn percent(mut self, n: usize) -> Self {
        self.format = Format::Percent(n.min(17));
        self
    }

    fn n(&self) -> usize {
        self.names.len().min(MOST)
    }

    /// The values that are shown.
    fn values(&self) -> impl Iterator<Item = f64> + Clone {
        let n = self.n();
        self.series.iter().flat_map(move |s| s.1.iter().take(n)).copied()
    }

    fn axis(&self, ticks: usize) -> Axis {
        let plan = Plan {
            log: false,
            from_zero: true,
            room: false,
            ticks,
        };
        Axis::fit(self.values(), plan)
    }

    fn legend(&self) -> Vec<Entry> {
        let named = self.series.iter().any(|s| !s.0.is_empty());
        let entry = |(i, s): (usize, &(String, _))| Entry {
            marker: Some(Marker::Square),
            ..Entry::of(i, &s.0)
        };
        let series = self.series.iter().enumerate().filter(|_| named);
        series.map(entry).collect()
    }

    /// The height of a name with its bars, and of one bar.
    fn heights(&self) -> (f64, f64) {
        match self.series.len() {
            0 | 1 => (ALONE + SPACE, ALONE),
            n => (GROUPED * n as f64 + SPACE, GROUPED),
        }
    }
}

impl Picture for Bars {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "bar chart"
    }

    fn draw(&self) -> Drawn<Canvas> {
        const WIDE: f64 = 720.0;
        let size = self.common.size.unwrap_or_else(|| {
            let taken = frame::taken(WIDE, &self.common, &self.legend(), &[]);
            let label = frame::label_room(&self.common.x_label);
            // A name of two lines needs more than a single bar.
            let long = self
                .names
                .iter()
                .any(|n| font::width(n, TEXT) > 0.4 * (WIDE - 16.0));
            let row = if long {
                self.heights().0.max(2.0 * TEXT * 1.15 + 6.0)
            } else {
                self.heights().0
            };
            let height = taken + label + frame::ROW + 6.0 + row * self.n().max(1) as f64;
            (WIDE as u32, height.ceil() as u32)
        });
        record(size, FINE, |area| self.draw_on(area, size))
    }

    fn text(&self) -> String {
        text::write(self)
    }
}
