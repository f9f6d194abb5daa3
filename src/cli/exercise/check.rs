//! `cargo course check`: compile, ask, judge, say.

use anyhow::Result;
use clap::Args;
use console::style;
use course::check::{Answer, Exercise, Report, SEED, Verdict, judge};

use super::answers::OwnAnswers;
use super::choose::choose;
use super::submitted::Submitted;
use super::{ask, compile, files, limits};
use crate::tools::files::read;
use crate::tools::layout::Layout;
use crate::tools::print::{print, print_json};
use crate::tools::words::counted;

/// Check your answers in exercises/ and notebooks/: what was expected, what came, and what the mistake looks
/// like.
///
/// Exit code 1 says that something is wrong.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  cargo course check            all that you have begun\n  cargo course check cosine     one of them\n  cargo course check 01_vectors  a lecture's\n  cargo course check --json     for a program"
)]
pub(crate) struct CheckArgs {
    /// Which: a name (cosine), an id (01_vectors/cosine) or a lecture (01_vectors); all if none is given.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// The reports as JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Check the solutions instead of your answers.
    #[arg(long)]
    solutions: bool,
}

impl CheckArgs {
    /// Returns whether everything that was asked for is right.
    pub(crate) fn run(self) -> Result<bool> {
        let layout = Layout::find()?;
        if self.solutions {
            files::need_solutions(&layout)?;
        }
        let (chosen, named) = choose(&self.ids)?;
        let reports = if self.solutions {
            reports(&chosen, |exercise| {
                let text = read(&files::solution(&layout, exercise))?;
                Ok(Submitted::file(exercise, text, Vec::new()))
            })?
        } else {
            let answers = OwnAnswers::read(&layout);
            reports(&chosen, |exercise| answers.of(exercise))?
        };
        if self.json {
            print_json(&reports)?;
        } else {
            for report in reports.iter().filter(|report| named || !is_untouched(report)) {
                show(report);
            }
            print(&summary(&reports));
        }
        let wrong = |report: &Report| !report.is_passed() && (named || !is_untouched(report));
        Ok(!reports.iter().any(wrong))
    }
}

/// What the judge says about each exercise's answer. If one cannot be read, the others still get their
/// verdicts.
pub(crate) fn reports(
    chosen: &[&'static Exercise],
    answer: impl Fn(&'static Exercise) -> Result<Submitted>,
) -> Result<Vec<Report>> {
    let (mut submitted, mut unread) = (Vec::new(), Vec::new());
    for &exercise in chosen {
        let name = exercise.name();
        match answer(exercise) {
            Ok(answer) => submitted.push(answer),
            Err(error) => {
                let why = format!("{error:#}; `cargo course reset {name}` puts it back as it was handed out");
                unread.push(Report::unasked(exercise, Verdict::MissingItem(why)));
            }
        }
    }
    let folder = tempfile::tempdir()?;
    let allowed = limits::Allowed::default();
    let programs = compile::compile(&submitted, folder.path(), &allowed)?;
    let mut reports = Vec::new();
    for (one, program) in submitted.iter().zip(programs) {
        let started = match program {
            Ok(program) => ask::Running::start(&program, one.exercise.name(), &allowed, true)?,
            Err(verdict) => Err(verdict),
        };
        reports.push(match started {
            Err(verdict) => Report::unasked(one.exercise, verdict),
            Ok(mut running) => judge(one.exercise, SEED, &mut |arguments| -> Answer {
                running.ask(arguments)
            }),
        });
    }
    reports.extend(unread);
    let position = |report: &Report| chosen.iter().position(|exercise| exercise.id == report.id);
    reports.sort_by_key(position);
    Ok(reports)
}

/// Whether the file is still to be written.
pub(crate) fn is_untouched(report: &Report) -> bool {
    report.verdict == Verdict::NotAttempted
}

/// Prints a report, with its first line in colour.
pub(crate) fn show(report: &Report) {
    let text = report.to_string();
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let first = if report.is_passed() {
        style(first).cyan()
    } else {
        style(first).yellow()
    };
    print(&format!("{}\n{rest}", first.bold()));
}

/// One line about all reports.
pub(crate) fn summary(reports: &[Report]) -> String {
    let points = |of: fn(&Report) -> u32| reports.iter().map(of).sum::<u32>();
    let left = reports.iter().filter(|report| is_untouched(report)).count();
    let rest = match left {
        0 => String::new(),
        left => format!("; {left} of {} not attempted yet", reports.len()),
    };
    let (earned, all) = (points(|r| r.points), points(|r| r.of));
    format!("{earned} of {}{rest}\n", counted(all, "point"))
}
