//! The one error of the library.
//!
//! Its message says what was expected and what was found and, if there is one, the next thing to do. `Debug`
//! prints the same sentence as `Display`: a notebook shows an unhandled error by `Debug`, and a student
//! should read a sentence there.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of everything in this library that can fail.
///
/// The second parameter is for code that does not know this type and writes `Result<A, B>`. An example is the
/// code that the kernel puts around a cell that uses the prelude.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. The details are in the message; [`Error::kind`] is for programs that must tell errors
/// apart.
///
/// ```
/// use course::{Error, error::ErrorKind};
/// let e = Error::shape("the query", "50 numbers", "49 numbers");
/// assert_eq!(e.kind(), ErrorKind::Shape);
/// assert_eq!(e.to_string(), "the query: expected 50 numbers, got 49 numbers");
/// ```
pub struct Error(Box<Inner>);

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read or written.
    Io,
    /// A file or a text does not follow its format.
    Format,
    /// A word, or another name, is not known.
    Unknown,
    /// A size does not match.
    Shape,
    /// A value is outside what is allowed.
    Value,
    /// Something that is needed has not been fetched.
    Missing,
}

enum Inner {
    Io {
        path: PathBuf,
        doing: &'static str,
        source: std::io::Error,
    },
    Format {
        what: String,
        place: Location,
        problem: String,
    },
    Unknown {
        what: &'static str,
        name: String,
        near: Vec<String>,
    },
    Shape {
        what: String,
        expected: String,
        got: String,
    },
    Value {
        what: String,
        expected: String,
        got: String,
    },
    Missing {
        what: String,
        remedy: String,
    },
}

/// Where something is wrong in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the file as a whole.
    Whole,
    /// On this line, counted from 1.
    Line(u64),
    /// At this byte, counted from 0.
    Byte(u64),
}

impl Error {
    /// Reading or writing `path` failed; `doing` is "read", "write", "open", …
    pub fn io(doing: &'static str, path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self(Box::new(Inner::Io {
            path: path.as_ref().to_owned(),
            doing,
            source,
        }))
    }

    /// `what` (usually a file name) is broken at `place`.
    pub fn format(what: impl fmt::Display, place: Location, problem: impl Into<String>) -> Self {
        Self(Box::new(Inner::Format {
            what: what.to_string(),
            place,
            problem: problem.into(),
        }))
    }

    /// `name` is not a known `what`; `near` are known names that are similar.
    pub fn unknown(what: &'static str, name: impl Into<String>, near: Vec<String>) -> Self {
        Self(Box::new(Inner::Unknown {
            what,
            name: name.into(),
            near,
        }))
    }

    /// A size does not match.
    pub fn shape(what: impl fmt::Display, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        Self(Box::new(Inner::Shape {
            what: what.to_string(),
            expected: expected.to_string(),
            got: got.to_string(),
        }))
    }

    /// A value is outside what is allowed.
    pub fn value(what: impl fmt::Display, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        Self(Box::new(Inner::Value {
            what: what.to_string(),
            expected: expected.to_string(),
            got: got.to_string(),
        }))
    }

    /// Fails unless `n`, the value of `what`, is `least` or more.
    pub(crate) fn at_least(least: usize, what: impl fmt::Display, n: usize) -> Result<()> {
        match n >= least {
            true => Ok(()),
            false => Err(Self::value(what, format_args!("{least} or more"), n)),
        }
    }

    /// Fails unless `x`, the value of `what`, is a finite number above 0.
    pub(crate) fn above_0(what: impl fmt::Display, x: impl Into<f64> + fmt::Display + Copy) -> Result<()> {
        match x.into() > 0.0 && x.into().is_finite() {
            true => Ok(()),
            false => Err(Self::value(what, "a number above 0", x)),
        }
    }

    /// Fails unless `x`, the value of `what`, is from 0 to 1.
    pub(crate) fn from_0_to_1(
        what: impl fmt::Display,
        x: impl Into<f64> + fmt::Display + Copy,
    ) -> Result<()> {
        match (0.0..=1.0).contains(&x.into()) {
            true => Ok(()),
            false => Err(Self::value(what, "0 to 1", x)),
        }
    }

    /// Fails unless `got`, the size of `what`, is `expected`.
    pub(crate) fn same(what: impl fmt::Display, expected: usize, got: usize) -> Result<()> {
        match got == expected {
            true => Ok(()),
            false => Err(Self::shape(what, expected, got)),
        }
    }

    /// `what` is not here; `remedy` says how to get it.
    pub fn missing(what: impl fmt::Display, remedy: impl fmt::Display) -> Self {
        Self(Box::new(Inner::Missing {
            what: what.to_string(),
            remedy: remedy.to_string(),
        }))
    }

    /// The kind of this error.
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Inner::Io { .. } => ErrorKind::Io,
            Inner::Format { .. } => ErrorKind::Format,
            Inner::Unknown { .. } => ErrorKind::Unknown,
            Inner::Shape { .. } => ErrorKind::Shape,
            Inner::Value { .. } => ErrorKind::Value,
            Inner::Missing { .. } => ErrorKind::Missing,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Inner::Io { path, doing, source } => write!(f, "cannot {doing} {}: {source}", path.display()),
            Inner::Format { what, place, problem } => match place {
                Location::Whole => write!(f, "{what}: {problem}"),
                Location::Line(n) => write!(f, "{what}, line {n}: {problem}"),
                Location::Byte(n) => write!(f, "{what}, byte {n}: {problem}"),
            },
            Inner::Unknown { what, name, near } => {
                write!(f, "no {what} {name:?}")?;
                match near.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, "; did you mean {one:?}?"),
                    [first, rest @ ..] => {
                        write!(f, "; did you mean {first:?}")?;
                        rest.iter().try_for_each(|other| write!(f, ", {other:?}"))?;
                        write!(f, "?")
                    }
                }
            }
            Inner::Shape { what, expected, got } | Inner::Value { what, expected, got } => {
                write!(f, "{what}: expected {expected}, got {got}")
            }
            Inner::Missing { what, remedy } => write!(f, "{what} is not here: {remedy}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Inner::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
