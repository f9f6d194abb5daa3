//! Points that move while something learns: the frames of a film, side by side.
//!
//! A film is a row, and its frames follow each other from left to right. Several films stand under each
//! other, so that the same moment of each is in the same column. Nothing has to be clicked: all frames are
//! seen at once and can be compared, on paper and in an exported page, too. A slider would show one frame at
//! a time, and would need a script, which an exported page does not run.
//!
//! All frames of a film have one scale, the same for both axes, so distances can be compared from frame to
//! frame. Films have scales of their own, and each says how wide its frames are.

use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, WHITE};

use super::axis::drawable;
use super::canvas::{Area, Canvas, Drawn, FINE, Position};
use super::colour::{INK, LINE, SOFT, colour};
use super::data::{Points, names};
use super::drawing::record;
use super::font;
use super::frame::{self, Bounds, Common, ROW};
use super::ink::{self, Letters, Marker, TEXT};
use super::number::Format;
use super::picture::{Picture, picture};
use super::scatter::scatter;

/// The width of a picture if nothing else is said.
const WIDTH: u32 = 760;
/// Between two frames, in pixels.
const BETWEEN: f64 = 6.0;
/// Between two films, in pixels.
const APART: f64 = 10.0;

/// The frames of one or more films. [`film`] makes one.
#[derive(Clone)]
pub struct Film {
    common: Common,
    groups: Vec<String>,
    rows: Vec<Row>,
}

/// One film: its name, and its frames with their captions.
#[derive(Clone)]
struct Row {
    name: String,
    frames: Vec<(String, Vec<(f64, f64)>)>,
}

picture!(Film);

/// Films of the same points, whose groups have these names: one name for each point.
///
/// Each group has a colour and a marker, and its name stands at the mean of its points.
///
/// ```
/// use course::plot::film;
/// let films = film(["cat", "cat", "dog"])
///     .row("apart", [("start", [(0.0, 0.0), (1.0, 0.0), (0.5, 0.0)]), ("end", [(0.0, 0.0), (0.1, 0.0), (1.0, 0.0)])])
///     .row("together", [("start", [(0.0, 0.0), (1.0, 0.0), (0.5, 0.0)]), ("end", [(0.5, 0.0), (0.5, 0.0), (0.5, 0.0)])])
///     .title("Two ways to learn");
/// assert!(films.to_svg().contains(">end</text>"));
/// ```
pub fn film<S: AsRef<str>>(groups: impl IntoIterator<Item = S>) -> Film {
    Film {
        common: Common::default(),
        groups: names(groups),
        rows: Vec::new(),
    }
}

impl Film {
    /// With one more film under the others: its name, and its frames from the first to the last, each with
    /// its caption.
    pub fn row<S: Into<String>, P: Points>(
        mut self,
        name: impl Into<String>,
        frames: impl IntoIterator<Item = (S, P)>,
    ) -> Self {
        let name = name.into();
        let frames: Vec<_> = (frames.into_iter())
            .map(|(caption, points)| (caption.into(), points.points()))
            .collect();
        let n = self.groups.len();
        if let Some((caption, points)) = frames.iter().find(|(_, points)| points.len() != n) {
            let note = format!("{name}, {caption}: {} points, but {n} groups.", points.len());
            self.common.notes.push(note);
        }
        self.rows.push(Row { name, frames });
        self
    }

    /// The names of the groups in order of appearance, and the group of each point.
    fn grouped(&self) -> (Vec<&str>, Vec<usize>) {
        let mut order: Vec<&str> = Vec::new();
        let of_point = (self.groups.iter())
            .map(|name| {
                order.iter().position(|known| known == name).unwrap_or_else(|| {
                    order.push(name);
                    order.len() - 1
                })
            })
            .collect();
        (order, of_point)
    }

