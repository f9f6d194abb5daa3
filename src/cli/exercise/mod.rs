//! Exercises at the command line: `list`, `check`, `hint`, `reset`, `solution`, and `exercises`, which makes the
//! students' files from the solutions.
//!
//! A student's file is compiled by rustc into a program of its own, which answers questions; the judge is in this one.

#[cfg(unix)]
pub(crate) mod ask;
#[cfg(unix)]
pub(crate) mod compile;
pub(crate) mod files;
#[cfg(unix)]
mod forbidden;
#[cfg(unix)]
pub(crate) mod limits;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use console::style;
use course::check::{Exercise, exercises};

use crate::place::Place;
use crate::progress::say;
use crate::tools;

/// The commands about exercises.
#[derive(Subcommand)]
pub(crate) enum ExerciseCommand {
    List(ListArgs),
    #[cfg(unix)]
    Check(CheckArgs),
    Hint(HintArgs),
    Reset(ResetArgs),
    Solution(SolutionArgs),
    Exercises(ExercisesArgs),
}

/// List the exercises: what each trains, its points, and how long it takes.
#[derive(Args)]
pub(crate) struct ListArgs {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Check your files in exercises/: what was expected, what came, and what the mistake looks like.
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
    /// Check the solutions instead of your files.
    #[arg(long)]
    solutions: bool,
}

/// Print an exercise's next hint, or its first ones.
#[derive(Args)]
pub(crate) struct HintArgs {
    /// A name (cosine) or an id (01_vectors/cosine).
    id: String,
    /// How many hints.
    #[arg(default_value_t = 1)]
    n: usize,
}

/// Put an exercise's file back as it was handed out. Yours is kept beside it, with the ending .old.
#[derive(Args)]
pub(crate) struct ResetArgs {
    /// A name (cosine) or an id (01_vectors/cosine).
    id: String,
}

/// Print an exercise's solution.
#[derive(Args)]
pub(crate) struct SolutionArgs {
    /// A name (cosine) or an id (01_vectors/cosine).
    id: String,
}

/// Make the students' files in exercises/ from the solutions.
#[derive(Args)]
pub(crate) struct ExercisesArgs {
    /// Write nothing; exit code 1 and the names if a file is not the one that its solution makes.
    #[arg(long)]
    check: bool,
}

impl ExerciseCommand {
    /// Returns whether everything is well.
    pub(crate) fn run(self) -> Result<bool> {
        match self {
            Self::List(args) => list(&args).map(|()| true),
            #[cfg(unix)]
            Self::Check(args) => check(&args),
            Self::Hint(args) => hint(&args).map(|()| true),
            Self::Reset(args) => reset(&args).map(|()| true),
            Self::Solution(args) => {
                let place = Place::find()?;
                files::need_solutions(&place)?;
                print(&files::read(&files::solution(&place, find(&args.id)?))?);
                Ok(true)
            }
            Self::Exercises(args) => make(&args),
        }
    }
}

/// Prints to standard output; that nobody listens is no error.
pub(crate) fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The exercise of this name or id.
fn find(id: &str) -> Result<&'static Exercise> {
    let found: Vec<&&Exercise> = exercises()
        .iter()
        .filter(|e| e.id == id || e.name() == id)
        .collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let names: Vec<&str> = exercises().iter().map(|e| e.name()).collect();
            bail!(
                "expected the name of an exercise ({}), got {id:?}",
                names.join(", ")
            )
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|e| e.id).collect();
            bail!(
                "expected one of {}, got {id:?}, which is the name of each",
                ids.join(", ")
            )
        }
    }
}

/// The exercises of these names, ids and lectures, all if there are none; and whether any was named by itself, since one
/// that was is expected to be written.
#[cfg(unix)]
pub(crate) fn choose(ids: &[String]) -> Result<(Vec<&'static Exercise>, bool)> {
    if ids.is_empty() {
        return Ok((exercises().to_vec(), false));
    }
    let (mut chosen, mut named) = (Vec::new(), false);
    for id in ids {
        let lecture = exercises().iter().filter(|exercise| exercise.lecture() == id);
        let before = chosen.len();
        chosen.extend(lecture);
        if chosen.len() == before {
            chosen.push(find(id)?);
            named = true;
        }
    }
    Ok((chosen, named))
}

