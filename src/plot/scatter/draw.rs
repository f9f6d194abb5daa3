//! How points, arrows and labels are drawn.

use super::{MOST_POINTS, Scatter};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBAColor};

use crate::plot::canvas::{Area, Drawn, Position};
use crate::plot::colour::{INK, LINE, SOFT, colour};
use crate::plot::font;
use crate::plot::frame::{self, Bounds, Entry, Plane};
use crate::plot::ink::{self, Letters, Marker, TEXT};
use crate::plot::labels::{self, Obstacles, Want};

/// A label is cut to this width, in pixels.
const WIDEST: f64 = 160.0;
/// The height of a label's letters.
const TALL: f64 = TEXT + 1.0;

impl Scatter {
    /// The radius of each point.
    fn radii(&self, drawn: &[usize]) -> Vec<f64> {
        let usual = match drawn.len() {
            0..=200 => 4.5,
            201..=1000 => 3.5,
            _ => 2.5,
        };
        let largest = self
            .sizes
            .iter()
            .copied()
            .filter(|s| s.is_finite())
            .fold(0.0, f64::max);
        let radius = |i: &usize| match self.sizes.get(*i) {
            Some(&s) if s > 0.0 && largest > 0.0 => 2.5 + 11.5 * (s / largest).min(1.0).sqrt(),
            Some(_) => 2.5,
            None => usual,
        };
        drawn.iter().map(radius).collect()
    }

    /// A size at which the labels have room.
    pub(super) fn room(&self) -> (u32, u32) {
        /// The fraction of a plot that labels can cover and still find places.
        const COVERED: f64 = 0.2;
        let (width, height) = (720.0, 480.0);
        let label = |l: &String| (font::width(l, TEXT).min(WIDEST) + 8.0) * (TALL + 6.0);
        let needed = self
            .labels
            .iter()
            .filter(|l| !l.is_empty())
            .map(label)
            .sum::<f64>()
            / COVERED;
        let factor = (needed / (width * height)).max(1.0).sqrt();
        let wide = (width * factor).min(900.0);
        ((wide as u32), (needed / wide).clamp(height, 900.0) as u32)
    }

    /// Draws everything, and returns how many labels have no place. If asked to, it also says so in the
    /// picture.
    pub(super) fn draw_on(&self, area: &Area, size: (u32, u32), notes: &[String], say: bool) -> Drawn<usize> {
        let drawn = self.drawn();
        let (names, groups) = self.grouped();
        let legend: Vec<Entry> = match names.len() {
            0 => Vec::new(),
            _ => names
                .iter()
                .enumerate()
                .map(|(i, name)| Entry::of(i, name))
                .collect(),
        };
        let mut inner = frame::surround(area, Bounds::of(size), &self.common, &legend, notes)?;
        let below = inner.bottom;
        if say {
            inner.bottom -= frame::ROW;
        }
        let (n_x, n_y) = ((inner.width() / 90.0) as usize, (inner.height() / 55.0) as usize);
        let (mut x, mut y) = self.axes(&drawn, (n_x, n_y));
        let bounds = frame::plot_bounds(inner, &self.common, &x, &y);
        if self.same_scale && !x.is_log() && !y.is_log() {
            let (across, up) = (x.extent() / bounds.width(), y.extent() / bounds.height());
            if across < up {
                x = x.widened(up / across, n_x);
            } else {
                y = y.widened(across / up, n_y);
            }
        }
        let plane = frame::axes(area, inner, bounds, &self.common, x, y)?;
        if drawn.is_empty() {
            frame::nothing(area, bounds)?;
        }

        let places: Vec<Position> = drawn
            .iter()
            .map(|&i| plane.at(self.points[i].0, self.points[i].1))
            .collect();
        let radii = self.radii(&drawn);
        let arrows = self.draw_arrows(area, &plane)?;
        let seen = thinned(&places, |k| !self.label(drawn[k]).is_empty());
        let alpha = if drawn.len() > 1000 { 0.85 } else { 1.0 };
        for &k in &seen {
            let i = drawn[k];
            let name = names.get(groups[i]).copied().unwrap_or("");
            let colour = colour(groups[i]).mix(alpha);
            Marker::of(groups[i]).draw(area, places[k], radii[k], &colour, &self.hover(i, name))?;
        }

        let labelled: Vec<usize> = seen
            .iter()
            .copied()
            .filter(|&k| !self.label(drawn[k]).is_empty())
            .collect();
        let texts: Vec<String> = labelled
            .iter()
            .map(|&k| font::cut(self.label(drawn[k]), TEXT, WIDEST))
            .collect();
        let wants: Vec<Want> = (labelled.iter().zip(&texts))
            .map(|(&k, text)| Want {
                at: places[k],
                radius: radii[k],
                size: (font::width(text, TEXT), TALL),
            })
            .collect();
        let dots: Vec<(Position, f64)> = seen.iter().map(|&k| (places[k], radii[k])).collect();
        let obstacles = Obstacles {
            dots: &dots,
            lines: &arrows,
        };
        let lost = draw_labels(area, &wants, &texts, obstacles, plane.bounds)?;
        if say && lost > 0 {
            let labels = if lost == 1 { "label" } else { "labels" };
            let note = format!("{lost} {labels} did not fit; hover over the points.");
            Letters::new(SOFT, HPos::Left, VPos::Bottom).text(area, &note, (inner.left, below))?;
        }
        Ok(lost)
    }

