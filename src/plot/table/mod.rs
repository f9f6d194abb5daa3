//! Rows and columns: the form that most results of the course come in.

mod cell;
mod html;
mod text;

use std::fmt;

pub use cell::{Cell, Row};

use super::number::Format;

/// The most rows that are shown; the others are counted. Ten thousand rows in one output of a notebook are of
/// use to nobody.
const MOST_ROWS: usize = 100;

/// A table that owns what it shows.
///
/// Numbers are aligned right with as many decimals as their column needs, and text is aligned left. A column
/// of numbers can have bars or shaded cells. In a notebook it is an HTML table; elsewhere it prints as text.
///
/// ```
/// use course::plot::{Column, Table};
/// let table = Table::new([Column::new("word"), Column::new("cosine").bars(), Column::new("count").grouped()])
///     .row(("cat", 0.92, 1234))
///     .row(("dog", 0.9, 98));
/// assert_eq!(
///     table.to_string(),
///     "\
/// word         cosine  count
/// ────  ─────────────  ─────
/// cat   0.92 ████████  1,234
/// dog   0.90 ███████▉     98
/// "
/// );
/// assert!(table.to_html().contains("<td>cat</td>"));
/// ```
#[derive(Clone, PartialEq)]
pub struct Table {
    title: String,
    note: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    most_rows: usize,
}

/// A column of a [`Table`]: its name, and how its numbers look.
///
/// ```
/// use course::plot::{Column, Table};
/// let t = Table::new([Column::new("share").percent(1)]).row([0.256]).row([1.0]);
/// assert_eq!(t.to_string(), " share\n──────\n 25.6%\n100.0%\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    name: String,
    format: Format,
    look: Look,
    range: Option<(f64, f64)>,
}

/// What is shown of a number beside its digits.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Look {
    Plain,
    Bars,
    Shaded,
}

impl Column {
    /// A column with this name. Its numbers get as many decimals as they need.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            format: Format::Auto,
            look: Look::Plain,
            range: None,
        }
    }

    /// Numbers with `n` digits after the point.
    pub fn decimals(self, n: usize) -> Self {
        Self {
            format: Format::Decimals(n.min(MOST_DECIMALS)),
            ..self
        }
    }

    /// Numbers as percentages: 0.25 with one digit after the point is `25.0%`.
    pub fn percent(self, n: usize) -> Self {
        Self {
            format: Format::Percent(n.min(MOST_DECIMALS)),
            ..self
        }
    }

    /// Numbers as powers of ten with `n` digits after the point: 0.00123 with two is `1.23e−3`.
    pub fn scientific(self, n: usize) -> Self {
        Self {
            format: Format::Scientific(n.min(MOST_DECIMALS)),
            ..self
        }
    }

    /// Whole numbers with a comma after every three digits.
    pub fn grouped(self) -> Self {
        Self {
            format: Format::Grouped,
            ..self
        }
    }

    /// In the format that another picture has settled.
    pub(super) fn like(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// A bar beside each number, from zero to it.
    pub fn bars(self) -> Self {
        Self {
            look: Look::Bars,
            ..self
        }
    }

    /// A background behind each number: the further from zero, the stronger; blue above zero, orange below.
    pub fn shaded(self) -> Self {
        Self {
            look: Look::Shaded,
            ..self
        }
    }

    /// The range of the bars and shades. Without it, the range covers zero and the column's smallest and
    /// largest numbers.
    pub fn range(self, low: f64, high: f64) -> Self {
        Self {
            range: Some((low, high)),
            ..self
        }
    }
}

