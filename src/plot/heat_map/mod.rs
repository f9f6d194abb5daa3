//! A matrix as coloured cells, with names for rows and columns: similarities, attention, counts.

mod draw;
mod text;

use crate::plot::canvas::{Canvas, Drawn, FINE};
use crate::plot::colour::Scale;
use crate::plot::data::{Matrix, names};
use crate::plot::drawing::record;
use crate::plot::frame::Common;
use crate::plot::number::Format;
use crate::plot::picture::{Picture, picture};

/// The most rows or columns that are drawn as they are. If there are more, neighbours are averaged.
const MOST: usize = 80;
/// The most cells whose numbers are written in them.
const MOST_WRITTEN: usize = 400;

/// A matrix as coloured cells. [`heat_map`] makes one.
#[derive(Clone)]
pub struct HeatMap {
    common: Common,
    cells: Cells,
    rows: Vec<String>,
    columns: Vec<String>,
    scale: Option<Scale>,
    range: Option<(f64, f64)>,
    format: Format,
    written: Option<bool>,
}

/// Numbers in rows of the same length. A cell without a finite number holds NaN.
#[derive(Clone, Debug, PartialEq)]
struct Cells {
    n_columns: usize,
    rows: Vec<Vec<f64>>,
}

picture!(HeatMap);

/// A matrix as coloured cells, its first row at the top.
///
/// Numbers of both signs get a scale with white at zero (orange below, blue above); others go from dark to
/// light. When there are few cells, their numbers are written in them. A cell without a finite number is
/// empty.
///
/// ```
/// use course::plot::heat_map;
/// let similarity = heat_map([[1.0, 0.8], [0.8, 1.0]]).rows(["cat", "dog"]).columns(["cat", "dog"]);
/// assert!(similarity.to_svg().contains("<title>cat, dog: 0.8</title>"));
/// assert_eq!(similarity.to_string(), "     cat  dog\n───  ───  ───\ncat  1.0  0.8\ndog  0.8  1.0\n");
/// ```
pub fn heat_map(matrix: impl Matrix) -> HeatMap {
    let rows = matrix.rows_of_numbers();
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let finite = |v: f64| if v.abs() <= 1e150 { v } else { f64::NAN };
    let filled = |mut row: Vec<f64>| {
        row.resize(n_columns, f64::NAN);
        row.into_iter().map(finite).collect()
    };
    HeatMap {
        common: Common::default(),
        cells: Cells {
            n_columns,
            rows: rows.into_iter().map(filled).collect(),
        },
        rows: Vec::new(),
        columns: Vec::new(),
        scale: None,
        range: None,
        format: Format::Auto,
        written: None,
    }
}

impl HeatMap {
    /// With names for the rows, from the top.
    pub fn rows<S: AsRef<str>>(mut self, rows: impl IntoIterator<Item = S>) -> Self {
        self.rows = names(rows);
        self.expect("rows", self.rows.len(), self.cells.rows.len());
        self
    }

    /// With names for the columns, from the left.
    pub fn columns<S: AsRef<str>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.columns = names(columns);
        self.expect("columns", self.columns.len(), self.cells.n_columns);
        self
    }

    /// With colours on both sides of zero, whatever the numbers are.
    pub fn diverging(mut self) -> Self {
        self.scale = Some(Scale::Diverging);
        self
    }

    /// With colours from dark to light, whatever the numbers are.
    pub fn sequential(mut self) -> Self {
        self.scale = Some(Scale::Sequential);
        self
    }

    /// With colours from `low` to `high`, so that several pictures can be compared.
    pub fn range(mut self, low: f64, high: f64) -> Self {
        if low.is_finite() && high.is_finite() {
            self.range = Some((low.min(high), low.max(high)));
        }
        self
    }

    /// With `n` digits after the point.
    pub fn decimals(mut self, n: usize) -> Self {
        self.format = Format::Decimals(n.min(17));
        self
    }

    /// With or without numbers in the cells.
    pub fn written(mut self, written: bool) -> Self {
        self.written = Some(written);
        self
    }

    fn expect(&mut self, what: &str, n: usize, there: usize) {
        if n != there {
            self.common
                .notes
                .push(format!("There are {there} {what}, but {n} names."));
        }
    }

    /// The scale, and what its ends stand for.
    fn colours(&self) -> (Scale, f64, f64) {
        let finite = self
            .cells
            .rows
            .iter()
            .flatten()
            .copied()
            .filter(|v| v.is_finite());
        let low = finite.clone().fold(f64::INFINITY, f64::min);
        let high = finite.fold(f64::NEG_INFINITY, f64::max);
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let (low, high) = self.range.unwrap_or((low, high));
        let scale = self.scale.unwrap_or(match low < 0.0 && high > 0.0 {
            true => Scale::Diverging,
            false => Scale::Sequential,
        });
        match scale {
            Scale::Diverging => {
                let reach = low.abs().max(high.abs());
                let reach = if reach > 0.0 { reach } else { 1.0 };
                (scale, -reach, reach)
            }
            Scale::Sequential if low == high => (scale, low - 0.5, high + 0.5),
            Scale::Sequential => (scale, low, high),
        }
    }

    /// What is drawn: the cells and their names, averaged if they are too many, and a note that says so.
    fn reduced(
        &self,
        most_rows: usize,
        most_columns: usize,
    ) -> (Cells, Vec<String>, Vec<String>, Option<String>) {
        let down = self.cells.rows.len().div_ceil(most_rows).max(1);
        let across = self.cells.n_columns.div_ceil(most_columns).max(1);
        if down == 1 && across == 1 {
            return (self.cells.clone(), self.rows.clone(), self.columns.clone(), None);
        }
        let mean = |block: &[Vec<f64>], from: usize| {
            let to = (from + across).min(self.cells.n_columns);
            let all = block
                .iter()
                .flat_map(|row| &row[from..to])
                .filter(|v| v.is_finite());
            all.clone().sum::<f64>() / all.count() as f64
        };
        let row = |block: &[Vec<f64>]| {
            (0..self.cells.n_columns)
                .step_by(across)
                .map(|j| mean(block, j))
                .collect()
        };
        let cells = Cells {
            n_columns: self.cells.n_columns.div_ceil(across),
            rows: self.cells.rows.chunks(down).map(row).collect(),
        };
        let note = format!("Each cell is the mean of {down}×{across}.");
        let some = |names: &[String], step| names.iter().step_by(step).cloned().collect();
        (
            cells,
            some(&self.rows, down),
            some(&self.columns, across),
            Some(note),
        )
    }
}

impl Picture for HeatMap {
    fn common(&self) -> &Common {
        &self.common
    }

    fn sort(&self) -> &'static str {
        "heat map"
    }

    fn draw(&self) -> Drawn<Canvas> {
        let (cells, rows, columns, note) = self.reduced(MOST, MOST);
        let notes: Vec<String> = note.into_iter().collect();
        let layout = self.layout(&cells, &rows, &columns, &notes);
        record(layout.size, FINE, |area| {
            self.draw_on(area, &layout, &notes, (&cells, &rows, &columns))
        })
    }

    fn text(&self) -> String {
        text::write(self)
    }
}
