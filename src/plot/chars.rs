//! A plot with two axes in characters, for a terminal.

use super::axis::Axis;
use super::frame::Common;
use super::width::{cut, letters, one_line, pad_left, width};

/// The number of columns that every terminal has.
pub(super) const COLUMNS: usize = 80;
/// Rows of the plot itself.
const ROWS: usize = 20;
/// A label beside a mark is cut to this many columns.
const LABEL: usize = 14;

/// The marks of the groups or series, one for each.
pub(super) const SIGNS: [char; 8] = ['•', '+', 'x', 'o', '*', '#', '%', '@'];

/// The sign of group number `i`.
pub(super) fn sign(i: usize) -> char {
    SIGNS[i % SIGNS.len()]
}

/// Something at a point.
pub(super) struct Mark<'a> {
    pub x: f64,
    pub y: f64,
    pub sign: char,
    /// Written beside it where there is room.
    pub label: &'a str,
}

/// Where the plot is, and how wide.
pub(super) struct Sheet {
    x: Axis,
    y: Axis,
    left: usize,
    /// Rows of columns, with the text of each column. A column is empty if a wide letter before it covers it.
    cells: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(x: &Axis, y: &Axis) -> Self {
        let (x, y) = (x.with_ticks(6), y.with_ticks(5));
        let left = y.ticks.iter().map(|t| width(&t.1)).max().unwrap_or(0) + 1;
        let cells = vec![vec![" ".to_owned(); COLUMNS - left - 1]; ROWS];
        Self { x, y, left, cells }
    }

    pub(super) fn columns(&self) -> usize {
        COLUMNS - self.left - 1
    }

    fn column(&self, x: f64) -> usize {
        let last = (self.columns() - 1) as f64;
        (self.x.place(x) * last).round().clamp(0.0, last) as usize
    }

    fn row(&self, y: f64) -> usize {
        let last = (ROWS - 1) as f64;
        ((1.0 - self.y.place(y)) * last).round().clamp(0.0, last) as usize
    }

    /// Puts a sign at a point. If several signs share a place, the last one is seen.
    pub(super) fn mark(&mut self, x: f64, y: f64, sign: char) {
        let (row, column) = (self.row(y), self.column(x));
        self.cells[row][column] = sign.to_string();
    }

    /// Writes `label` beside the mark at a point, if there is room. Marks come first, so that no label hides
    /// one.
    pub(super) fn label(&mut self, x: f64, y: f64, label: &str) -> bool {
        let (row, column) = (self.row(y) as i64, self.column(x) as i64);
        let label = cut(&one_line(label), LABEL);
        let n = letters(&label).map(|letter| letter.1).sum::<usize>() as i64;
        let spots = [
            (row, column + 2),
            (row, column - 1 - n),
            (row - 1, column - n / 2),
            (row + 1, column - n / 2),
            (row - 1, column + 1),
            (row + 1, column + 1),
        ];
        let free = |&&(r, c): &&(i64, i64)| {
            let inside = (0..ROWS as i64).contains(&r) && c >= 0 && c + n <= self.columns() as i64;
            // One empty column on both sides, so that two labels do not read as one.
            let around = (c - 1).max(0)..(c + n + 1).min(self.columns() as i64);
            inside
                && around
                    .clone()
                    .all(|c| self.cells[r as usize][c as usize] == " " || c == column && r == row)
        };
        let Some(&(r, c)) = spots.iter().find(free) else {
            return false;
        };
        let line = &mut self.cells[r as usize];
        let mut c = c as usize;
        for (letter, n) in letters(&label).filter(|letter| letter.1 > 0) {
            line[c] = letter.to_owned();
            line[c + 1..c + n].fill(String::new());
            c += n;
        }
        true
    }

    /// The whole picture: title, legend, plot, axes, notes.
    pub(super) fn finish(&self, common: &Common, legend: &[(char, String)], notes: &[String]) -> String {
        let mut out = String::new();
        let mut line = |text: &str| {
            out.push_str(text.trim_end());
            out.push('\n');
        };
        if !common.title.is_empty() {
            line(&cut(&one_line(&common.title), COLUMNS));
        }
        for row in legend_rows(legend) {
            line(&row);
        }
        if !common.y_label.is_empty() {
            line(&cut(&one_line(&common.y_label), COLUMNS));
        }
        let mut names = vec![String::new(); ROWS];
        for (v, name) in &self.y.ticks {
            names[self.row(*v)].clone_from(name);
        }
        for (name, cells) in names.iter().zip(&self.cells) {
            let row = cells.concat();
            let axis = if name.is_empty() { '│' } else { '┤' };
            line(&format!("{}{axis}{row}", pad_left(name, self.left)));
        }
        let mut axis = vec!['─'; self.columns()];
        let mut below = vec![' '; self.left + 1 + self.columns()];
        let mut end = 0;
        for (v, name) in &self.x.ticks {
            let column = self.column(*v);
            let n = width(name);
            let start = (self.left + 1 + column)
                .saturating_sub(n / 2)
                .min(below.len().saturating_sub(n));
            if start >= end {
                axis[column] = '┬';
                for (cell, c) in below[start..].iter_mut().zip(name.chars()) {
                    *cell = c;
                }
                end = start + n + 1;
            }
        }
        line(&format!(
            "{}└{}",
            " ".repeat(self.left),
            axis.iter().collect::<String>()
        ));
        line(&below.iter().collect::<String>());
        if !common.x_label.is_empty() {
            let label = cut(&one_line(&common.x_label), self.columns());
            let before = self.left + 1 + (self.columns() - width(&label)) / 2;
            line(&format!("{}{label}", " ".repeat(before)));
        }
        for note in common.notes.iter().chain(notes) {
            line(&cut(&one_line(note), COLUMNS));
        }
        out
    }
}

/// The legend in rows of at most 80 columns, five at most.
fn legend_rows(legend: &[(char, String)]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for (sign, name) in legend {
        let entry = format!("{sign} {}", cut(&one_line(name), 30));
        match rows.last_mut() {
            Some(row) if width(row) + 3 + width(&entry) <= COLUMNS => {
                row.push_str("   ");
                row.push_str(&entry);
            }
            _ => rows.push(entry),
        }
    }
    rows.truncate(5);
    rows
}

/// A plot of marks with labels.
pub(super) fn scatter(
    common: &Common,
    (x, y): (&Axis, &Axis),
    marks: &[Mark<'_>],
    legend: &[(char, String)],
    notes: &[String],
) -> String {
    let mut sheet = Sheet::new(x, y);
    for mark in marks {
        sheet.mark(mark.x, mark.y, mark.sign);
    }
    let labelled = marks.iter().filter(|m| !m.label.is_empty());
    let lost = labelled.filter(|m| !sheet.label(m.x, m.y, m.label)).count();
    let mut notes = notes.to_vec();
    if lost > 0 {
        notes.push(format!("{lost} labels did not fit."));
    }
    sheet.finish(common, legend, &notes)
}
