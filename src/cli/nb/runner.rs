//! Runs a notebook in a kernel of its own: cell by cell, with a verdict for each.
//!
//! [`run`] knows nothing of terminals and files: it tells an [`Observer`] what happens and leaves the outputs
//! in the notebook.

use super::cell::{self, Execution};
use super::client::Kernel;
use super::notebook::{Cell, Kind, Notebook};
use super::observer::{Observer, Options};
use super::report::{CellReport, NotebookReport, Verdict};
use super::verdict::{Failure, FailureKind};
use crate::kernel::command::KernelCommand;
use anyhow::Result;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Runs `notebook` in a kernel started in `folder`. `name` is what the report calls it. When `stop` becomes
/// true, the running cell is interrupted and the rest is not run.
pub(crate) async fn run(
    notebook: &mut Notebook,
    name: &str,
    folder: &Path,
    command: &KernelCommand,
    options: &Options,
    stop: &watch::Receiver<bool>,
    observer: &mut dyn Observer,
) -> NotebookReport {
    let begin = Instant::now();
    let mut run = Run {
        command,
        folder,
        options,
        stop: stop.clone(),
        observer,
        kernel: None,
        kernel_seconds: 0.0,
        problem: None,
        cells: Vec::new(),
    };
    notebook.cells.iter_mut().for_each(Cell::clear);
    run.cells(notebook).await;
    if let Some(kernel) = run.kernel.take() {
        kernel.shutdown().await;
    }
    let passed = run.problem.is_none()
        && run
            .cells
            .iter()
            .all(|cell| !matches!(cell.verdict, Verdict::Failed | Verdict::NotRun));
    NotebookReport {
        notebook: name.into(),
        passed,
        seconds: begin.elapsed().as_secs_f64(),
        kernel_seconds: run.kernel_seconds,
        problem: run.problem,
        cells: run.cells,
    }
}

/// A run under way.
struct Run<'a> {
    command: &'a KernelCommand,
    folder: &'a Path,
    options: &'a Options,
    stop: watch::Receiver<bool>,
    observer: &'a mut dyn Observer,
    kernel: Option<Kernel>,
    kernel_seconds: f64,
    problem: Option<String>,
    cells: Vec<CellReport>,
}

impl Run<'_> {
    async fn cells(&mut self, notebook: &mut Notebook) {
        let code = notebook.cells.iter_mut().filter(|cell| cell.kind() == Kind::Code);
        let mut code: Vec<&mut Cell> = code.collect();
        let all = code.len();
        let mut over = false;
        for (i, cell) in code.iter_mut().enumerate() {
            let number = i + 1;
            let report = if !cell.is_executable() {
                CellReport::of(number, cell, Verdict::Skipped, None, Duration::ZERO)
            } else if over {
                CellReport::of(number, cell, Verdict::NotRun, None, Duration::ZERO)
            } else {
                match self.kernel().await {
                    Ok(kernel) => self.cell(kernel, number, all, cell).await,
                    Err(problem) => {
                        self.problem = Some(format!("{problem:#}"));
                        CellReport::of(number, cell, Verdict::NotRun, None, Duration::ZERO)
                    }
                }
            };
            self.observer.cell_done(&report);
            over = over
                || self.problem.is_some()
                || *self.stop.borrow()
                || report.verdict == Verdict::Failed && !self.options.keep_going;
            self.cells.push(report);
        }
        self.last_words().await;
    }

    /// The running kernel, or a new one.
    async fn kernel(&mut self) -> Result<Kernel> {
        if let Some(kernel) = self.kernel.take() {
            return Ok(kernel);
        }
        let begin = Instant::now();
        let mut stop = self.stop.clone();
        let kernel = tokio::select! {
            kernel = Kernel::start(self.command, self.folder) => kernel?,
            () = cell::stopped(&mut stop) => anyhow::bail!("interrupted while the kernel started"),
        };
        self.kernel_seconds += begin.elapsed().as_secs_f64();
        self.observer.kernel_ready(begin.elapsed());
        Ok(kernel)
    }

    async fn cell(&mut self, mut kernel: Kernel, number: usize, all: usize, cell: &mut Cell) -> CellReport {
        self.observer.cell_started(number, all, cell);
        let begin = Instant::now();
        let Execution {
            outputs,
            failure,
            is_alive,
        } = cell::execute(
            &mut kernel,
            number,
            cell.source(),
            self.options,
            &mut self.stop,
            self.observer,
        )
        .await;
        cell.set_outputs(number, outputs);
        if is_alive {
            self.kernel = Some(kernel);
        } else {
            kernel.kill().await;
        }
        let (verdict, failure) = verdict(cell, failure);
        CellReport::of(number, cell, verdict, failure, begin.elapsed())
    }

    /// Makes sure that no panic of the last cells went unseen. A cell's standard error and the message that
    /// the cell has ended take different ways, and the former may come later. A last line, written by a last
    /// cell, comes after everything.
    async fn last_words(&mut self) {
        let Some(kernel) = &mut self.kernel else { return };
        if *self.stop.borrow() {
            return;
        }
        let Some(failure) = cell::last_words(kernel).await else {
            return;
        };
        let executed = |cell: &&mut CellReport| !matches!(cell.verdict, Verdict::Skipped | Verdict::NotRun);
        if let Some(last) = self.cells.iter_mut().rfind(executed)
            && last.verdict == Verdict::Passed
        {
            last.verdict = Verdict::Failed;
            last.failure = Some(failure);
        }
    }
}

/// The verdict on a cell, given what it was expected to do.
fn verdict(cell: &Cell, failure: Option<Failure>) -> (Verdict, Option<Failure>) {
    use FailureKind::{Flood, Interrupted, KernelDied, Timeout};
    match failure {
        None if cell.is_expected_to_fail() => {
            let message = "the cell is tagged raises-exception and did not fail";
            (
                Verdict::Failed,
                Some(Failure::new(FailureKind::DidNotFail, message)),
            )
        }
        None => (Verdict::Passed, None),
        Some(failure)
            if cell.is_expected_to_fail()
                && ![Flood, Interrupted, KernelDied, Timeout].contains(&failure.kind) =>
        {
            (Verdict::FailedAsExpected, Some(failure))
        }
        Some(failure) => (Verdict::Failed, Some(failure)),
    }
}

impl CellReport {
    fn of(number: usize, cell: &Cell, verdict: Verdict, failure: Option<Failure>, took: Duration) -> Self {
        Self {
            number,
            id: cell.id().to_owned(),
            line: cell.first_line().to_owned(),
            verdict,
            failure,
            seconds: took.as_secs_f64(),
        }
    }
}
