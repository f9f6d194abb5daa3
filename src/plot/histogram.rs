//! How many numbers fall into each of several equally wide bins.

use plotters::style::Color;

use super::axis::{Axis, Plan, drawable};
use super::bars::write_bars;
use super::canvas::{Area, Canvas, Drawn, FINE};
use super::colour::colour;
use super::data::{Value, numbers};
use super::drawing::record;
use super::frame::{self, Bounds, Common};
use super::ink;
use super::number::Format;
use super::picture::{Picture, picture};
use super::width::{pad_left, width};

/// The most bins that can be told apart in a picture.
const MOST_BINS: usize = 200;

/// How many numbers fall into each bin. [`histogram`] makes one.
#[derive(Clone)]
pub struct Histogram {
    common: Common,
    /// The values that can be drawn, in ascending order.
    values: Vec<f64>,
    n_bins: Option<usize>,
    range: Option<(f64, f64)>,
}

picture!(Histogram);

/// How many of `values` fall into each of several bins.
///
/// The bins are as wide as Freedman and Diaconis (1981) advise, unless [`bins`](Histogram::bins) says how
/// many there are. That width is twice the extent of the middle half over the cube root of the number of
/// values. Each bin includes its lower end, and the last one its upper end too.
///
/// ```
/// use course::plot::histogram;
/// let h = histogram([1, 2, 2, 3, 3, 3, 4]).bins(3);
/// assert_eq!(h.counts(), [1, 2, 4]);
/// assert_eq!(h.edges(), [1.0, 2.0, 3.0, 4.0]);
/// assert!(h.to_svg().contains("<title>2 to 3: 2</title>"));
/// ```
pub fn histogram(values: impl IntoIterator<Item: Value>) -> Histogram {
    let mut values = numbers(values);
    let n = values.len();
    values.retain(|&v| drawable(v, false));
    values.sort_unstable_by(f64::total_cmp);
    let mut common = Common::default();
    match n - values.len() {
        0 => {}
        1 => common
            .notes
            .push("1 value is not a number and not counted.".to_owned()),
        lost => common
            .notes
            .push(format!("{lost} values are not numbers and not counted.")),
    }
    common.y_label = "count".to_owned();
    Histogram {
        common,
        values,
        n_bins: None,
        range: None,
    }
}

impl Histogram {
    /// With this many bins: at least 1, at most 200.
    pub fn bins(mut self, n: usize) -> Self {
        self.n_bins = Some(n.clamp(1, MOST_BINS));
        self
    }

    /// With bins from `low` to `high`; values outside are not counted, and the picture says so.
    pub fn range(mut self, low: f64, high: f64) -> Self {
        if drawable(low, false) && drawable(high, false) && low != high {
            let (low, high) = (low.min(high), low.max(high));
            let outside = self.values.iter().filter(|&&v| v < low || v > high).count();
            if outside > 0 {
                self.common.notes.push(format!("Outside of the bins: {outside}."));
            }
            self.range = Some((low, high));
        }
        self
    }

    /// Where the bins begin and end.
    fn extent(&self) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        match (self.values.first(), self.values.last()) {
            (Some(&low), Some(&high)) if low < high => (low, high),
            (Some(&v), _) => (v - 0.5f64.max(v.abs() * 1e-6), v + 0.5f64.max(v.abs() * 1e-6)),
            _ => (0.0, 1.0),
        }
    }

    fn n_bins(&self) -> usize {
        if let Some(n) = self.n_bins {
            return n;
        }
        let (low, high) = self.extent();
        let n = self.values.len();
        let quantile = |q: f64| {
            self.values
                .get((q * (n.saturating_sub(1)) as f64) as usize)
                .copied()
                .unwrap_or(0.0)
        };
        let width = 2.0 * (quantile(0.75) - quantile(0.25)) / (n as f64).cbrt();
        let bins = match width > 0.0 {
            true => ((high - low) / width).ceil(),
            // Half of the values are the same: Sturges' rule needs no width.
            false => (n.max(1) as f64).log2().ceil() + 1.0,
        };
        bins.clamp(1.0, MOST_BINS as f64) as usize
    }

    /// The ends of the bins: one more number than there are bins.
    pub fn edges(&self) -> Vec<f64> {
        let ((low, high), n) = (self.extent(), self.n_bins());
        let edge = |i: usize| match i == n {
            true => high,
            false => low + (high - low) * (i as f64 / n as f64),
        };
        (0..=n).map(edge).collect()
    }

    /// How many values are in each bin.
    pub fn counts(&self) -> Vec<usize> {
        let edges = self.edges();
        let (last, n) = (edges[edges.len() - 1], edges.len() - 1);
        let below = |e: f64| self.values.partition_point(|&v| v < e);
        let mut counts: Vec<usize> = edges.windows(2).map(|e| below(e[1]) - below(e[0])).collect();
        counts[n - 1] += self.values.partition_point(|&v| v <= last) - below(last);
        counts
    }

    fn draw_on(&self, area: &Area, size: (u32, u32)) -> Drawn {
        let inner = frame::surround(area, Bounds::of(size), &self.common, &[], &[])?;
        let (edges, counts) = (self.edges(), self.counts());
        let plan = |ticks, from_zero| Plan {
            log: false,
            from_zero,
            room: true,
            ticks,
        };
        let x = Axis::fit(
            edges.iter().copied(),
            plan((inner.width() / 90.0) as usize, false),
        );
        let y = Axis::fit(
            counts.iter().map(|&c| c as f64),
            plan((inner.height() / 50.0) as usize, true),
        )
        .whole();
        let bounds = frame::plot_bounds(inner, &self.common, &x, &y);
        let plane = frame::axes(area, inner, bounds, &self.common, x, y)?;
        if self.values.is_empty() {
            frame::nothing(area, bounds)?;
        }
        let format = Format::Auto.settle(edges.iter().copied());
        for (ends, &count) in edges.windows(2).zip(&counts) {
            let (a, b) = (plane.at(ends[0], 0.0), plane.at(ends[1], count as f64));
            // A thin gap keeps neighbouring bars apart, unless they are that narrow themselves.
            let space = if b.0 - a.0 > 4.0 { 1.0 } else { 0.0 };
            let title = format!("{} to {}: {count}", format.write(ends[0]), format.write(ends[1]));
            ink::rect(area, a, (b.0 - space, b.1), &colour(0).to_rgba(), &title)?;
        }
        Ok(())
    }
}

impl Picture for Histogram {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "histogram"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let size = self.common.size.unwrap_or((720, 360));
        record(size, FINE, |area| self.draw_on(area, size))
    }

    fn text(&self) -> String {
        /// The number of lines that a terminal shows at once.
        const MOST_LINES: usize = 40;
        if self.n_bins() > MOST_LINES {
            return self.clone().bins(MOST_LINES).text();
        }
        let edges = self.edges();
        let format = Format::Auto.settle(edges.iter().copied());
        let edges: Vec<String> = edges.into_iter().map(|e| format.write(e)).collect();
        let digits = edges.iter().map(|e| width(e)).max().unwrap_or(0);
        let rows: Vec<(String, f64)> = (edges.windows(2).zip(self.counts()))
            .map(|(e, count)| {
                let name = format!("{} to {}", pad_left(&e[0], digits), pad_left(&e[1], digits));
                (name, count as f64)
            })
            .collect();
        write_bars(&self.common, "", &rows, Format::Decimals(0))
    }
}
