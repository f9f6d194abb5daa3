//! `cargo course marks DIR`: marks, feedback and the class's page from what grading left in DIR.
//!
//! Marks are a function of the records, a late policy, overrides and times. They are computed from scratch
//! each time, and the same input gives the same bytes. Decisions by hand are in files that nothing here
//! writes, so grading again cannot lose them.
//!
//! | read | what is in it |
//! |---|---|
//! | `results/*.json` | the records of `cargo course grade` |
//! | `policy.toml` | the deadline and what lateness costs: see `policy.rs` |
//! | `overrides.csv` or `overrides.toml` | marks and times that are set by hand, each with a reason: see `overrides.rs` |
//! | `times.csv` | `student,submitted`, where a learning platform knows the times better than the files do: what stands there now counts |
//! | `history.json` | when each content was first handed in, by the files' own times: kept by this command, and only added to |
//!
//! | written | for whom |
//! |---|---|
//! | `marks.json` | a program: everything, names as they are |
//! | `marks.csv` | a spreadsheet or a learning platform |
//! | `junit.xml` | CI |
//! | `feedback/NAME.html`, `.md` | a student |
//! | `class.html` | the instructor: it has names |
//!
//! A mark that cannot be known stays open, with the reason. An unreadable time stamp is not assumed to be in
//! time, and a submission that cannot be graded does not count as 0 points.

mod class;
mod compute;
mod feedback;
mod files;
mod junit;
mod mark;
mod overrides;
mod policy;
mod quizzes;
mod table;
mod times;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::class::record;
use crate::tools::progress::say;
use crate::tools::save;
use crate::tools::words::one_line;
use mark::Class;

/// Make marks, a page of feedback for each student and one for the class, from what `cargo course grade`
/// left.
///
/// Everything is computed anew from the records, the late policy, the overrides and the times, so that it can
/// be called as often as one of them changes. Nothing that was decided by hand is lost: those files are only
/// read.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MarksArgs {
    /// The folder that `cargo course grade … --out` wrote.
    dir: PathBuf,
    /// The deadline and what lateness costs; DIR/policy.toml if that is there.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// What is set by hand, as .csv or .toml; DIR/overrides.csv or DIR/overrides.toml if one is there.
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// When each student handed in, as .csv; DIR/times.csv if that is there.
    #[arg(long, value_name = "FILE")]
    times: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Example:
  cargo course marks graded

policy.toml:
  deadline = 2026-11-02T23:59:00+01:00    # with its zone
  grace_minutes = 15
  percent_per_day = 10                    # of the points, for each day begun
  at_most = 50                            # percent
  closed_after_days = 14                  # then nothing counts
  quizzes = [\"01_vectors\"]                # these count; who has not answered one gets 0 for it
  [[extension]]
  student = \"ana\"
  deadline = 2026-11-09T23:59:00+01:00
  reason = \"illness\"

overrides.csv (without an exercise: the whole mark; for somebody without a submission a sixth column, `new`, is `true`):
  student,exercise,points,submitted,reason
  ana,01_vectors/cosine,2,,\"right, but in a file of another name\"
  ben,,17.5,,oral examination
  eve,,,2026-11-02T20:00:00+01:00,handed in by mail

times.csv:
  student,submitted
  ana,2026-11-02T21:10:00+01:00";

impl MarksArgs {
    pub(crate) fn run(self) -> Result<()> {
        let sources = Sources {
            policy: self.policy,
            overrides: self.overrides,
            times: self.times,
        };
        write(&self.dir, &sources)
    }
}

/// Files that the command names. For the others, the folder is searched.
#[derive(Default)]
pub(crate) struct Sources {
    /// The late policy.
    pub(crate) policy: Option<PathBuf>,
    /// What is set by hand.
    pub(crate) overrides: Option<PathBuf>,
    /// When each student handed in.
    pub(crate) times: Option<PathBuf>,
}

/// The named file, or the first of the usual ones that exists.
fn source(named: Option<&Path>, out: &Path, usual: &[&str]) -> Option<PathBuf> {
    let there = || usual.iter().map(|name| out.join(name)).find(|file| file.exists());
    named.map(Path::to_owned).or_else(there)
}

/// Writes marks, feedback and pages into `out`, which contains the records, and says how it went.
///
/// # Errors
/// There are no records, or a file has impossible content. Nothing is written then.
pub(crate) fn write(out: &Path, sources: &Sources) -> Result<()> {
    let records = record::read_all(out)?;
    let policy = match source(sources.policy.as_deref(), out, &["policy.toml"]) {
        Some(file) => policy::read(&file)?,
        None => policy::Policy::default(),
    };
    let overrides = match source(
        sources.overrides.as_deref(),
        out,
        &["overrides.csv", "overrides.toml"],
    ) {
        Some(file) => overrides::read(&file)?,
        None => Vec::new(),
    };
    let given = match source(sources.times.as_deref(), out, &["times.csv"]) {
        Some(file) => times::read(&file)?,
        None => Default::default(),
    };
    let history_file = out.join("history.json");
    let mut history = times::History::read(&history_file)?;
    history.add(&records);
    let class = compute::class(&records, &policy, &overrides, &given, &history)?;

    // First, write what must not be lost.
    let history = record::to_json(&history)?;
    if fs::read(&history_file).ok().as_deref() != Some(history.as_bytes()) {
        save::create(&history_file, history.as_bytes(), false)?;
    }
    let before = fs::read(out.join("marks.json")).ok();
    files::forget(out, before.as_deref(), &class)?;
    save::put(&out.join("marks.csv"), &table::csv(&class)?)?;
    save::put(&out.join("junit.xml"), junit::xml(&class, &records)?.as_bytes())?;
    let folder = out.join("feedback");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for mark in &class.students {
        let record = records.iter().find(|record| record.student == mark.student);
        let page = feedback::html(mark, record);
        save::put(&folder.join(format!("{}.html", mark.feedback)), page.as_bytes())?;
        let text = feedback::markdown(mark, record);
        save::put(&folder.join(format!("{}.md", mark.feedback)), text.as_bytes())?;
    }
    save::put(&out.join("class.html"), class::html(&class, &records).as_bytes())?;
    // Last, write the file which shows that all the rest is there.
    save::put(&out.join("marks.json"), record::to_json(&class)?.as_bytes())?;
    told(&class, out);
    Ok(())
}

/// Says how it went.
fn told(class: &Class, out: &Path) {
    for problem in &class.problems {
        say(&format!("note: {}", one_line(problem)));
    }
    for mark in class.students.iter().filter(|mark| mark.total.is_none()) {
        let why = mark.open.as_deref().unwrap_or("no mark");
        say(&format!("open: {}: {}", one_line(&mark.student), one_line(why)));
    }
    let marked: Vec<f64> = class.students.iter().filter_map(|mark| mark.total).collect();
    let mean = marked.iter().sum::<f64>() / marked.len().max(1) as f64;
    say(&format!(
        "{}: {} students, {} with a mark, {} points of {} on average; see class.html, marks.csv and feedback/",
        out.display(),
        class.students.len(),
        marked.len(),
        mark::points(mean),
        class.of
    ));
}
