//! What a run has to tell.

use super::verdict::Failure;
use serde::Serialize;

/// The result of running one notebook.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct NotebookReport {
    /// The notebook's file.
    pub(crate) notebook: String,
    /// Whether it ran to its end, and every cell did what was expected of it.
    pub(crate) passed: bool,
    /// From the first moment to the last, including the kernel's start.
    pub(crate) seconds: f64,
    /// How long the kernel took to start.
    pub(crate) kernel_seconds: f64,
    /// Why the notebook could not be run, or not to its end, when no cell is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
    /// The code cells, in order.
    pub(crate) cells: Vec<CellReport>,
}

/// The result of one code cell.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CellReport {
    /// Which code cell of the notebook, counted from 1.
    pub(crate) number: usize,
    /// The cell's name in the notebook.
    pub(crate) id: String,
    /// The first line of its source.
    pub(crate) line: String,
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// Why it failed, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) failure: Option<Failure>,
    /// How long it took.
    pub(crate) seconds: f64,
}

/// How a cell ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// Executed without a failure.
    Passed,
    /// Failed, or did not fail although it should have.
    Failed,
    /// Failed, as its tag `raises-exception` says that it will.
    FailedAsExpected,
    /// Nothing to execute, or tagged `skip-execution`.
    Skipped,
    /// Never reached.
    NotRun,
}

impl NotebookReport {
    /// A notebook that could not even be started.
    pub(crate) fn unrunnable(notebook: &str, problem: String) -> Self {
        Self {
            notebook: notebook.into(),
            passed: false,
            seconds: 0.0,
            kernel_seconds: 0.0,
            problem: Some(problem),
            cells: Vec::new(),
        }
    }

    /// The cells that failed.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&CellReport, &Failure)> {
        let failed = self.cells.iter().filter(|cell| cell.verdict == Verdict::Failed);
        failed.filter_map(|cell| Some((cell, cell.failure.as_ref()?)))
    }
}
