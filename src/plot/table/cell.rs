//! What a table contains, and what can be a row of it.

use crate::plot::number::Format;

/// One cell of a [`Table`](super::Table): text, a number, or nothing.
///
/// All values in a table are turned into cells automatically. This type is for a cell that is written
/// differently from the rest of its column.
///
/// ```
/// use course::plot::{Cell, Table};
/// let t = Table::new(["measure", "value"])
///     .row(("words", Cell::from(12_345).grouped()))
///     .row(("accuracy", Cell::from(0.25).percent(0)))
///     .row(("time", None::<f64>));
/// assert_eq!(t.to_string(), "measure    value\n────────  ──────\nwords     12,345\naccuracy     25%\ntime\n");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    value: Value,
    /// The cell's own format, which overrides its column's.
    format: Format,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Empty,
    Text(String),
    Number(f64),
    /// A variant of its own, so that an identifier with 19 digits keeps them all.
    Whole(i128),
}

impl Cell {
    pub(super) const EMPTY: Self = Self {
        value: Value::Empty,
        format: Format::Auto,
    };

    fn new(value: Value) -> Self {
        Self {
            value,
            format: Format::Auto,
        }
    }

    /// A cell with nothing in it.
    pub fn empty() -> Self {
        Self::EMPTY
    }

    /// With `n` digits after the point, whatever the column says.
    pub fn decimals(self, n: usize) -> Self {
        Self {
            format: Format::Decimals(n.min(super::MOST_DECIMALS)),
            ..self
        }
    }

    /// As a percentage with `n` digits after the point, whatever the column says.
    pub fn percent(self, n: usize) -> Self {
        Self {
            format: Format::Percent(n.min(super::MOST_DECIMALS)),
            ..self
        }
    }

    /// As a power of ten with `n` digits after the point, whatever the column says.
    pub fn scientific(self, n: usize) -> Self {
        Self {
            format: Format::Scientific(n.min(super::MOST_DECIMALS)),
            ..self
        }
    }

    /// Whole, with a comma after every three digits, whatever the column says.
    pub fn grouped(self) -> Self {
        Self {
            format: Format::Grouped,
            ..self
        }
    }

    /// Its number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Number(v) => Some(v),
            Value::Whole(n) => Some(n as f64),
            Value::Empty | Value::Text(_) => None,
        }
    }

    /// Its text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    /// Its number, if the number counts when the column's format is chosen. It does not count if it has its
    /// own format, or if it is so large that all its digits must be shown.
    pub(super) fn plain_number(&self) -> Option<f64> {
        let long = matches!(self.value, Value::Whole(n) if n.unsigned_abs() >= 1_000_000_000_000_000);
        self.as_number().filter(|_| self.format == Format::Auto && !long)
    }

    pub(super) fn is_number_or_empty(&self) -> bool {
        !matches!(self.value, Value::Text(_))
    }

    /// As it is shown in a column with this format.
    pub(super) fn write(&self, column: Format) -> String {
        let format = match self.format {
            Format::Auto => column,
            own => own,
        };
        match &self.value {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::Number(v) => format.write(*v),
            Value::Whole(n) => format.write_whole(*n),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(Value::Text(text.to_owned()))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(Value::Text(text))
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<char> for Cell {
    fn from(c: char) -> Self {
        Self::from(c.to_string())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::from(if yes { "yes" } else { "no" })
    }
}

impl From<f64> for Cell {
    fn from(v: f64) -> Self {
        Self::new(Value::Number(v))
    }
}

impl From<f32> for Cell {
    fn from(v: f32) -> Self {
        Self::new(Value::Number(v.into()))
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    /// `None` is an empty cell.
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::EMPTY, Into::into)
    }
}

macro_rules! whole {
    ($($int:ty)*) => { $(
        impl From<$int> for Cell {
            fn from(n: $int) -> Self {
                Self::new(Value::Whole(n as i128))
            }
        }
    )* };
}
whole!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// What can be a row of a [`Table`](super::Table): a tuple, an array or a vector of cells.
///
/// ```
/// use course::plot::Row;
/// assert_eq!(("cat", 0.5, 3).cells().len(), 3);
/// assert_eq!(vec![1.0, 2.0].cells()[1].as_number(), Some(2.0));
/// ```
pub trait Row {
    /// Its cells, from left to right.
    fn cells(self) -> Vec<Cell>;
}

impl<T: Into<Cell>> Row for Vec<T> {
    fn cells(self) -> Vec<Cell> {
        self.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<Cell>, const N: usize> Row for [T; N] {
    fn cells(self) -> Vec<Cell> {
        self.into_iter().map(Into::into).collect()
    }
}

macro_rules! tuple {
    ($($t:ident)*) => {
        impl<$($t: Into<Cell>),*> Row for ($($t,)*) {
            #[allow(non_snake_case, reason = "the letters name both the types and the values")]
            fn cells(self) -> Vec<Cell> {
                let ($($t,)*) = self;
                vec![$($t.into()),*]
            }
        }
    };
}
tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);