    /// The most frames that a film has.
    fn columns(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.frames.len())
            .max()
            .unwrap_or(0)
            .max(1)
    }

    /// The width and height of a frame in a picture that is `width` pixels wide.
    fn side(&self, width: f64) -> f64 {
        let n = self.columns() as f64;
        ((width - BETWEEN * (n - 1.0)) / n).clamp(24.0, 260.0)
    }

    fn draw_row(&self, area: &Area, row: &Row, (left, top): Position, side: f64) -> Drawn {
        let Window { middle, width } = row.window();
        let name = Letters {
            bold: true,
            ..Letters::new(INK, HPos::Left, VPos::Top)
        };
        name.text(area, &row.name, (left, top))?;
        let after = left + font::width(&row.name, TEXT) * font::BOLD + 10.0;
        let wide = Format::Auto
            .settle(std::iter::once(round(width)))
            .write(round(width));
        let says = format!("a frame is {wide} wide");
        Letters::new(SOFT, HPos::Left, VPos::Top).text(area, &says, (after, top))?;

        let (order, of_point) = self.grouped();
        let top = top + ROW;
        for (k, (caption, points)) in row.frames.iter().enumerate() {
            let corner = (left + k as f64 * (side + BETWEEN), top);
            let at = |(x, y): (f64, f64)| {
                let along = |v: f64, m: f64| (v - m) / width * side;
                (
                    corner.0 + side / 2.0 + along(x, middle.0),
                    corner.1 + side / 2.0 - along(y, middle.1),
                )
            };
            let end = (corner.0 + side, corner.1 + side);
            let edge = [corner, (end.0, corner.1), end, (corner.0, end.1), corner];
            ink::line(area, &edge, &LINE, 0.75)?;
            let radius = if points.len() > 150 { 1.8 } else { 2.4 };
            let mut means = vec![(0.0, 0.0, 0_usize); order.len()];
            for (&point, &group) in points.iter().zip(&of_point) {
                if is_drawable(point) {
                    Marker::of(group).draw(area, at(point), radius, &colour(group).mix(0.8), "")?;
                    let mean = &mut means[group];
                    *mean = (mean.0 + point.0, mean.1 + point.1, mean.2 + 1);
                }
            }
            let mut named: Vec<Position> = Vec::new();
            for (group, &(x, y, n)) in means.iter().enumerate().filter(|(_, mean)| mean.2 > 0) {
                let at = at((x / n as f64, y / n as f64));
                if named.iter().all(|other| far(*other, at)) {
                    draw_name(area, order[group], group, at, (corner, side))?;
                    named.push(at);
                }
            }
            let caption = font::cut(caption, TEXT, side);
            let below = (corner.0 + side / 2.0, end.1 + 2.0);
            Letters::new(SOFT, HPos::Center, VPos::Top).text(area, &caption, below)?;
        }
        Ok(())
    }
}

/// Whether two names at these places can both be read.
fn far(a: Position, b: Position) -> bool {
    (a.0 - b.0).abs() > TEXT || (a.1 - b.1).abs() > TEXT
}

/// Writes the name of a group at its mean, on a ground of the page's colour, inside of the frame.
fn draw_name(area: &Area, name: &str, group: usize, at: Position, (corner, side): (Position, f64)) -> Drawn {
    let name = font::cut(name, TEXT, side - 4.0);
    let half = (
        font::width(&name, TEXT) * font::BOLD / 2.0 + 1.5,
        TEXT / 2.0 + 1.0,
    );
    let inside = |v: f64, from: f64, half: f64| v.min(from + side - half - 1.0).max(from + half + 1.0);
    let at = (inside(at.0, corner.0, half.0), inside(at.1, corner.1, half.1));
    // A frame in the group's colour, and the name in ink on the page's colour: it can be read anywhere.
    for (by, ground) in [(1.0, colour(group).to_rgba()), (0.0, WHITE.to_rgba())] {
        let (from, to) = (
            (at.0 - half.0 - by, at.1 - half.1 - by),
            (at.0 + half.0 + by, at.1 + half.1 + by),
        );
        ink::rect(area, from, to, &ground, "")?;
    }
    let bold = Letters {
        bold: true,
        ..Letters::new(INK, HPos::Center, VPos::Center)
    };
    bold.text(area, &name, at)
}

/// What the frames of a film show: a square.
struct Window {
    middle: (f64, f64),
    width: f64,
}

impl Row {
    fn window(&self) -> Window {
        let all = || {
            self.frames
                .iter()
                .flat_map(|(_, points)| points)
                .copied()
                .filter(|&p| is_drawable(p))
        };
        let range = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            })
        };
        let (x, y) = (range(&mut all().map(|p| p.0)), range(&mut all().map(|p| p.1)));
        if x.0 > x.1 {
            return Window {
                middle: (0.0, 0.0),
                width: 1.0,
            };
        }
        let extent = (x.1 - x.0).max(y.1 - y.0);
        let width = if extent > 0.0 { extent * 1.12 } else { 1.0 };
        Window {
            middle: ((x.0 + x.1) / 2.0, (y.0 + y.1) / 2.0),
            width,
        }
    }
}

fn is_drawable((x, y): (f64, f64)) -> bool {
    drawable(x, false) && drawable(y, false)
}

