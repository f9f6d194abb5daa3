//! A student's own answers, in the files of `exercises/` and in the notebooks of `notebooks/`.
//!
//! A file that has been begun counts. If the file is still as it was handed out, a cell of a notebook counts
//! instead, if it names the exercise and has been begun. The cell becomes a file, as in grading. A cell may
//! use what the notebook's other cells define; a file may use the lecture's files before it.

use std::collections::BTreeMap;

use anyhow::Result;
use course::check::source::{self, Source, has_todo, items};
use course::check::{Exercise, exercises};

use super::files;
use super::submitted::Submitted;
use crate::nb::notebook::{Cell, Kind, Notebook};
use crate::tools;
use crate::tools::files::read;
use crate::tools::layout::Layout;

/// How many letters of a cell's id are shown: as many as Jupyter allows.
const LONGEST_ID: usize = 64;

/// The answers in the notebooks, by exercise: the first if there are several.
pub(crate) struct OwnAnswers<'a> {
    layout: &'a Layout,
    /// The code cells of each notebook.
    notebooks: Vec<Vec<Source>>,
    /// For each exercise its notebook and cell.
    cells: BTreeMap<String, (usize, usize)>,
}

impl<'a> OwnAnswers<'a> {
    /// Reads the notebooks. A notebook that cannot be read has no answers.
    pub(crate) fn read(layout: &'a Layout) -> Self {
        let (mut notebooks, mut cells) = (Vec::new(), BTreeMap::new());
        for path in tools::files::notebooks(&layout.notebooks()).unwrap_or_default() {
            let Ok(notebook) = Notebook::read(&path) else {
                continue;
            };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let code = || notebook.cells.iter().filter(|cell| cell.kind() == Kind::Code);
            for (at, cell) in code().enumerate() {
                let Some(exercise) = cell.exercise() else { continue };
                if !has_todo(cell.source()) {
                    cells.entry(exercise.to_owned()).or_insert((notebooks.len(), at));
                }
            }
            notebooks.push(code().map(|cell| of_notebook(cell, &name)).collect());
        }
        Self {
            layout,
            notebooks,
            cells,
        }
    }

    /// The student's answer to an exercise.
    ///
    /// # Errors
    /// There is no cell, and the file cannot be read.
    pub(crate) fn of(&self, exercise: &'static Exercise) -> Result<Submitted> {
        let file = read(&files::student(self.layout, exercise));
        let is_begun = |text: &String| *text != exercise.stub && !has_todo(text);
        match self.cells.get(exercise.id) {
            Some(&(notebook, cell)) if !file.as_ref().is_ok_and(is_begun) => {
                let cells = &self.notebooks[notebook];
                Ok(Submitted {
                    exercise,
                    shown: cells[cell].shown.clone(),
                    answer: source::of_cell(cells, cell, exercise.name()),
                })
            }
            _ => Ok(Submitted::file(
                exercise,
                file?,
                own_earlier(self.layout, exercise),
            )),
        }
    }
}

/// A cell with its name in messages.
pub(crate) fn of_notebook(cell: &Cell, notebook: &str) -> Source {
    let id = cell.id().chars().filter(|c| !c.is_control());
    let id: String = id.take(LONGEST_ID).collect();
    Source {
        shown: format!("cell {id} of {notebook}"),
        items: items(cell.source()),
    }
}

/// The student's own files of the lecture's earlier exercises, which a file may use.
pub(crate) fn own_earlier(layout: &Layout, exercise: &Exercise) -> Vec<Source> {
    earlier(exercise, |other| read(&files::student(layout, other)).ok())
}

/// The files of the lecture's earlier exercises. `text` has the text of each, if there is one.
pub(crate) fn earlier(exercise: &Exercise, text: impl Fn(&Exercise) -> Option<String>) -> Vec<Source> {
    let before = exercises().iter().take_while(|other| other.id != exercise.id);
    let source = |other: &&Exercise| {
        Some(Source {
            shown: format!("{}.rs", other.name()),
            items: items(&text(other)?),
        })
    };
    (before.filter(|other| other.lecture() == exercise.lecture()))
        .filter_map(source)
        .collect()
}
