//! How bars are drawn.

use super::Bars;
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use crate::plot::axis::drawable;
use crate::plot::canvas::{Area, Drawn};
use crate::plot::colour::{GRID, INK, LINE, SOFT, colour};
use crate::plot::font;
use crate::plot::frame::{self, Bounds};
use crate::plot::ink::{self, Letters, TEXT};
use crate::plot::number::Format;

impl Bars {
    pub(super) fn draw_on(&self, area: &Area, size: (u32, u32)) -> Drawn {
        let inner = frame::surround(area, Bounds::of(size), &self.common, &self.legend(), &[])?;
        let format = self.format.settle(self.values());
        let most = 0.4 * inner.width();
        let named: Vec<Vec<String>> = self.names[..self.n()]
            .iter()
            .map(|n| font::wrap(n, TEXT, most, 2))
            .collect();
        let widest = named
            .iter()
            .flatten()
            .map(|l| font::width(l, TEXT))
            .fold(0.0, f64::max);
        let digits = |negative: bool| {
            let there = self.values().filter(|v| v.is_finite() && (*v < 0.0) == negative);
            there
                .map(|v| font::width(&format.write(v), TEXT) + 8.0)
                .fold(4.0, f64::max)
        };
        let y_label = frame::label_room(&self.common.y_label);
        let x_label = frame::label_room(&self.common.x_label);
        let bounds = Bounds {
            left: inner.left
                + y_label
                + widest
                + 8.0
                + if self.values().any(|v| v < 0.0) {
                    digits(true)
                } else {
                    0.0
                },
            top: inner.top,
            right: inner.right - digits(false),
            bottom: inner.bottom - x_label - frame::ROW - 6.0,
        };
        let axis = self.axis((bounds.width() / 80.0) as usize);
        let place = |v: f64| bounds.left + axis.place(v) * bounds.width();
        let below = Letters::new(SOFT, HPos::Center, VPos::Top);
        for (v, label) in &axis.ticks {
            ink::line(
                area,
                &[(place(*v), bounds.top), (place(*v), bounds.bottom)],
                &GRID,
                1.0,
            )?;
            let label = if matches!(self.format, Format::Percent(_)) {
                self.format.write(*v)
            } else {
                label.clone()
            };
            below.text(area, &label, (place(*v), bounds.bottom + 5.0))?;
        }
        if self.n() == 0 {
            frame::nothing(area, bounds)?;
        }
        let row = bounds.height() / self.n().max(1) as f64;
        let (full, thick) = self.heights();
        let thick = thick * (row / full).min(2.0);
        for (i, lines) in named.iter().enumerate() {
            let middle = bounds.top + row * (i as f64 + 0.5);
            let step = if lines.len() as f64 * TEXT * 1.1 > row {
                row / lines.len() as f64
            } else {
                TEXT * 1.15
            };
            for (k, line) in lines.iter().enumerate() {
                let y = middle + step * (k as f64 - (lines.len() as f64 - 1.0) / 2.0);
                let right = inner.left + y_label + widest;
                Letters::new(INK, HPos::Right, VPos::Center).text(area, line, (right, y))?;
            }
            for (s, (series, values)) in self.series.iter().enumerate() {
                let Some(&v) = values.get(i) else { continue };
                let top = middle + thick * (s as f64 - self.series.len() as f64 / 2.0);
                let title = match series.as_str() {
                    "" => format!("{}: {}", self.names[i], format.write(v)),
                    series => format!("{}, {series}: {}", self.names[i], format.write(v)),
                };
                let (zero, end) = (place(0.0), if drawable(v, false) { place(v) } else { place(0.0) });
                let colour = colour(s).to_rgba();
                ink::rect(area, (zero, top), (end, top + thick - 1.0), &colour, &title)?;
                let (h, gap) = if v < 0.0 {
                    (HPos::Right, -4.0)
                } else {
                    (HPos::Left, 4.0)
                };
                let at = (end + gap, top + (thick - 1.0) / 2.0);
                Letters::new(SOFT, h, VPos::Center).text(area, &format.write(v), at)?;
            }
        }
        ink::line(
            area,
            &[(place(0.0), bounds.top), (place(0.0), bounds.bottom)],
            &LINE,
            1.0,
        )?;
        frame::name_x(
            area,
            inner,
            bounds,
            &self.common.x_label,
            (VPos::Bottom, inner.bottom),
        )?;
        frame::name_y(area, inner, bounds, &self.common.y_label)
    }
}
