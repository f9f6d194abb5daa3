//! Curves: losses by step, ranks against counts, anything against anything.

use plotters::element::PathElement;
use plotters::style::Color;

use super::axis::{Axis, Plan, drawable, lost_points};
use super::canvas::{Area, Canvas, Drawn, FINE, Position, titled};
use super::chars::{self, Sheet};
use super::colour::colour;
use super::data::Points;
use super::drawing::record;
use super::frame::{self, Bounds, Common, Entry, Plane};
use super::ink::{self, Marker};
use super::number::Format;
use super::picture::{Picture, picture};

/// Curves with at most this many points get a marker at each of them.
const MOST_MARKERS: usize = 30;
/// Curves with at most this many points show the numbers of a point on hovering.
const MOST_HOVERED: usize = 400;

/// Curves in one plot. [`curves`] makes one.
#[derive(Clone)]
pub struct Curves {
    common: Common,
    lines: Vec<Line>,
    log: (bool, bool),
    from_zero: bool,
    markers: Option<bool>,
}

/// A name, and points.
type Line = (String, Vec<(f64, f64)>);

picture!(Curves);

/// A plot for curves; [`line`](Curves::line) adds them.
///
/// ```
/// use course::plot::curves;
/// let picture = curves().line("train", [3.0, 2.0, 1.5]).line("test", [3.1, 2.4, 2.3]).x_label("epoch").y_label("loss");
/// assert!(picture.to_svg().contains("<title>test: (2, 2.3)</title>"));
/// assert!(picture.to_string().starts_with("• train   + test\n"));
/// ```
pub fn curves() -> Curves {
    Curves {
        common: Common::default(),
        lines: Vec::new(),
        log: (false, false),
        from_zero: false,
        markers: None,
    }
}

impl Curves {
    /// With one more curve, through these points in their order, or through numbers at 0, 1, 2, …. It is
    /// interrupted where a number is missing (NaN).
    pub fn line(mut self, name: impl Into<String>, points: impl Points) -> Self {
        self.lines.push((name.into(), points.points()));
        self
    }

    /// With a logarithmic x axis; points that are not above zero are not drawn.
    pub fn log_x(mut self) -> Self {
        self.log.0 = true;
        self
    }

    /// With a logarithmic y axis; points that are not above zero are not drawn.
    pub fn log_y(mut self) -> Self {
        self.log.1 = true;
        self
    }

    /// With a y axis that begins at zero.
    pub fn from_zero(mut self) -> Self {
        self.from_zero = true;
        self
    }

    /// With or without a marker at each point. Without this, curves of at most 30 points have them.
    pub fn markers(mut self, markers: bool) -> Self {
        self.markers = Some(markers);
        self
    }

    fn drawable(&self, &(x, y): &(f64, f64)) -> bool {
        drawable(x, self.log.0) && drawable(y, self.log.1)
    }

    fn axes(&self, ticks: (usize, usize)) -> (Axis, Axis) {
        let all = || self.lines.iter().flat_map(|l| &l.1).filter(|p| self.drawable(p));
        let plan = |log, ticks, from_zero| Plan {
            log,
            from_zero,
            room: true,
            ticks,
        };
        let x = Axis::fit(all().map(|p| p.0), plan(self.log.0, ticks.0, false));
        let y = Axis::fit(all().map(|p| p.1), plan(self.log.1, ticks.1, self.from_zero));
        (x, y)
    }

    fn notes(&self) -> Vec<String> {
        let points = self.lines.iter().flat_map(|l| &l.1);
        let lost = points.filter(|p| !self.drawable(p)).count();
        lost_points(lost, self.log).into_iter().collect()
    }

    fn legend(&self) -> Vec<Entry> {
        let named = self.lines.iter().any(|l| !l.0.is_empty());
        let entry = |(i, line): (usize, &Line)| Entry {
            line: true,
            marker: self.every(line.1.len()).map(|_| Marker::of(i)),
            ..Entry::of(i, &line.0)
        };
        let lines = self.lines.iter().enumerate().filter(|_| named);
        lines.map(entry).collect()
    }

    /// How many points there are for one marker on a curve of `n` points. A long curve among others has a few
    /// markers, so that it can be told by them as well as by its colour.
    fn every(&self, n: usize) -> Option<usize> {
        /// Markers on a long curve.
        const FEW: usize = 8;
        match self.markers {
            Some(markers) => markers.then_some(1),
            None if n <= MOST_MARKERS => Some(1),
            None => (self.lines.len() > 1).then_some(n / FEW),
        }
    }

    fn draw_on(&self, area: &Area, size: (u32, u32)) -> Drawn {
        let (legend, notes) = (self.legend(), self.notes());
        let inner = frame::surround(area, Bounds::of(size), &self.common, &legend, &notes)?;
        let (x, y) = self.axes(((inner.width() / 90.0) as usize, (inner.height() / 50.0) as usize));
        let bounds = frame::plot_bounds(inner, &self.common, &x, &y);
        let plane = frame::axes(area, inner, bounds, &self.common, x, y)?;
        if !self.lines.iter().flat_map(|l| &l.1).any(|p| self.drawable(p)) {
            frame::nothing(area, bounds)?;
        }
        for i in 0..self.lines.len() {
            self.draw_line(area, &plane, i)?;
        }
        Ok(())
    }

