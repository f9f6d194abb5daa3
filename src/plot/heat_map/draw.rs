//! How cells, names and the colour bar are drawn.

use super::{Cells, HeatMap, MOST_WRITTEN};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::canvas::{Area, Drawn};
use crate::plot::colour::{GRID, INK, SOFT, Scale, text_on};
use crate::plot::frame::{self, Bounds};
use crate::plot::ink::{self, Letters, TEXT};
use crate::plot::number::Format;
use crate::plot::{axis::Axis, font};

/// Where everything is.
pub(super) struct Layout {
    pub(super) size: (u32, u32),
    names: f64,
    heads: f64,
    upright: bool,
    cell: (f64, f64),
    written: bool,
    format: Format,
}

/// The width of the colour bar with its numbers.
const BAR: f64 = 78.0;
/// The widest picture if no size is given.
const WIDE: f64 = 720.0;
const TALLEST: f64 = 900.0;

impl HeatMap {
    pub(super) fn layout(
        &self,
        cells: &Cells,
        rows: &[String],
        columns: &[String],
        notes: &[String],
    ) -> Layout {
        let (n_rows, n_columns) = (cells.rows.len().max(1), cells.n_columns.max(1));
        let widest = |names: &[String]| names.iter().map(|n| font::width(n, TEXT)).fold(0.0, f64::max);
        let format = self.format.settle(cells.rows.iter().flatten().copied());
        let all: Vec<String> = (cells.rows.iter().flatten())
            .filter(|v| v.is_finite())
            .map(|&v| format.write(v))
            .collect();
        let digits = widest(&all);
        let names = widest(rows).min(200.0);
        let beside = names + frame::label_room(&self.common.y_label) + BAR + 26.0;
        let room = self.common.size.map_or(WIDE, |s| f64::from(s.0)) - beside;
        let few = self.written.unwrap_or(n_rows * n_columns <= MOST_WRITTEN);
        let wanted = if few { (digits + 10.0).max(30.0) } else { 22.0 };
        let across = match self.common.size {
            Some(_) => room / n_columns as f64,
            None => wanted
                .max(widest(columns).min(56.0) + 8.0)
                .max(160.0 / n_columns as f64)
                .min(room / n_columns as f64),
        }
        .max(1.0);
        let upright = widest(columns) > across - 4.0;
        let heads = match (columns.is_empty(), upright) {
            (true, _) => 4.0,
            (_, true) => widest(columns).min(150.0) + 8.0,
            (_, false) => frame::ROW + 4.0,
        };
        let width = self
            .common
            .size
            .map_or(beside + across * n_columns as f64, |s| f64::from(s.0))
            .max(220.0);
        let taken = frame::taken(width, &self.common, &[], notes)
            + heads
            + frame::label_room(&self.common.x_label)
            + 4.0;
        let down = match self.common.size {
            Some(s) => (f64::from(s.1) - taken) / n_rows as f64,
            None => across
                .clamp(if few { 20.0 } else { 1.0 }, 28.0)
                .min((TALLEST - taken) / n_rows as f64),
        }
        .max(1.0);
        let height = (taken + down * n_rows as f64).max(120.0);
        let written = few && digits + 4.0 <= across && TEXT + 2.0 <= down;
        Layout {
            size: (width.ceil() as u32, height.ceil() as u32),
            names,
            heads,
            upright,
            cell: (across, down),
            written,
            format,
        }
    }

