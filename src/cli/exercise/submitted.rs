//! A student's answer to an exercise, as it is compiled.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use course::check::Exercise;
use course::check::source::{self, Answer, Source};

/// A student's answer to an exercise.
pub(crate) struct Submitted {
    pub(crate) exercise: &'static Exercise,
    /// Its file's name in messages: `dot.rs`.
    pub(crate) shown: String,
    /// The text, its function, and what comes along.
    pub(crate) answer: Answer,
}

impl Submitted {
    /// The text of a file that has the exercise's name, with what it needs of `others`.
    pub(crate) fn file(exercise: &'static Exercise, text: String, others: Vec<Source>) -> Self {
        let name = exercise.name();
        Self {
            exercise,
            shown: format!("{name}.rs"),
            answer: source::of_file(text, name, others),
        }
    }

    /// All its texts: its own, and those that come along.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let along = self.answer.along.iter();
        [(self.shown.as_str(), self.answer.text.as_str())]
            .into_iter()
            .chain(along.map(|(shown, text)| (shown.as_str(), text.as_str())))
    }

    /// The same without what comes along.
    pub(super) fn alone(&self) -> Self {
        Self {
            exercise: self.exercise,
            shown: self.shown.clone(),
            answer: Answer {
                along: Vec::new(),
                ..self.answer.clone()
            },
        }
    }

    /// Writes its files below `folder`. What comes along is included at the end, so that no line of the
    /// answer's own gets another number.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let name = self.exercise.name();
        let within = folder.join(format!("at_{name}"));
        std::fs::create_dir_all(&within)?;
        let mut text = self.answer.text.clone();
        for (i, (_, along)) in self.answer.along.iter().enumerate() {
            let file = along_file(i);
            std::fs::write(within.join(&file), along)?;
            let _ = write!(text, "\ninclude!({file:?});");
        }
        std::fs::write(within.join(format!("{name}.rs")), text)?;
        Ok(())
    }
}

/// The file of what comes along. Exercises' names have no dashes, so this is none of theirs.
pub(super) fn along_file(i: usize) -> String {
    format!("along-{i}.rs")
}
