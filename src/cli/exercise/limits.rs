//! How much time and memory students' files get, and how well they are watched.

use crate::sandbox::Care;

/// The limits for compiling and running.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    /// Seconds for one answer, as in a notebook. Right answers take microseconds.
    pub(crate) seconds: u64,
    /// Seconds for the compiler, which needs a fifth of a second.
    pub(crate) compile_seconds: u64,
    /// Bytes for a program. No exercise needs a hundredth of it.
    pub(crate) memory: u64,
    /// Bytes for the compiler.
    pub(crate) compile_memory: u64,
    /// How much protection there must be.
    pub(crate) care: Care,
    /// Protections that are left out, for tests.
    pub(crate) without: Vec<String>,
}

impl Default for Allowed {
    /// The limits for students' own files on their own machines. Nothing is forbidden there.
    fn default() -> Self {
        Self {
            seconds: 2,
            compile_seconds: 10,
            memory: 256 << 20,
            compile_memory: 2 << 30,
            care: Care::Limits,
            without: Vec::new(),
        }
    }
}