    fn draw_line(&self, area: &Area, plane: &Plane, i: usize) -> Drawn {
        let (name, points) = &self.lines[i];
        let colour = colour(i).to_rgba();
        let pieces = points.split(|p| !self.drawable(p));
        for piece in pieces.filter(|piece| piece.len() > 1) {
            let places: Vec<Position> = piece.iter().map(|p| plane.at(p.0, p.1)).collect();
            let path: Vec<(i32, i32)> = thinned(&places).into_iter().map(ink::fine).collect();
            let element = PathElement::new(path, colour.stroke_width(ink::length(2.0) as u32));
            match name.as_str() {
                "" => area.draw(&element)?,
                name => area.draw(&titled(name, element))?,
            }
        }
        let alone = |k: usize| {
            let there = |k: Option<usize>| k.and_then(|k| points.get(k)).is_some_and(|p| self.drawable(p));
            !there(k.checked_sub(1)) && !there(Some(k + 1))
        };
        let every = self.every(points.len());
        // Curves in one plot have their markers at different places.
        let first = every.map_or(0, |n| n * (2 * i + 1) / (2 * self.lines.len()));
        let marked = |k: usize| every.is_some_and(|n| k % n == first % n);
        for (k, p) in points.iter().enumerate().filter(|(_, p)| self.drawable(p)) {
            let at = plane.at(p.0, p.1);
            if marked(k) || alone(k) {
                Marker::of(i).draw(area, at, 4.0, &colour, &hover(name, p))?;
            } else if points.len() <= MOST_HOVERED {
                // Invisible, but the pointer can find it.
                Marker::Circle.draw(area, at, 5.0, &colour.mix(0.001), &hover(name, p))?;
            }
        }
        Ok(())
    }
}

/// What hovering over a point shows.
fn hover(name: &str, &(x, y): &(f64, f64)) -> String {
    let short = |v: f64| match v == v.trunc() && v.abs() < 1e15 {
        true => Format::Decimals(0).write(v),
        false => Format::Auto.settle(std::iter::once(v)).write(v),
    };
    let place = format!("({}, {})", short(x), short(y));
    if name.is_empty() {
        place
    } else {
        format!("{name}: {place}")
    }
}

/// A path that looks the same with at most four points for each column of pixels: the first, the lowest, the
/// highest and the last.
fn thinned(places: &[Position]) -> Vec<Position> {
    if places.len() < 2000 {
        return places.to_vec();
    }
    let mut out = Vec::new();
    for column in places.chunk_by(|a, b| a.0.floor() == b.0.floor()) {
        let index = |better: fn(f64, f64) -> bool| {
            let of_two = |best: usize, k: usize| match better(column[k].1, column[best].1) {
                true => k,
                false => best,
            };
            (1..column.len()).fold(0, of_two)
        };
        let mut kept = [0, index(|a, b| a < b), index(|a, b| a > b), column.len() - 1];
        kept.sort_unstable();
        let distinct = (0..4).filter(|&k| k == 0 || kept[k] != kept[k - 1]);
        out.extend(distinct.map(|k| column[kept[k]]));
    }
    out
}

impl Picture for Curves {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "plot of curves"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let size = self.common.size.unwrap_or((720, 420));
        record(size, FINE, |area| self.draw_on(area, size))
    }

    fn text(&self) -> String {
        let (x, y) = self.axes((6, 5));
        let mut sheet = Sheet::new(&x, &y);
        for (i, (_, points)) in self.lines.iter().enumerate() {
            for ends in points
                .windows(2)
                .filter(|ends| ends.iter().all(|p| self.drawable(p)))
            {
                let [(x0, y0), (x1, y1)] = [ends[0], ends[1]].map(|p| (x.place(p.0), y.place(p.1)));
                // Every column between the two, on the straight line between them.
                let n = ((x1 - x0).abs() * sheet.columns() as f64).ceil().max(1.0);
                for k in 0..=(n as usize) {
                    let part = k as f64 / n;
                    let at = (x0 + part * (x1 - x0), y0 + part * (y1 - y0));
                    sheet.mark(x.number(at.0), y.number(at.1), chars::sign(i));
                }
            }
            for p in points.iter().filter(|p| self.drawable(p)) {
                sheet.mark(p.0, p.1, chars::sign(i));
            }
        }
        let named = self.lines.iter().any(|l| !l.0.is_empty());
        let entries = self.lines.iter().enumerate().filter(|_| named);
        let legend: Vec<(char, String)> = entries.map(|(i, l)| (chars::sign(i), l.0.clone())).collect();
        sheet.finish(&self.common, &legend, &self.notes())
    }
}
