//! What a confined program may use.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is to be confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    /// A program with a student's functions.
    Answers,
    /// The compiler and its linker, which start other programs.
    Compiler,
}

/// How much of the protection there must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Care {
    /// Limits alone: people's own code on their own machine.
    Limits,
    /// All that this system has.
    AsFarAsPossible,
    /// All of it; if one protection is missing, nothing runs.
    Required,
}

/// What a program may use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Limits {
    pub(crate) role: Role,
    pub(crate) care: Care,
    /// Bytes of memory of its own.
    pub(crate) memory: u64,
    /// Seconds of processor time.
    pub(crate) seconds: u64,
    /// Files and folders that may be read.
    pub(crate) read: Vec<PathBuf>,
    /// Those that may be read and run.
    pub(crate) run: Vec<PathBuf>,
    /// Folders that may be written, too.
    pub(crate) write: Vec<PathBuf>,
    /// Protections that are left out, as if the system did not have them: for tests.
    pub(crate) without: Vec<String>,
    /// The process whose end ends it, too.
    pub(crate) parent: u32,
}
