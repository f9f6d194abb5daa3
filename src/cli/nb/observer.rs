//! What a run of a notebook is given: how to run, and who watches.

use super::notebook::Cell;
use super::output::{Limits, Output};
use super::report::CellReport;
use std::time::Duration;

/// How to run.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// How long a cell may take, its compilation included.
    pub(crate) timeout: Duration,
    /// Whether the cells after a failed one are run.
    pub(crate) keep_going: bool,
    /// How much a cell may print and display.
    pub(crate) limits: Limits,
}

/// Somebody who watches a run.
pub(crate) trait Observer {
    /// The kernel is ready, after this time.
    fn kernel_ready(&mut self, _after: Duration) {}
    /// Code cell `number` of `all` is sent to the kernel.
    fn cell_started(&mut self, _number: usize, _all: usize, _cell: &Cell) {}
    /// The cell printed, displayed or reported something.
    fn output(&mut self, _output: &Output) {}
    /// The cell is done.
    fn cell_done(&mut self, _report: &CellReport) {}
}
