//! Exercises at the command line: `list`, `check`, `watch`, `progress`, `hint`, `reset`, `solution` for a
//! student; `new` for an author, and `exercises`, which makes the students' files from the solutions.
//!
//! rustc compiles a student's file into a separate program, which answers questions. The judge is in this
//! program.

#[cfg(unix)]
pub(crate) mod answers;
#[cfg(unix)]
pub(crate) mod ask;
#[cfg(unix)]
mod check;
pub(crate) mod choose;
#[cfg(unix)]
pub(crate) mod compile;
mod faults;
pub(crate) mod files;
#[cfg(unix)]
mod forbidden;
mod handed_out;
mod hint;
pub(crate) mod in_notebooks;
#[cfg(unix)]
pub(crate) mod limits;
mod new;
#[cfg(unix)]
mod progress;
#[cfg(unix)]
pub(crate) mod submitted;
#[cfg(unix)]
mod watch;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use course::check::{Exercise, Head, exercises};

use choose::find;

use crate::tools;
use crate::tools::files::read;
use crate::tools::layout::Layout;
use crate::tools::print::{print, print_json};
use crate::tools::progress::say;
use crate::tools::words::{counted, pad, width};

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
    Hint(hint::HintArgs),
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
            Self::Hint(args) => args.run().map(|()| true),
            Self::Reset(args) => reset(&args).map(|()| true),
            Self::Solution(args) => solution(&args).map(|()| true),
            Self::New(args) => args.run().map(|()| true),
            Self::Exercises(args) => make(&args),
        }
    }
}

fn list(args: &ListArgs) -> Result<()> {
    let heads = exercises()
        .iter()
        .map(|exercise| Ok((*exercise, exercise.head().map_err(anyhow::Error::msg)?)));
    let all: Vec<(&Exercise, Head)> = heads.collect::<Result<_>>()?;
    if args.json {
        let rows: Vec<serde_json::Value> = (all.iter())
            .map(|(exercise, head)| {
                serde_json::json!({
                    "id": exercise.id, "title": head.title, "concept": head.concept, "points": head.points,
                    "difficulty": head.difficulty, "minutes": head.minutes, "signature": exercise.signature(),
                })
            })
            .collect();
        return print_json(&rows);
    }
    let ids = all
        .iter()
        .map(|(exercise, _)| width(exercise.id))
        .max()
        .unwrap_or(0);
    let titles = all.iter().map(|(_, head)| width(&head.title)).max().unwrap_or(0);
    for (exercise, head) in &all {
        print(&format!(
            "{}  {}  {} {:>8} {:>3} min\n",
            pad(exercise.id, ids),
            pad(&head.title, titles),
            pad(&"★".repeat(head.difficulty as usize), 3),
            counted(head.points, "point"),
            head.minutes
        ));
    }
    Ok(())
}

fn solution(args: &SolutionArgs) -> Result<()> {
    let layout = Layout::find()?;
    files::need_solutions(&layout)?;
    let exercise = find(&args.id)?;
    let source = read(&files::solution(&layout, exercise))?;
    if args.json {
        return print_json(&serde_json::json!({"id": exercise.id, "source": source}));
    }
    print(&source);
    Ok(())
}

fn reset(args: &ResetArgs) -> Result<()> {
    let layout = Layout::find()?;
    let exercise = find(&args.id)?;
    let file = files::student(&layout, exercise);
    if std::fs::read_to_string(&file).is_ok_and(|text| text == exercise.stub) {
        say(&format!("{} is as it was handed out", file.display()));
        return Ok(());
    }
    if file.exists() {
        // What an earlier reset has put aside is kept, too.
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
    let layout = Layout::find()?;
    files::need_solutions(&layout)?;
    // Before anything is made from the files, report what is wrong with them.
    let faults = faults::find(&layout)?;
    for fault in &faults {
        say(fault);
    }
    let mut stale = handed_out::stale(layout.root(), !args.check)?;
    stale.extend(in_notebooks::stale(&layout, exercises(), !args.check)?);
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
