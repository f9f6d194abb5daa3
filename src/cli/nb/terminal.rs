//! A run as lines in a terminal or a log, with a bar under them where somebody watches.

use super::notebook::Cell;
use super::observer::Observer;
use super::output::Output;
use super::report::{CellReport, NotebookReport, Verdict};
use super::text::{self, WithoutBacktraces};
use console::{Style, strip_ansi_codes, truncate_str};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// The most lines of one cell that are shown. A notebook or page written with `--out` has all of them.
const MOST_LINES: usize = 60;

/// The width that a first line of source is cut to.
const WIDTH: usize = 72;

/// Shows runs on standard error when standard output belongs to a report, and on standard output otherwise.
pub(crate) struct Terminal {
    bar: ProgressBar,
    is_terminal: bool,
    to_stderr: bool,
    colours: bool,
    /// Lines of the current cell that have been shown.
    shown: usize,
    /// The beginning of a printed line whose end has not come.
    unfinished: String,
    filter: WithoutBacktraces,
}

impl Terminal {
    pub(crate) fn new(to_stderr: bool) -> Self {
        let is_terminal = if to_stderr {
            std::io::stderr().is_terminal()
        } else {
            std::io::stdout().is_terminal()
        };
        let colours = is_terminal && std::env::var_os("NO_COLOR").is_none();
        Self {
            bar: ProgressBar::hidden(),
            is_terminal,
            to_stderr,
            colours,
            shown: 0,
            unfinished: String::new(),
            filter: WithoutBacktraces::default(),
        }
    }

    /// Announces a notebook.
    pub(crate) fn notebook(&mut self, name: &str, code_cells: usize) {
        if self.is_terminal {
            self.bar = ProgressBar::new(code_cells as u64)
                .with_prefix(name.to_owned())
                .with_message("the kernel starts");
            if let Ok(style) =
                ProgressStyle::with_template("{prefix} {bar:24} {pos}/{len}  {elapsed}  {wide_msg}")
            {
                self.bar.set_style(style.progress_chars("━╸─"));
            }
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
        let cells = if code_cells == 1 {
            "code cell"
        } else {
            "code cells"
        };
        self.line(&format!(
            "{}  {code_cells} {cells}",
            self.paint(name, Style::new().bold())
        ));
    }

    /// Says how a notebook ended.
    pub(crate) fn done(&mut self, report: &NotebookReport) {
        self.bar.disable_steady_tick();
        self.bar.finish_and_clear();
        if let Some(problem) = &report.problem {
            self.line(&format!("  {}", self.paint(problem, Style::new().red())));
        }
        let end = if report.passed {
            self.paint("passed", Style::new().green())
        } else {
            self.paint("failed", Style::new().red())
        };
        self.line(&format!("  {end} in {:.1} s\n", report.seconds));
    }

    /// Says how everything ended: each failure once more, with the place to look at.
    pub(crate) fn summary(&mut self, reports: &[NotebookReport]) {
        let failed: Vec<&NotebookReport> = reports.iter().filter(|report| !report.passed).collect();
        let seconds: f64 = reports.iter().map(|report| report.seconds).sum();
        if failed.is_empty() {
            let text = format!("{} passed in {seconds:.1} s", count(reports.len(), "notebook"));
            return self.line(&self.paint(&text, Style::new().green()));
        }
        let text = format!("{} of {} failed", failed.len(), count(reports.len(), "notebook"));
        self.line(&format!("{}:", self.paint(&text, Style::new().red().bold())));
        for report in failed {
            let name = &report.notebook;
            if let Some(problem) = &report.problem {
                self.line(&format!("  {name}: {problem}"));
            }
            for (cell, failure) in report.failures() {
                let place = format!("  {name}, code cell {} (id {})", cell.number, cell.id);
                self.line(&format!(
                    "{place}: {}: {}",
                    failure.kind.name(),
                    first_line(&failure.message)
                ));
                self.line(&format!("      {}", cut(&cell.line)));
            }
        }
    }

    /// A line outside any cell.
    pub(crate) fn line(&self, text: &str) {
        self.bar.suspend(|| self.write(text));
    }

    fn write(&self, text: &str) {
        // A closed pipe is nobody's error here: there is no one left to show anything to.
        let _ = if self.to_stderr {
            writeln!(std::io::stderr(), "{text}")
        } else {
            writeln!(std::io::stdout(), "{text}")
        };
    }

    fn paint(&self, text: &str, style: Style) -> String {
        style.force_styling(self.colours).apply_to(text).to_string()
    }

    /// Lines of the current cell.
    fn body(&mut self, text: &str) {
        let mut lines = Vec::new();
        for line in text.lines() {
            self.shown += 1;
            if self.shown <= MOST_LINES {
                let line = if self.colours {
                    line.into()
                } else {
                    strip_ansi_codes(line)
                };
                lines.push(format!("      {line}"));
            } else if self.shown == MOST_LINES + 1 {
                lines.push(self.paint(
                    "      … more lines; --out DIR keeps all of them",
                    Style::new().dim(),
                ));
            }
        }
        if !lines.is_empty() {
            self.line(&lines.join("\n"));
        }
    }

    /// Printed text, whose lines may come in pieces.
    fn printed(&mut self, stderr: bool, text: &str) {
        self.unfinished.push_str(text);
        if let Some(end) = self.unfinished.rfind('\n') {
            let rest = self.unfinished.split_off(end + 1);
            let whole = std::mem::replace(&mut self.unfinished, rest);
            let kept: Vec<&str> = whole
                .lines()
                .filter(|line| !stderr || self.filter.keeps(line))
                .collect();
            self.body(&kept.join("\n"));
        }
    }

    fn flush(&mut self) {
        let rest = std::mem::take(&mut self.unfinished);
        self.body(&rest);
    }
}

impl Observer for Terminal {
    fn kernel_ready(&mut self, after: Duration) {
        let text = format!("  kernel ready after {:.1} s", after.as_secs_f64());
        self.line(&self.paint(&text, Style::new().dim()));
    }

