//! One submission: compiled, asked and judged.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Result;
use course::check::{Answer, Exercise, Report, SEED, Value, Verdict, judge, judge_hidden};

use super::choose::Answers;
use super::seed::Seed;
use crate::class::record::{Hidden, Marked};
use crate::exercise::ask::Running;
use crate::exercise::compile::compile;
use crate::exercise::limits::Allowed;
use crate::exercise::submitted::Submitted;

/// The marks, and the reports for the instructor on hidden cases that are not right.
pub(super) struct Marks {
    pub(super) exercises: Vec<Marked>,
    pub(super) hidden: Vec<Report>,
}

/// Marks the answers to `wanted`, in `folder`, which is empty.
///
/// # Errors
/// The system fails, so that no verdict can be given.
pub(super) fn mark(
    answers: &mut Answers,
    wanted: &[&'static Exercise],
    seed: &Seed,
    allowed: &Allowed,
    folder: &Path,
) -> Result<Marks> {
    let mut verdicts: Vec<Option<Verdict>> = Vec::new();
    let mut submitted: Vec<Submitted> = Vec::new();
    for chosen in std::mem::take(&mut answers.chosen) {
        match chosen {
            Ok(file) => {
                submitted.push(file);
                verdicts.push(None);
            }
            Err(verdict) => verdicts.push(Some(verdict)),
        }
    }
    let mut programs = compile(&submitted, folder, allowed)?.into_iter();
    let mut marks = Marks {
        exercises: Vec::new(),
        hidden: Vec::new(),
    };
    for (exercise, verdict) in wanted.iter().zip(verdicts) {
        let program = match verdict {
            Some(verdict) => Err(verdict),
            // Each submitted file has a program or a verdict.
            None => programs.next().unwrap_or(Err(Verdict::NotAttempted)),
        };
        let (marked, hidden) = match program {
            Ok(program) => ask(exercise, &program, seed, allowed)?,
            Err(verdict) => (unasked(exercise, verdict), None),
        };
        marks.exercises.push(marked);
        marks.hidden.extend(hidden.filter(|report| !report.is_passed()));
    }
    Ok(marks)
}

fn unasked(exercise: &Exercise, verdict: Verdict) -> Marked {
    Marked {
        points: 0,
        report: Report::unasked(exercise, verdict),
        hidden: None,
        flags: Vec::new(),
    }
}

/// Asks about the public cases and, if those are right, about the hidden ones.
fn ask(
    exercise: &'static Exercise,
    program: &Path,
    seed: &Seed,
    allowed: &Allowed,
) -> Result<(Marked, Option<Report>)> {
    let mut running = match Running::start(program, exercise.name(), allowed, false)? {
        Ok(running) => running,
        Err(verdict) => return Ok((unasked(exercise, verdict), None)),
    };
    let report = guarded(exercise, |ask| judge(exercise, SEED, ask), &mut running);
    let hidden = report.is_passed().then(|| {
        guarded(
            exercise,
            |ask| judge_hidden(exercise, seed.of(exercise.id), ask),
            &mut running,
        )
    });
    let is_right = report.is_passed() && hidden.as_ref().is_some_and(Report::is_passed);
    let mut flags = Vec::new();
    if running.is_cut_off() {
        flags.push("output cut off".to_owned());
    }
    let marked = Marked {
        points: if is_right { report.of } else { 0 },
        report,
        hidden: hidden.as_ref().map(Hidden::of),
        flags,
    };
    Ok((marked, hidden))
}

/// The student's function, as the judge asks it.
type Function<'a> = &'a mut dyn FnMut(&[Value]) -> Answer;

/// A judge that fails on a strange answer gives no points, but does not stop the batch.
fn guarded(exercise: &Exercise, judge: impl FnOnce(Function<'_>) -> Report, running: &mut Running) -> Report {
    let mut ask = |arguments: &[Value]| running.ask(arguments);
    catch_unwind(AssertUnwindSafe(|| judge(&mut ask))).unwrap_or_else(|_| {
        Report::unasked(
            exercise,
            Verdict::Gone("the judge failed on an answer".to_owned()),
        )
    })
}
