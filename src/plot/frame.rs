//! What surrounds a picture: title, legend, axes, notes. It takes as much room as its text needs; the rest is
//! the plot.

use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::DrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBAColor};

use super::axis::Axis;
use super::canvas::{Area, Canvas, Drawn, Position};
use super::colour::{GRID, INK, LINE, SOFT, colour};
use super::drawing::record;
use super::font;
use super::ink::{self, Letters, Marker, TEXT, TITLE};

/// The empty border of every picture, in pixels.
const BORDER: f64 = 8.0;
/// From one line of text to the next.
pub(super) const ROW: f64 = TEXT * font::LEADING;

/// What every picture has, whatever it shows.
#[derive(Clone, Debug, Default)]
pub(super) struct Common {
    pub title: String,
    pub x_label: String,
    pub y_label: String,
    pub size: Option<(u32, u32)>,
    /// What the reader should know: what was left out, what does not fit together.
    pub notes: Vec<String>,
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Bounds {
    /// All of a picture of this size.
    pub(super) fn of((width, height): (u32, u32)) -> Self {
        Self {
            left: 0.0,
            top: 0.0,
            right: f64::from(width),
            bottom: f64::from(height),
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A line of the legend.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub name: String,
    pub colour: RGBAColor,
    pub marker: Option<Marker>,
    /// Whether there is a line through the marker.
    pub line: bool,
}

impl Entry {
    /// The entry of group number `i`.
    pub(super) fn of(i: usize, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            colour: colour(i).to_rgba(),
            marker: Some(Marker::of(i)),
            line: false,
        }
    }
}

/// Draws the title, the legend and the notes into `whole`, and returns what is left.
pub(super) fn surround(
    area: &Area,
    whole: Bounds,
    common: &Common,
    legend: &[Entry],
    notes: &[String],
) -> Drawn<Bounds> {
    let mut inner = Bounds {
        left: whole.left + BORDER,
        top: whole.top + BORDER,
        right: whole.right - BORDER,
        bottom: whole.bottom - BORDER,
    };
    let title = Letters {
        size: TITLE,
        bold: true,
        ..Letters::new(INK, HPos::Left, VPos::Top)
    };
    for line in font::wrap(&common.title, TITLE, inner.width() / font::BOLD, 3) {
        title.text(area, &line, (inner.left, inner.top))?;
        inner.top += TITLE * font::LEADING;
    }
    if !common.title.is_empty() {
        inner.top += 4.0;
    }
    inner.top = draw_legend(area, inner, legend)?;
    let lines: Vec<String> = (common.notes.iter().chain(notes))
        .flat_map(|note| font::wrap(note, TEXT, inner.width(), 3))
        .collect();
    inner.bottom -= ROW * lines.len() as f64;
    for (i, line) in (0..).zip(&lines) {
        let at = (inner.left, inner.bottom + ROW * f64::from(i) + 3.0);
        Letters::new(SOFT, HPos::Left, VPos::Top).text(area, line, at)?;
    }
    Ok(inner)
}

/// The height that [`surround`] needs in a picture of this width.
pub(super) fn taken(width: f64, common: &Common, legend: &[Entry], notes: &[String]) -> f64 {
    /// More than any of these need.
    const ROOM: f64 = 1000.0;
    let size = (width as u32, ROOM as u32);
    let mut inner = Bounds::of(size);
    let _ = record(size, 1.0, |area| {
        inner = surround(area, inner, common, legend, notes)?;
        Ok(())
    });
    ROOM - inner.height()
}

/// Draws the legend in as many rows as it needs, and returns where the rest begins.
fn draw_legend(area: &Area, inner: Bounds, legend: &[Entry]) -> Drawn<f64> {
    /// The most rows of a legend. The names of groups that do not fit are shown by hovering.
    const MOST_ROWS: usize = 6;
    const BETWEEN: f64 = 16.0;
    if legend.is_empty() {
        return Ok(inner.top);
    }
    let (mut x, mut row) = (inner.left, 0);
    for (i, entry) in legend.iter().enumerate() {
        let swatch = if entry.line { 30.0 } else { 17.0 };
        let name = font::cut(&entry.name, TEXT, inner.width() - swatch);
        let width = swatch + font::width(&name, TEXT);
        if x > inner.left && x + width > inner.right {
            (x, row) = (inner.left, row + 1);
        }
        let y = inner.top + (row as f64 + 0.5) * (ROW + 2.0);
        if row == MOST_ROWS - 1 && x + 2.0 * width + 60.0 > inner.right && i + 1 < legend.len() {
            let rest = format!("… and {} more", legend.len() - i);
            Letters::new(SOFT, HPos::Left, VPos::Center).text(area, &rest, (x, y))?;
            break;
        }
        if entry.line {
            ink::line(area, &[(x, y), (x + 24.0, y)], &entry.colour, 2.0)?;
        }
        if let Some(marker) = entry.marker {
            let middle = if entry.line { 12.0 } else { 5.5 };
            marker.draw(area, (x + middle, y), 4.5, &entry.colour, "")?;
        }
        Letters::new(INK, HPos::Left, VPos::Center).text(area, &name, (x + swatch, y))?;
        x += width + BETWEEN;
    }
    Ok(inner.top + (row as f64 + 1.0) * (ROW + 2.0) + 4.0)
}

/// A plot with two axes: plotters draws on it in the axes' own numbers.
pub(super) struct Plane {
    pub plot: DrawingArea<Canvas, Cartesian2d<Axis, Axis>>,
    pub bounds: Bounds,
}

impl Plane {
    /// Where a point is in the picture.
    pub(super) fn at(&self, x: f64, y: f64) -> Position {
        ink::pixels(self.plot.map_coordinate(&(x, y)))
    }
}

/// The room that the name of an axis takes.
pub(super) fn label_room(label: &str) -> f64 {
    if label.is_empty() { 0.0 } else { ROW + 4.0 }
}

/// Writes the name of the x axis over or under the middle of the plot, with its top or bottom at `y`.
pub(super) fn name_x(area: &Area, inner: Bounds, plot: Bounds, label: &str, (v, y): (VPos, f64)) -> Drawn {
    if label.is_empty() {
        return Ok(());
    }
    let label = font::cut(label, TEXT, inner.width());
    let half = font::width(&label, TEXT) / 2.0;
    // A long name may reach beyond the plot, but not beyond the picture.
    let middle = ((plot.left + plot.right) / 2.0)
        .min(inner.right - half)
        .max(inner.left + half);
    Letters::new(INK, HPos::Center, v).text(area, &label, (middle, y))
}

/// Writes the name of the y axis upwards at the left.
pub(super) fn name_y(area: &Area, inner: Bounds, plot: Bounds, label: &str) -> Drawn {
    if label.is_empty() {
        return Ok(());
    }
    let label = font::cut(label, TEXT, plot.height().max(60.0));
    let upwards = Letters {
        upwards: true,
        ..Letters::new(INK, HPos::Center, VPos::Top)
    };
    upwards.text(area, &label, (inner.left, (plot.top + plot.bottom) / 2.0))
}

/// Where the plot is when it has these axes inside `inner`.
pub(super) fn plot_bounds(inner: Bounds, common: &Common, x: &Axis, y: &Axis) -> Bounds {
    let widest = (y.ticks.iter().map(|t| font::width(&t.1, TEXT))).fold(0.0, f64::max);
    // Half of the last tick's label may stick out.
    let over = (x.ticks.iter().map(|t| {
        let place = x.place(t.0);
        font::width(&t.1, TEXT) / 2.0 - (1.0 - place) * inner.width() * 0.8
    }))
    .fold(2.0, f64::max);
    Bounds {
        left: inner.left + label_room(&common.y_label) + widest + 8.0,
        top: inner.top + 6.0,
        right: inner.right - over,
        bottom: inner.bottom - label_room(&common.x_label) - ROW - 6.0,
    }
}

/// Writes in the middle of an empty plot that there is nothing in it.
pub(super) fn nothing(area: &Area, bounds: Bounds) -> Drawn {
    let middle = (
        (bounds.left + bounds.right) / 2.0,
        (bounds.top + bounds.bottom) / 2.0,
    );
    Letters::new(SOFT, HPos::Center, VPos::Center).text(area, "nothing to show", middle)
}

/// Draws the axes into `bounds`, with their grid.
pub(super) fn axes(
    area: &Area,
    inner: Bounds,
    bounds: Bounds,
    common: &Common,
    x: Axis,
    y: Axis,
) -> Drawn<Plane> {
    let (left, top) = ink::fine((bounds.left, bounds.top));
    let (right, bottom) = ink::fine((bounds.right, bounds.bottom));
    let place_x = |v: f64| bounds.left + x.place(v) * bounds.width();
    let place_y = |v: f64| bounds.bottom - y.place(v) * bounds.height();
    let faint = GRID.mix(0.5);
    for &v in &x.minor {
        ink::line(
            area,
            &[(place_x(v), bounds.top), (place_x(v), bounds.bottom)],
            &faint,
            1.0,
        )?;
    }
    for &v in &y.minor {
        ink::line(
            area,
            &[(bounds.left, place_y(v)), (bounds.right, place_y(v))],
            &faint,
            1.0,
        )?;
    }
    for (v, _) in &x.ticks {
        ink::line(
            area,
            &[(place_x(*v), bounds.top), (place_x(*v), bounds.bottom)],
            &GRID,
            1.0,
        )?;
    }
    for (v, _) in &y.ticks {
        ink::line(
            area,
            &[(bounds.left, place_y(*v)), (bounds.right, place_y(*v))],
            &GRID,
            1.0,
        )?;
    }
    let corner = [
        (bounds.left, bounds.top),
        (bounds.left, bounds.bottom),
        (bounds.right, bounds.bottom),
    ];
    ink::line(area, &corner, &LINE, 1.0)?;

    let below = Letters::new(SOFT, HPos::Center, VPos::Top);
    let mut end = f64::NEG_INFINITY;
    for (v, label) in &x.ticks {
        let half = font::width(label, TEXT) / 2.0;
        if place_x(*v) - half > end + 4.0 {
            below.text(area, label, (place_x(*v), bounds.bottom + 5.0))?;
            end = place_x(*v) + half;
        }
    }
    let beside = Letters::new(SOFT, HPos::Right, VPos::Center);
    for (v, label) in &y.ticks {
        beside.text(area, label, (bounds.left - 6.0, place_y(*v)))?;
    }
    name_x(area, inner, bounds, &common.x_label, (VPos::Bottom, inner.bottom))?;
    name_y(area, inner, bounds, &common.y_label)?;
    let coordinates = Cartesian2d::new(x, y, (left..right, bottom..top));
    Ok(Plane {
        plot: area.apply_coord_spec(coordinates),
        bounds,
    })
}