/// More digits than a 64-bit number has.
const MOST_DECIMALS: usize = 17;

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Column {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl From<&String> for Column {
    fn from(name: &String) -> Self {
        Self::new(name)
    }
}

impl Table {
    /// A table with these columns and no rows: names, or [`Column`]s that say more.
    pub fn new<C: Into<Column>>(columns: impl IntoIterator<Item = C>) -> Self {
        Self {
            title: String::new(),
            note: String::new(),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
            most_rows: MOST_ROWS,
        }
    }

    /// With a line above it.
    pub fn title(self, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..self
        }
    }

    /// With a line below it.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self {
            note: note.into(),
            ..self
        }
    }

    /// Shows at most `n` rows (100 otherwise) and says how many more there are.
    pub fn at_most(self, n: usize) -> Self {
        Self { most_rows: n, ..self }
    }

    /// With one more row: a tuple, an array or a vector. A short row is filled up with empty cells. For a
    /// long one, the table gets columns without a name.
    pub fn row(mut self, row: impl Row) -> Self {
        self.push(row);
        self
    }

    /// With these rows added.
    ///
    /// ```
    /// use course::plot::Table;
    /// let squares = Table::new(["n", "n²"]).rows((1..=3).map(|n| (n, n * n)));
    /// assert_eq!(squares.to_string(), "n  n²\n─  ──\n1   1\n2   4\n3   9\n");
    /// ```
    pub fn rows<R: Row>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        for row in rows {
            self.push(row);
        }
        self
    }

    /// Adds a row, as [`row`](Table::row) does, in a loop.
    pub fn push(&mut self, row: impl Row) {
        let cells = row.cells();
        while self.columns.len() < cells.len() {
            self.columns.push(Column::new(""));
        }
        self.rows.push(cells);
    }

    /// How many rows there are, including those that are not shown.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// How many columns there are.
    pub fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// The cell in this row and column, counted from 0. It is empty where the row is short.
    pub fn get(&self, row: usize, column: usize) -> Option<&Cell> {
        let cells = self.rows.get(row)?;
        (column < self.columns.len()).then(|| cells.get(column).unwrap_or(&Cell::EMPTY))
    }

    /// As an HTML table with its own style, for a light and a dark page.
    pub fn to_html(&self) -> String {
        html::write(self)
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.to_html(), &self.to_string());
    }

    /// The columns, ready to be written.
    fn laid_out(&self) -> Vec<Laid<'_>> {
        let shown = &self.rows[..self.rows.len().min(self.most_rows)];
        (self.columns.iter().enumerate())
            .map(|(j, column)| Laid::new(column, shown.iter().map(|r| r.get(j).unwrap_or(&Cell::EMPTY))))
            .collect()
    }

    /// The lines below the table.
    fn notes(&self) -> impl Iterator<Item = String> {
        let hidden = match self.rows.len().saturating_sub(self.most_rows) {
            0 => None,
            1 => Some("… and 1 row more".to_owned()),
            n => Some(format!("… and {n} rows more")),
        };
        hidden
            .into_iter()
            .chain(Some(self.note.clone()).filter(|n| !n.is_empty()))
    }
}

impl fmt::Display for Table {
    /// At most 80 columns wide: text that is too long is cut, numbers never.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::write(self))
    }
}

crate::show::debug_shows!(Table);

/// The background of a number at `place`: transparent at `zero`, blue above it and orange below. It is so
/// faint that text stays legible on it, on a light and on a dark page.
fn shade(place: f64, zero: f64) -> String {
    let furthest = zero.max(1.0 - zero);
    let strength = 0.45 * (place - zero).abs() / furthest;
    let rgb = if place < zero { "213,94,0" } else { "0,114,178" };
    format!("rgba({rgb},{strength:.3})")
}

/// One column as it will be shown.
struct Laid<'a> {
    name: &'a str,
    /// Whether it has numbers and no text: then its name is aligned right, too.
    numeric: bool,
    cells: Vec<LaidCell>,
    look: Look,
    /// Where zero is, between 0 (at the left) and 1.
    zero: f64,
}

/// One cell as it will be shown.
struct LaidCell {
    text: String,
    numeric: bool,
    /// Where the number is in the column's range, between 0 and 1.
    place: Option<f64>,
}

impl<'a> Laid<'a> {
    fn new<'c>(column: &'a Column, cells: impl Iterator<Item = &'c Cell> + Clone) -> Self {
        let numbers = cells.clone().filter_map(Cell::as_number);
        let finite = numbers.clone().filter(|v| v.is_finite());
        let format = column.format.settle(cells.clone().filter_map(Cell::plain_number));
        let (low, high) = match column.range {
            Some((a, b)) if a.is_finite() && b.is_finite() => (a.min(b), a.max(b)),
            _ => (
                finite.clone().fold(0.0, f64::min),
                finite.clone().fold(0.0, f64::max),
            ),
        };
        let place = |v: f64| {
            // Halves, because the difference of two large numbers can be infinite.
            let extent = high / 2.0 - low / 2.0;
            match extent > 0.0 {
                true => ((v / 2.0 - low / 2.0) / extent).clamp(0.0, 1.0),
                false => 0.0,
            }
        };
        Self {
            name: &column.name,
            numeric: numbers.clone().next().is_some() && cells.clone().all(Cell::is_number_or_empty),
            look: column.look,
            zero: place(0.0),
            cells: cells
                .map(|cell| LaidCell {
                    text: cell.write(format),
                    numeric: cell.as_number().is_some(),
                    place: cell.as_number().filter(|v| v.is_finite()).map(place),
                })
                .collect(),
        }
    }
}
