//! Bars in characters.

use super::Bars;
use crate::plot::axis::{Axis, Plan};
use crate::plot::blocks::bar;
use crate::plot::chars::{COLUMNS, sign};
use crate::plot::frame::Common;
use crate::plot::number::Format;
use crate::plot::width::{cut, one_line, pad_left, pad_right, width};

/// A chart for a terminal.
pub(super) fn write(bars: &Bars) -> String {
    let many = bars.series.len() > 1;
    let widest = bars.names[..bars.n()]
        .iter()
        .map(|n| width(&one_line(n)))
        .max()
        .unwrap_or(0)
        .min(28);
    let rows: Vec<(String, f64)> = (0..bars.n())
        .flat_map(|i| {
            bars.series
                .iter()
                .enumerate()
                .filter_map(move |(s, (_, values))| {
                    let name = if s == 0 {
                        bars.names[i].clone()
                    } else {
                        String::new()
                    };
                    let name = match many {
                        true => format!(
                            "{} {}",
                            pad_right(&cut(&one_line(&name), widest), widest),
                            sign(s)
                        ),
                        false => name,
                    };
                    values.get(i).map(|&v| (name, v))
                })
        })
        .collect();
    let legend: Vec<String> = (bars.series.iter().enumerate())
        .filter(|_| many)
        .map(|(s, (name, _))| format!("{} {}", sign(s), one_line(name)))
        .collect();
    write_bars(
        &bars.common,
        &legend.join("   "),
        &rows,
        bars.format.settle(bars.values()),
    )
}

/// Bars in characters: the name, the bar, the number.
pub(in crate::plot) fn write_bars(
    common: &Common,
    legend: &str,
    rows: &[(String, f64)],
    format: Format,
) -> String {
    let names = rows
        .iter()
        .map(|r| width(&one_line(&r.0)))
        .max()
        .unwrap_or(0)
        .min(30);
    let digits = rows.iter().map(|r| width(&format.write(r.1))).max().unwrap_or(0);
    let room = COLUMNS.saturating_sub(names + digits + 4).max(8);
    let plan = Plan {
        log: false,
        from_zero: true,
        room: false,
        ticks: 2,
    };
    let axis = Axis::fit(rows.iter().map(|r| r.1), plan);
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    for text in [&common.title, legend, &common.y_label] {
        if !text.is_empty() {
            line(&cut(&one_line(text), COLUMNS));
        }
    }
    for (name, v) in rows {
        let name = pad_right(&cut(&one_line(name), names), names);
        let end = if v.is_finite() {
            axis.place(*v)
        } else {
            axis.place(0.0)
        };
        let bar = pad_right(&bar(end, axis.place(0.0), room), room);
        line(&format!("{name}  {bar}  {}", pad_left(&format.write(*v), digits)));
    }
    if !common.x_label.is_empty() {
        line(&cut(
            &format!("{}  {}", " ".repeat(names), one_line(&common.x_label)),
            COLUMNS,
        ));
    }
    for note in &common.notes {
        line(&cut(&one_line(note), COLUMNS));
    }
    out
}