    /// Draws the arrows, and returns where they are.
    fn draw_arrows(&self, area: &Area, plane: &Plane) -> Drawn<Vec<(Position, Position)>> {
        let colour: RGBAColor = colour(1).to_rgba();
        let mut lines = Vec::new();
        for &(a, b) in self
            .arrows
            .iter()
            .filter(|&&(a, b)| self.drawable(a) && self.drawable(b))
        {
            let at = |i: usize| plane.at(self.points[i].0, self.points[i].1);
            if let Some(line) = arrow(area, at(a), at(b), &colour)? {
                lines.push(line);
            }
        }
        Ok(lines)
    }
}

/// Draws labels where they have room, and returns how many have none.
fn draw_labels(
    area: &Area,
    wants: &[Want],
    texts: &[String],
    obstacles: Obstacles<'_>,
    inside: Bounds,
) -> Drawn<usize> {
    let puts = labels::place(wants, obstacles, inside);
    for (from, to) in puts.iter().flatten().filter_map(|put| put.leader) {
        ink::line(area, &[from, to], &LINE, 0.75)?;
    }
    for (put, text) in puts.iter().zip(texts) {
        if let Some(put) = put {
            let corner = (put.bounds.left, put.bounds.top + 0.5);
            Letters::new(INK, HPos::Left, VPos::Top).text(area, text, corner)?;
        }
    }
    Ok(puts.iter().filter(|put| put.is_none()).count())
}

/// Draws an arrow between two points, with a little room at each end, and returns where it is.
fn arrow(
    area: &Area,
    from: Position,
    to: Position,
    colour: &RGBAColor,
) -> Drawn<Option<(Position, Position)>> {
    /// The room before a point, then the length of the head and half its width.
    const ROOM: f64 = 7.0;
    const HEAD: (f64, f64) = (10.0, 4.0);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length < 2.0 * ROOM + HEAD.0 {
        return Ok(None);
    }
    let along = |d: f64, aside: f64| {
        let (ux, uy) = (dx / length, dy / length);
        (from.0 + d * ux - aside * uy, from.1 + d * uy + aside * ux)
    };
    let (start, tip, neck) = (ROOM, length - ROOM, length - ROOM - HEAD.0);
    ink::line(area, &[along(start, 0.0), along(neck + 1.0, 0.0)], colour, 2.0)?;
    let head = [along(tip, 0.0), along(neck, HEAD.1), along(neck, -HEAD.1)];
    area.draw(&plotters::element::Polygon::new(head.map(ink::fine), *colour))?;
    Ok(Some((along(start, 0.0), along(tip, 0.0))))
}

/// The numbers of the places to draw: all of them if they are not too many, otherwise one in each square of
/// two pixels and those that `must` be drawn.
fn thinned(places: &[Position], must: impl Fn(usize) -> bool) -> Vec<usize> {
    if places.len() <= MOST_POINTS {
        return (0..places.len()).collect();
    }
    let mut taken = std::collections::HashSet::new();
    let mut first = |p: Position| taken.insert(((p.0 / 2.0) as i32, (p.1 / 2.0) as i32));
    let mut seen: Vec<usize> = (0..places.len())
        .filter(|&k| first(places[k]) || must(k))
        .collect();
    let step = seen.len().div_ceil(2 * MOST_POINTS);
    let mut n = 0;
    seen.retain(|&k| {
        n += 1;
        must(k) || n % step == 0
    });
    seen
}
