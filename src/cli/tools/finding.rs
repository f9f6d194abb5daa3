//! What `cargo course doctor` says about one part of the set-up.

use serde::Serialize;

/// One finding.
#[derive(Serialize)]
pub(crate) struct Finding {
    /// What was looked at.
    pub(crate) what: &'static str,
    /// Whether it is as it should be.
    pub(crate) good: bool,
    /// Whether notebooks run without it.
    pub(crate) optional: bool,
    /// What was found.
    pub(crate) found: String,
    /// What to do about it; empty where nothing is to be done.
    pub(crate) remedy: String,
}

impl Finding {
    pub(crate) fn good(what: &'static str, found: impl Into<String>) -> Self {
        Self {
            what,
            good: true,
            optional: false,
            found: found.into(),
            remedy: String::new(),
        }
    }

    pub(crate) fn missing(what: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what,
            good: false,
            optional: false,
            found: found.into(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }
}
