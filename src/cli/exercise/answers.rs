//! A student's own answers, in the files of `exercises/` and in the notebooks of `notebooks/`.
//!
//! A file that has been begun counts. If the file is still as it was handed out, a cell of a notebook counts
//! instead, if it names the exercise and has been begun. The cell becomes a file, as in grading.

use std::collections::BTreeMap;

use anyhow::Result;
use course::check::Exercise;

use super::compile::Submitted;
use super::{cells, files};
use crate::nb::notebook::{Kind, Notebook};
use crate::tools::layout::Layout;

/// The answers in the notebooks, by exercise: the first if there are several.
pub(crate) struct OwnAnswers<'a> {
    layout: &'a Layout,
    cells: BTreeMap<String, Cell>,
}

/// A cell of a notebook that has been begun.
struct Cell {
    source: String,
    shown: String,
}

impl<'a> OwnAnswers<'a> {
    /// Reads the notebooks. A notebook that cannot be read has no answers.
    pub(crate) fn read(layout: &'a Layout) -> Self {
        let found = std::fs::read_dir(layout.notebooks());
        let mut paths: Vec<_> = (found.into_iter().flatten().flatten())
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "ipynb"))
            .collect();
        paths.sort();
        let mut cells = BTreeMap::new();
        for path in paths {
            let Ok(notebook) = Notebook::read(&path) else {
                continue;
            };
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            for cell in notebook.cells.iter().filter(|cell| cell.kind() == Kind::Code) {
                let Some(exercise) = cell.exercise() else { continue };
                if !cells::has_todo(cell.source()) {
                    cells.entry(exercise.to_owned()).or_insert_with(|| Cell {
                        source: cell.source().to_owned(),
                        shown: format!("cell {} of {name}", cell.id()),
                    });
                }
            }
        }
        Self { layout, cells }
    }

    /// The student's answer to an exercise.
    ///
    /// # Errors
    /// There is no cell, and the file cannot be read.
    pub(crate) fn of(&self, exercise: &'static Exercise) -> Result<Submitted> {
        let file = files::read(&files::student(self.layout, exercise));
        let is_begun = |text: &String| *text != exercise.stub && !cells::has_todo(text);
        match self.cells.get(exercise.id) {
            Some(cell) if !file.as_ref().is_ok_and(is_begun) => {
                let (text, function) = cells::items(&cell.source).answer(exercise.name());
                Ok(Submitted {
                    exercise,
                    text,
                    shown: cell.shown.clone(),
                    function,
                })
            }
            _ => Ok(Submitted::file(exercise, file?)),
        }
    }
}