    pub(super) fn draw_on(
        &self,
        area: &Area,
        at: &Layout,
        notes: &[String],
        (cells, rows, columns): (&Cells, &[String], &[String]),
    ) -> Drawn {
        let inner = frame::surround(area, Bounds::of(at.size), &self.common, &[], notes)?;
        let left = inner.left + frame::label_room(&self.common.y_label) + at.names + 6.0;
        let top = inner.top + frame::label_room(&self.common.x_label) + at.heads;
        let (across, down) = at.cell;
        let bounds = Bounds {
            left,
            top,
            right: left + across * cells.n_columns as f64,
            bottom: top + down * cells.rows.len() as f64,
        };
        if cells.n_columns == 0 {
            return frame::nothing(area, inner);
        }
        let (scale, low, high) = self.colours();
        let colour = |v: f64| scale.at((v - low) / (high - low));
        for (i, row) in cells.rows.iter().enumerate() {
            for (j, &v) in row.iter().enumerate() {
                let a = (left + across * j as f64, top + down * i as f64);
                let title = hover(rows, columns, (i, j), v, self.format);
                if v.is_finite() {
                    ink::rect(area, a, (a.0 + across, a.1 + down), &colour(v).to_rgba(), &title)?;
                } else {
                    let faint = GRID.mix(0.4);
                    ink::rect(area, a, (a.0 + across, a.1 + down), &faint, &title)?;
                }
            }
        }
        if at.written {
            for (i, row) in cells.rows.iter().enumerate() {
                for (j, &v) in row.iter().enumerate().filter(|(_, v)| v.is_finite()) {
                    let middle = (left + across * (j as f64 + 0.5), top + down * (i as f64 + 0.5));
                    let look = Letters::new(text_on(colour(v)).to_rgba(), HPos::Center, VPos::Center);
                    look.text(area, &at.format.write(v), middle)?;
                }
            }
        }
        self.draw_names(area, at, inner, bounds, (rows, columns))?;
        draw_bar(area, bounds, scale, (low, high))
    }

    fn draw_names(
        &self,
        area: &Area,
        at: &Layout,
        inner: Bounds,
        b: Bounds,
        (rows, columns): (&[String], &[String]),
    ) -> Drawn {
        let (across, down) = at.cell;
        // Where rows are lower than a line of text, only some of them are named.
        let every = |cell: f64| ((TEXT + 2.0) / cell).ceil().max(1.0) as usize;
        let beside = Letters::new(INK, HPos::Right, VPos::Center);
        for (i, name) in rows.iter().enumerate().step_by(every(down)) {
            let y = b.top + down * (i as f64 + 0.5);
            if y < b.bottom {
                beside.text(area, &font::cut(name, TEXT, at.names), (b.left - 6.0, y))?;
            }
        }
        for (j, name) in columns.iter().enumerate().step_by(every(across)) {
            let x = b.left + across * (j as f64 + 0.5);
            if x > b.right {
                break;
            }
            if at.upright {
                let name = font::cut(name, TEXT, at.heads - 8.0);
                let look = Letters {
                    upwards: true,
                    ..Letters::new(INK, HPos::Left, VPos::Center)
                };
                look.text(area, &name, (x, b.top - 5.0))?;
            } else {
                Letters::new(INK, HPos::Center, VPos::Bottom).text(area, name, (x, b.top - 4.0))?;
            }
        }
        frame::name_x(area, inner, b, &self.common.x_label, (VPos::Top, inner.top))?;
        frame::name_y(area, inner, b, &self.common.y_label)
    }
}

/// What hovering over a cell shows.
fn hover(rows: &[String], columns: &[String], (i, j): (usize, usize), v: f64, format: Format) -> String {
    let name = |names: &[String], i: usize| names.get(i).cloned().unwrap_or_else(|| (i + 1).to_string());
    let number = match v.is_nan() {
        true => "no number".to_owned(),
        false => match format {
            Format::Auto => Format::Auto.settle(std::iter::once(v)).write(v),
            asked => asked.write(v),
        },
    };
    format!("{}, {}: {number}", name(rows, i), name(columns, j))
}

/// The colour bar at the right of the cells.
fn draw_bar(area: &Area, b: Bounds, scale: Scale, (low, high): (f64, f64)) -> Drawn {
    const STEPS: usize = 64;
    const WIDTH: f64 = 14.0;
    let left = b.right + 14.0;
    let height = (b.bottom - b.top).max(60.0);
    let step = height / STEPS as f64;
    for i in 0..STEPS {
        let bottom = b.top + height - step * i as f64;
        let colour = scale.at((i as f64 + 0.5) / STEPS as f64).to_rgba();
        ink::rect(area, (left, bottom - step), (left + WIDTH, bottom), &colour, "")?;
    }
    let axis = Axis::over(low, high, false, (height / 40.0).min(8.0) as usize);
    let look = Letters::new(SOFT, HPos::Left, VPos::Center);
    for (v, name) in &axis.ticks {
        let y = b.top + height * (1.0 - axis.place(*v));
        ink::line(area, &[(left + WIDTH, y), (left + WIDTH + 3.0, y)], &SOFT, 1.0)?;
        look.text(area, name, (left + WIDTH + 6.0, y))?;
    }
    Ok(())
}