fn list(args: &ListArgs) -> Result<()> {
    let mut json = Vec::new();
    for exercise in exercises() {
        let head = exercise.head().map_err(anyhow::Error::msg)?;
        if args.json {
            json.push(serde_json::json!({
                "id": exercise.id, "title": head.title, "concept": head.concept, "points": head.points,
                "difficulty": head.difficulty, "minutes": head.minutes, "signature": exercise.signature(),
            }));
        } else {
            let stars = "★".repeat(head.difficulty as usize);
            print(&format!(
                "{:<28} {:<32} {:<3} {:>2} points {:>3} min\n",
                exercise.id, head.title, stars, head.points, head.minutes
            ));
        }
    }
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&json)?));
    }
    Ok(())
}

fn hint(args: &HintArgs) -> Result<()> {
    let head = find(&args.id)?.head().map_err(anyhow::Error::msg)?;
    for (i, hint) in head.hints.iter().take(args.n).enumerate() {
        print(&format!("{}. {hint}\n", i + 1));
    }
    if args.n < head.hints.len() {
        say(&format!(
            "{} more: `cargo course hint {} {}`",
            head.hints.len() - args.n,
            args.id,
            args.n + 1
        ));
    }
    Ok(())
}

fn reset(args: &ResetArgs) -> Result<()> {
    let place = Place::find()?;
    let exercise = find(&args.id)?;
    let file = files::student(&place, exercise);
    if std::fs::read_to_string(&file).is_ok_and(|text| text == exercise.stub) {
        say(&format!("{} is as it was handed out", file.display()));
        return Ok(());
    }
    if file.exists() {
        let old = file.with_extension("rs.old");
        std::fs::rename(&file, &old).with_context(|| format!("cannot rename {}", file.display()))?;
        say(&format!("your version is {}", old.display()));
    }
    tools::write(&file, exercise.stub)?;
    say(&format!("{} is as it was handed out", file.display()));
    Ok(())
}

fn make(args: &ExercisesArgs) -> Result<bool> {
    let place = Place::find()?;
    files::need_solutions(&place)?;
    let mut stale = files::stale(&place, exercises(), !args.check)?;
    stale.extend(crate::quiz::make::stale(&place, !args.check)?);
    for file in &stale {
        let done = if args.check {
            "is not what its solution makes"
        } else {
            "written"
        };
        say(&format!("{} {done}", file.display()));
    }
    if args.check && !stale.is_empty() {
        say("`cargo course exercises` writes them anew");
    }
    Ok(stale.is_empty() || !args.check)
}

#[cfg(unix)]
fn check(args: &CheckArgs) -> Result<bool> {
    use course::check::{Answer, Report, SEED, Verdict, judge};

    let place = Place::find()?;
    if args.solutions {
        files::need_solutions(&place)?;
    }
    let (chosen, named) = choose(&args.ids)?;
    let submitted: Vec<compile::Submitted> = chosen
        .iter()
        .map(|&exercise| {
            let file = if args.solutions {
                files::solution(&place, exercise)
            } else {
                files::student(&place, exercise)
            };
            Ok(compile::Submitted {
                exercise,
                text: files::read(&file)?,
                shown: format!("{}.rs", exercise.name()),
                function: exercise.name().to_owned(),
            })
        })
        .collect::<Result<_>>()?;
    let folder = tempfile::tempdir()?;
    let allowed = limits::Allowed::default();
    let programs = compile::compile(&submitted, folder.path(), &allowed)?;
    let mut reports: Vec<Report> = Vec::new();
    for (one, program) in submitted.iter().zip(programs) {
        reports.push(match program {
            Err(verdict) => Report::unasked(one.exercise, verdict),
            Ok(program) => {
                let mut running = ask::Running::start(&program, one.exercise.name(), &allowed, true)?;
                judge(one.exercise, SEED, &mut |arguments| -> Answer {
                    running.ask(arguments)
                })
            }
        });
    }

    let untouched = |report: &&Report| report.verdict == Verdict::NotAttempted;
    if args.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&reports)?));
    } else {
        for report in reports.iter().filter(|report| named || !untouched(report)) {
            let text = report.to_string();
            let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
            let first = if report.is_passed() {
                style(first).cyan()
            } else {
                style(first).yellow()
            };
            print(&format!("{}\n{rest}", first.bold()));
        }
        let points = |of: fn(&Report) -> u32| reports.iter().map(of).sum::<u32>();
        let left = reports.iter().filter(untouched).count();
        print(&format!(
            "{} of {} points; {left} of {} not attempted yet\n",
            points(|r| r.points),
            points(|r| r.of),
            reports.len()
        ));
    }
    let wrong = |report: &Report| !report.is_passed() && (named || !untouched(&report));
    Ok(!reports.iter().any(wrong))
}