    fn cell_started(&mut self, number: usize, _all: usize, cell: &Cell) {
        self.shown = 0;
        self.filter = WithoutBacktraces::default();
        self.bar.set_position(number as u64 - 1);
        self.bar.set_message(cell.first_line().to_owned());
        let number = self.paint(&format!("{:>5}", format!("[{number}]")), Style::new().cyan());
        self.line(&format!("{number} {}", cut(cell.first_line())));
    }

    fn output(&mut self, output: &Output) {
        match output {
            Output::Stream { stderr, text } => self.printed(*stderr, text),
            Output::Data { data, .. } => {
                self.flush();
                self.body(&text::of_data(data));
            }
            Output::Error { traceback, .. } => {
                self.flush();
                self.body(&traceback.join("\n"));
            }
        }
    }

    fn cell_done(&mut self, report: &CellReport) {
        self.flush();
        self.bar.set_position(report.number as u64);
        let took = format!("{:.2} s", report.seconds);
        let text = match (report.verdict, &report.failure) {
            (Verdict::Skipped | Verdict::NotRun, _) => return,
            (Verdict::Passed, _) | (_, None) => self.paint(&format!("      {took}"), Style::new().dim()),
            (Verdict::FailedAsExpected, Some(failure)) => self.paint(
                &format!("      {} as expected, {took}", failure.kind.name()),
                Style::new().dim(),
            ),
            (_, Some(failure)) => {
                let text = format!(
                    "      FAILED, {}: {} ({took})",
                    failure.kind.name(),
                    first_line(&failure.message)
                );
                self.paint(&text, Style::new().red())
            }
        };
        self.line(&text);
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn cut(line: &str) -> std::borrow::Cow<'_, str> {
    truncate_str(line, WIDTH, "…")
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
