//! A heat map in characters.

use super::HeatMap;
use crate::plot::number::Format;
use crate::plot::table::{Column, Table};
use crate::plot::width::{cut, one_line, pad_right, width};

/// As a table if there is room for the numbers, otherwise in shades.
pub(super) fn write(map: &HeatMap) -> String {
    let (n_rows, n_columns) = (map.cells.rows.len(), map.cells.n_columns);
    let format = map.format.settle(map.cells.rows.iter().flatten().copied());
    let digits = (map.cells.rows.iter().flatten())
        .map(|&v| width(&format.write(v)))
        .max()
        .unwrap_or(0);
    let head = |j: usize| map.columns.get(j).map_or("", String::as_str);
    let name = |i: usize| map.rows.get(i).map_or("", String::as_str);
    let names = (0..n_rows).map(|i| width(name(i))).max().unwrap_or(0).min(24);
    let wide: usize = (0..n_columns).map(|j| digits.max(width(head(j))) + 2).sum();
    if names + wide <= 80 && n_rows <= 40 {
        let columns =
            std::iter::once(Column::new("")).chain((0..n_columns).map(|j| Column::new(head(j)).like(format)));
        let rows = (0..n_rows).map(|i| {
            let cells = map.cells.rows[i]
                .iter()
                .map(|&v| Some(v).filter(|v| v.is_finite()).into());
            std::iter::once(name(i).into())
                .chain(cells)
                .collect::<Vec<crate::plot::Cell>>()
        });
        let table = Table::new(columns).rows(rows).title(&map.common.title);
        return table.note(map.common.notes.join(" ")).to_string();
    }
    shades(map)
}

/// In characters: the darker, the larger.
fn shades(map: &HeatMap) -> String {
    const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
    let names = map.rows.iter().map(|n| width(n)).max().unwrap_or(0).min(16);
    let (cells, rows, _, note) = map.reduced(40, 79 - names);
    let (_, low, high) = map.colours();
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    if !map.common.title.is_empty() {
        line(&cut(&one_line(&map.common.title), 80));
    }
    for (i, row) in cells.rows.iter().enumerate() {
        let shade = |&v: &f64| match v.is_finite() {
            true => SHADES[((v - low) / (high - low) * 5.0).clamp(0.0, 4.0) as usize],
            false => ' ',
        };
        let name = rows.get(i).map_or("", String::as_str);
        let name = pad_right(&cut(&one_line(name), names), names);
        line(&format!("{name} {}", row.iter().map(shade).collect::<String>()));
    }
    let format = Format::Auto.settle([low, high].into_iter());
    line(&format!(
        "· is {}, █ is {}",
        format.write(low),
        format.write(high)
    ));
    for note in map.common.notes.iter().chain(&note) {
        line(&cut(note, 80));
    }
    out
}
