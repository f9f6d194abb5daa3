//! What is wrong with a file, and in which line.

use std::fmt;
use std::io;
use std::path::Path;

use anyhow::anyhow;

/// One thing that is wrong with a notebook. It becomes the error `path:line: why`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line, counted from one; zero where the fault belongs to no line.
    pub(crate) line: usize,
    /// What was expected and what came.
    pub(crate) why: String,
}

impl Fault {
    pub(crate) fn new(line: usize, why: impl Into<String>) -> Self {
        Self {
            line,
            why: why.into(),
        }
    }

    /// The fault as an error of the file at `path`.
    pub(crate) fn of(&self, path: &Path) -> anyhow::Error {
        anyhow!("{}", self.said_of(&path.display()))
    }

    /// `path:line: why`, or `path: why`.
    pub(crate) fn said_of(&self, path: &dyn fmt::Display) -> String {
        match self.line {
            0 => format!("{path}: {}", self.why),
            line => format!("{path}:{line}: {}", self.why),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::new(0, error.to_string())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Fault {}
