//! Exercises at the command line: `list`, `check`, `watch`, `progress`, `hint`, `reset`, `solution` for a student; `new` for
//! an author, and `exercises`, which makes the students' files from the solutions.
//!
//! A student's file is compiled by rustc into a program of its own, which answers questions; the judge is in this one.

#[cfg(unix)]
pub(crate) mod ask;
#[cfg(unix)]
mod check;
#[cfg(unix)]
pub(crate) mod compile;
mod faults;
pub(crate) mod files;
#[cfg(unix)]
mod forbidden;
#[cfg(unix)]
pub(crate) mod limits;
mod new;
#[cfg(unix)]
mod progress;
#[cfg(unix)]
mod watch;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use course::check::{Exercise, exercises};

use crate::place::Place;
use crate::progress::say;
use crate::tools;

/// The commands about exercises.
#[derive(Subcommand)]
pub(crate) enum ExerciseCommand {
    List(ListArgs),
    #[cfg(unix)]
    Check(check::CheckArgs),
    #[cfg(unix)]
    Watch(watch::WatchArgs),
    #[cfg(unix)]
    Progress(progress::ProgressArgs),
    Hint(HintArgs),
    Reset(ResetArgs),
    Solution(SolutionArgs),
    New(new::NewArgs),
    Exercises(ExercisesArgs),
}

/// List the exercises: what each trains, its points, and how long it takes.
#[derive(Args)]
pub(crate) struct ListArgs {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Print an exercise's next hint, or its first ones.
#[derive(Args)]
pub(crate) struct HintArgs {
    /// A name (cosine) or an id (01_vectors/cosine).
    id: String,
    /// How many hints.
    #[arg(default_value_t = 1)]
    n: usize,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Put an exercise's file back as it was handed out. Yours is kept beside it, with the ending .rs.old.
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
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Make the students' files in exercises/ from the solutions, and the quizzes from those with their key.
///
/// Says first what is wrong with the files: a name that two exercises have, an empty hint, a stray file.
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
            Self::Check(args) => args.run(),
            #[cfg(unix)]
            Self::Watch(args) => args.run().map(|()| true),
            #[cfg(unix)]
            Self::Progress(args) => args.run().map(|()| true),
            Self::Hint(args) => hint(&args).map(|()| true),
            Self::Reset(args) => reset(&args).map(|()| true),
            Self::Solution(args) => solution(&args).map(|()| true),
            Self::New(args) => args.run().map(|()| true),
            Self::Exercises(args) => make(&args),
        }
    }
}

/// Prints to standard output; that nobody listens is no error.
pub(crate) fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a value as JSON.
pub(crate) fn print_json(value: &impl serde::Serialize) -> Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?));
    Ok(())
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
        print_json(&json)?;
    }
    Ok(())
}

fn hint(args: &HintArgs) -> Result<()> {
    let exercise = find(&args.id)?;
    let head = exercise.head().map_err(anyhow::Error::msg)?;
    if args.json {
        let given: Vec<&String> = head.hints.iter().take(args.n).collect();
        let more = head.hints.len().saturating_sub(args.n);
        return print_json(&serde_json::json!({"id": exercise.id, "hints": given, "more": more}));
    }
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

fn solution(args: &SolutionArgs) -> Result<()> {
    let place = Place::find()?;
    files::need_solutions(&place)?;
    let exercise = find(&args.id)?;
    let source = files::read(&files::solution(&place, exercise))?;
    if args.json {
        return print_json(&serde_json::json!({"id": exercise.id, "source": source}));
    }
    print(&source);
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
        // What an earlier reset has put aside stays, too.
        let mut old = file.with_extension("rs.old");
        for n in 2.. {
            if !old.exists() {
                break;
            }
            old = file.with_extension(format!("{n}.rs.old"));
        }
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
    // Before anything is made of the files, what is wrong with them.
    let faults = faults::find(&place)?;
    for fault in &faults {
        say(fault);
    }
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
    Ok(faults.is_empty() && (stale.is_empty() || !args.check))
}