/// To two digits.
fn round(v: f64) -> f64 {
    let unit = 10f64.powf(v.log10().floor() - 1.0);
    (v / unit).round() * unit
}

impl Picture for Film {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "film in frames"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let lost = (self.rows.iter().flat_map(|row| &row.frames))
            .flat_map(|(_, points)| points)
            .filter(|&&point| !is_drawable(point))
            .count();
        let notes = match lost {
            0 => Vec::new(),
            n => vec![format!(
                "{n} points are not shown: their coordinates are not numbers."
            )],
        };
        let width = self.common.size.map_or(WIDTH, |size| size.0);
        let around = frame::taken(f64::from(width), &self.common, &[], &notes);
        let side = self.side(f64::from(width) - 16.0);
        let each = side + 2.0 * ROW + APART;
        let height = around + each * self.rows.len().max(1) as f64;
        record((width, height as u32), FINE, |area| {
            let inner = frame::surround(
                area,
                Bounds::of((width, height as u32)),
                &self.common,
                &[],
                &notes,
            )?;
            if self.rows.is_empty() {
                return frame::nothing(area, inner);
            }
            for (i, row) in self.rows.iter().enumerate() {
                self.draw_row(area, row, (inner.left, inner.top + each * i as f64), side)?;
            }
            Ok(())
        })
    }

    /// The last frame of each film.
    fn text(&self) -> String {
        let last = |row: &Row| match row.frames.last() {
            None => format!("{}: no frames\n", row.name),
            Some((caption, points)) => (scatter(points).groups(&self.groups))
                .title(format!(
                    "{}: {caption}, the last of {} frames",
                    row.name,
                    row.frames.len()
                ))
                .to_string(),
        };
        let films: Vec<String> = self.rows.iter().map(last).collect();
        format!("{}\n{}", self.common.title, films.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::canvas::Form;

    const START: [(f64, f64); 3] = [(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)];

    fn circles(film: &Film) -> Vec<Position> {
        let drawn = film.draw().unwrap();
        let circle = |form: &Form| match form {
            Form::Circle { at, .. } => Some(*at),
            _ => None,
        };
        drawn
            .shapes
            .iter()
            .filter_map(|shape| circle(&shape.form))
            .collect()
    }

    #[test]
    fn all_frames_of_a_film_have_one_scale() {
        let half = START.map(|(x, y)| (x / 2.0, y / 2.0));
        let at = circles(&film(["a"; 3]).row("r", [("1", START), ("2", half)]));
        let apart = |i: usize, j: usize| (at[j].0 - at[i].0, at[j].1 - at[i].1);
        assert!(apart(0, 1).0 > 50.0 && apart(0, 1).1 == 0.0);
        // Both axes have it too. A position is exact to an eighth of a pixel.
        assert!((apart(0, 2).1 + apart(0, 1).0).abs() <= 0.25);
        assert!((apart(3, 4).0 * 2.0 - apart(0, 1).0).abs() <= 0.5);
    }

    #[test]
    fn a_film_of_its_own_scale_fills_its_frames() {
        let small = START.map(|(x, y)| (x / 1000.0, y / 1000.0));
        let at = circles(
            &film(["a"; 3])
                .row("large", [("1", START)])
                .row("small", [("1", small)]),
        );
        assert!((at[1].0 - at[0].0 - (at[4].0 - at[3].0)).abs() <= 0.25);
        assert!(at[3].1 > at[0].1 + 100.0, "the second film is under the first");
    }

    #[test]
    fn points_on_one_place_and_points_that_are_not_numbers_are_drawn_or_told() {
        let one = film(["a", "b", "c"]).row("r", [("1", [(2.0, 2.0); 3])]);
        let svg = one.to_svg();
        assert!(svg.contains(">a</text>") && !svg.contains(">b</text>") && !svg.contains("NaN"));
        let lost = film(["a"; 3]).row("r", [("1", [(f64::NAN, 0.0), (1.0, f64::INFINITY), (0.0, 0.0)])]);
        assert!(lost.to_svg().contains("2 points are not shown"));
        let short = film(["a"]).row("r", [("1", START)]);
        assert!(short.to_svg().contains("r, 1: 3 points, but 1 groups."));
        assert!(film(["a"]).to_svg().contains("nothing to show"));
    }

    #[test]
    fn in_characters_it_is_the_last_frame() {
        let text = film(["a"; 3])
            .row("pairs", [("step 0", START), ("step 9", START)])
            .to_string();
        assert!(
            text.contains("pairs: step 9, the last of 2 frames") && !text.contains("step 0"),
            "{text}"
        );
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
}
