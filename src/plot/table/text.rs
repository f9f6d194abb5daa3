//! A table as text for a terminal.

use super::{Laid, Look, Table};
use crate::plot::blocks::bar;
use crate::plot::width::{cut, one_line, pad_left, pad_right, width};

/// The number of columns that every terminal has.
const MOST_COLUMNS: usize = 80;
/// A text column is not cut to less than this.
const LEAST: usize = 8;
/// The columns that a bar can take.
const BAR: usize = 8;
pub(super) fn write(table: &Table) -> String {
    let columns = table.laid_out();
    let written: Vec<Vec<String>> = columns.iter().map(column_texts).collect();
    let names: Vec<String> = columns.iter().map(|c| one_line(c.name)).collect();
    let mut widths: Vec<usize> = (names.iter().zip(&written))
        .map(|(name, cells)| cells.iter().map(|c| width(c)).fold(width(name), usize::max))
        .collect();
    fit(&columns, &mut widths);

    let mut out = String::new();
    if !table.title.is_empty() {
        out.push_str(&cut(&one_line(&table.title), MOST_COLUMNS));
        out.push('\n');
    }
    if names.iter().any(|n| !n.is_empty()) {
        let place = |j: usize| align(&names[j], widths[j], columns[j].numeric);
        line(&mut out, (0..columns.len()).map(place));
        line(&mut out, widths.iter().map(|&w| "─".repeat(w)));
    }
    for i in 0..written.first().map_or(0, Vec::len) {
        let cells = written.iter().zip(&columns).zip(&widths);
        line(
            &mut out,
            cells.map(|((texts, column), &w)| align(&texts[i], w, column.cells[i].numeric)),
        );
    }
    for note in table.notes() {
        out.push_str(&one_line(&note));
        out.push('\n');
    }
    out
}

/// The text of each cell in a column, bars included.
fn column_texts(column: &Laid<'_>) -> Vec<String> {
    let digits = (column.cells.iter().filter(|c| c.numeric))
        .map(|c| width(&c.text))
        .max()
        .unwrap_or(0);
    (column.cells.iter())
        .map(|cell| match column.look {
            Look::Bars if cell.numeric => {
                let bar = cell.place.map_or(String::new(), |p| bar(p, column.zero, BAR));
                format!("{} {}", pad_left(&cell.text, digits), pad_right(&bar, BAR))
            }
            _ => one_line(&cell.text),
        })
        .collect()
}

/// Makes text columns narrower, the widest first, until the table fits or they cannot be cut further.
fn fit(columns: &[Laid<'_>], widths: &mut [usize]) {
    let between = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + between > MOST_COLUMNS {
        let widest = (0..widths.len())
            .filter(|&j| !columns[j].numeric && widths[j] > LEAST)
            .max_by_key(|&j| widths[j]);
        match widest {
            Some(j) => widths[j] -= 1,
            None => break,
        }
    }
}

fn align(text: &str, columns: usize, right: bool) -> String {
    let text = cut(text, columns);
    if right {
        pad_left(&text, columns)
    } else {
        pad_right(&text, columns)
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.collect();
    out.push_str(cells.join("  ").trim_end());
    out.push('\n');
}
