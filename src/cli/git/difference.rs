//! The difference between two texts, as `diff -u` shows it.

use std::time::Duration;

use similar::{Algorithm, TextDiff};

/// How long to look for the shortest difference; after that, a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// The difference, with `path` in its heading.
pub(crate) fn unified(path: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .timeout(PATIENCE)
        .diff_lines(old.as_ref(), new.as_ref())
        .unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}
