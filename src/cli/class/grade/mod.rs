//! `cargo course grade`: a class's submissions, which are not trusted.
//!
//! | file | what is in it |
//! |---|---|
//! | `files.rs` | what a submission has: a folder, an archive, a notebook |
//! | `archives.rs` | the members of an archive |
//! | `choose.rs` | which file or cell answers which exercise |
//! | `mark.rs` | one submission: compiled, asked, judged |
//! | `batch.rs` | all of them, side by side, resumable |
//! | `seed.rs` | the secret of the hidden cases |
//! | `merge.rs` | the shards of a job array together |
//!
//! Compiling is in `exercise/compile.rs` and asking in `exercise/ask.rs`, as for `cargo course check`. The
//! module doc of `sandbox/` says what protects the machine and the marks, and from what.
//!
//! A submission costs one run of rustc (a third of a second for thirty exercises) and one process for each
//! exercise (ten milliseconds), which answers public and hidden cases. Memory is needed only for the
//! submissions that are being graded: at most 64 MB of files for each, an answer of 1 MB, and what the
//! confined programs may use. `benches/grade.py` measures it: 40 submissions of 49 exercises in 33 s on two
//! cores, with 16 MB for the grader itself.

mod archives;
mod batch;
mod choose;
mod files;
mod mark;
mod merge;
mod seed;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use course::check::Verdict;

use crate::class::{marks, record};
use crate::exercise::choose::choose as exercises_named;
use crate::exercise::submitted::Submitted;
use crate::exercise::{ask, compile, limits::Allowed};
use crate::sandbox::{self, Care, LIBRARIES, Limits, PROBE, PROGRAMS, Role};
use crate::tools::print::print;
use crate::tools::progress::say;
use crate::tools::words::one_line;
use batch::Batch;
use choose::Prefer;
use seed::Seed;

/// Grade submissions: folders, archives or notebooks, one for each student.
///
/// A student's name is the submission's, without .zip, .tar, .tar.gz or .ipynb. Results are written to
/// DIR/results, one JSON file for each student, and what only the instructor may see to DIR/instructor. A run
/// that was stopped goes on where it was; what has not changed is not graded again.
///
/// Points are given where the public cases, which students know, and hidden ones from a secret seed are all
/// right.
#[derive(Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  \
        cargo course grade submissions/* --out marks                    a class\n  \
        cargo course grade submissions/* --only 01_vectors --out marks  one lecture's exercises\n  \
        cargo course grade submissions/* --seed-file secret.txt --shard 2/8 --out part2   a job of an array\n  \
        cargo course grade merge part* --out marks                      its parts together"
)]
pub(crate) struct GradeArgs {
    #[command(subcommand)]
    command: Option<GradeCommand>,
    /// Folders of exercise files, .zip, .tar or .tar.gz archives, or notebooks.
    #[arg(required = true, value_name = "SUBMISSION")]
    submissions: Vec<PathBuf>,
    /// Where the results go.
    #[arg(long, required = true, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Grade these exercises only: names (cosine), ids (01_vectors/cosine) or lectures (01_vectors).
    #[arg(long, num_args = 1.., value_name = "ID")]
    only: Vec<String>,
    /// The secret seed of the hidden cases, in a file. Without one a fresh one is made and kept in
    /// DIR/instructor.
    #[arg(long, value_name = "FILE")]
    seed_file: Option<PathBuf>,
    /// The same on the command line, where other users of the machine may see it.
    #[arg(long, conflicts_with = "seed_file")]
    seed: Option<String>,
    /// How many submissions at once; as many as there are processors if it is not given.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Part k of n of the submissions, such as 2/8, for a job array. Needs a seed.
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Which answer counts where a file and a notebook both have one. Without it neither does.
    #[arg(long, value_enum)]
    prefer: Option<Prefer>,
    /// The records as JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Grade although this system lacks protections: only for submissions that you trust.
    #[arg(long)]
    unprotected: bool,
    /// Seconds for one answer.
    #[arg(long, default_value_t = Allowed::default().seconds, hide = true)]
    seconds: u64,
    /// Seconds for the compiler.
    #[arg(long, default_value_t = Allowed::default().compile_seconds, hide = true)]
    compile_seconds: u64,
    /// A protection that is left out as if the system did not have it: landlock or seccomp.
    #[arg(long, hide = true)]
    without: Vec<String>,
}

#[derive(Subcommand)]
enum GradeCommand {
    Merge(MergeArgs),
}

/// Put the results of a job array's parts together.
#[derive(Args)]
struct MergeArgs {
    /// The folders that the parts were graded into.
    #[arg(required = true, value_name = "DIR")]
    parts: Vec<PathBuf>,
    /// Where all results go.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// `k/n`, from 1/n to n/n.
fn shard(text: &str) -> Result<(usize, usize), String> {
    let numbers = text
        .split_once('/')
        .and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
    match numbers {
        Some((k, n)) if (1..=n).contains(&k) => Ok((k, n)),
        _ => Err(format!("expected a part such as 2/8, got {text:?}")),
    }
}

impl GradeArgs {
    /// Grades, or merges.
    pub(crate) fn run(self) -> Result<()> {
        if let Some(GradeCommand::Merge(args)) = self.command {
            let n_students = merge::merge(&args.parts, &args.out)?;
            say(&format!("{n_students} results in {}", args.out.display()));
            return marks::write(&args.out, &marks::Sources::default());
        }
        let out = self.out.context("expected --out DIR")?;
        if self.shard.is_some() && self.seed.is_none() && self.seed_file.is_none() {
            bail!("expected --seed-file with --shard: all parts need the same seed");
        }
        let allowed = Allowed {
            seconds: self.seconds,
            compile_seconds: self.compile_seconds,
            care: if self.unprotected {
                Care::AsFarAsPossible
            } else {
                Care::Required
            },
            without: self.without,
            ..Allowed::default()
        };
        sandbox::adopt_orphans();
        protections(&allowed, &out)?;
        let _lock = batch::open(&out)?;
        let batch = Batch {
            wanted: exercises_named(&self.only)?.0,
            seed: Seed::get(
                self.seed.as_deref(),
                self.seed_file.as_deref(),
                &record::instructors(&out),
            )?,
            allowed,
            prefer: self.prefer,
            jobs: self
                .jobs
                .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
            out,
        };
        trial(&batch)?;
        let mut handed = batch::handed(&self.submissions)?;
        if let Some((k, n)) = self.shard {
            let mut at = 0..;
            handed.retain(|_| at.next().is_none_or(|at: usize| at % n == k - 1));
        }
        let outcome = batch.run(&handed)?;
        if self.json {
            print(&record::to_json(&outcome.records)?);
        } else {
            for record in &outcome.records {
                print(&line(record));
            }
        }
        let ungradable = outcome.records.iter().filter(|r| r.ungradable.is_some()).count();
        say(&format!(
            "{} graded, {} of them before; {ungradable} ungradable; results in {}",
            outcome.records.len(),
            outcome.unchanged,
            batch.out.display()
        ));
        // A part of a class has no marks; `merge` makes them.
        if self.shard.is_none() {
            marks::write(&batch.out, &marks::Sources::default())?;
        }
        if !outcome.failed.is_empty() {
            bail!(
                "{} not graded, run the command again:\n{}",
                outcome.failed.len(),
                outcome.failed.join("\n")
            );
        }
        Ok(())
    }
}

/// A student's line.
fn line(record: &record::Record) -> String {
    let student = one_line(&record.student);
    match &record.ungradable {
        Some(why) => format!("{student}: ungradable: {}\n", one_line(why)),
        None => format!(
            "{student}: exercises: {} of {} points\n",
            record.points(),
            record.of()
        ),
    }
}

/// Says which protections the system has.
///
/// # Errors
/// One is missing, and `care` asks for all of them.
fn protections(allowed: &Allowed, out: &Path) -> Result<()> {
    let limits = Limits {
        role: Role::Answers,
        care: Care::AsFarAsPossible,
        memory: allowed.memory,
        seconds: allowed.seconds,
        read: Vec::new(),
        run: Vec::new(),
        write: Vec::new(),
        without: allowed.without.clone(),
        parent: std::process::id(),
    };
    let probe = sandbox::command(&limits, Path::new("/"), Path::new(PROBE))?
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start this program again")?;
    let there = String::from_utf8_lossy(&probe.stdout).into_owned();
    let mut lines: Vec<&str> = there.lines().collect();
    let memory = format!("memory ({} MB)", allowed.memory >> 20);
    let time = format!("time ({} s for an answer)", allowed.seconds);
    lines.extend([
        memory.as_str(),
        &time,
        "its own process group",
        "an empty environment",
    ]);
    say(&format!("protected: {}", lines.join("; ")));
    let mut missing: Vec<String> = Vec::new();
    for (sign, what) in [
        ("Landlock", "files (Landlock)"),
        ("seccomp", "system calls, network, processes (seccomp)"),
    ] {
        if !there.contains(sign) {
            missing.push(what.to_owned());
        }
    }
    let absolute = std::path::absolute(out)?;
    let is_open = |folder: &&&str| absolute.starts_with(folder);
    if let Some(folder) = LIBRARIES.iter().chain(&PROGRAMS).find(is_open) {
        missing.push(format!(
            "the results, which lie in {folder}, where submissions may read"
        ));
    }
    if !missing.is_empty() {
        let missing = missing.join("; ");
        if allowed.care == Care::Required {
            bail!(
                "not protected: {missing}. Grade on a Linux that has it, or only submissions that you trust, with --unprotected"
            );
        }
        say(&format!("NOT protected: {missing}"));
    }
    Ok(())
}

/// Compiles and runs an exercise as it was handed out. A system that cannot do that then fails here, and not
/// for every student.
fn trial(batch: &Batch) -> Result<()> {
    let Some(exercise) = batch.wanted.first() else {
        return Ok(());
    };
    let folder = batch.folder()?;
    let stub = Submitted::file(exercise, exercise.stub.to_owned(), Vec::new());
    let programs = compile::compile(&[stub], folder.path(), &batch.allowed)?;
    match programs.into_iter().next() {
        Some(Ok(program)) => {
            let Ok(mut running) = ask::Running::start(&program, exercise.name(), &batch.allowed, false)?
            else {
                bail!("cannot grade here: a file as handed out needs more memory than it may have");
            };
            match (exercise.public)().first() {
                Some(case) => match running.ask(&case.arguments) {
                    course::check::Answer::NotAttempted => Ok(()),
                    other => bail!("cannot grade here: a file as handed out answers {other:?}"),
                },
                None => Ok(()),
            }
        }
        Some(Err(Verdict::CompileError(told))) => bail!("cannot compile here:\n{told}"),
        other => bail!("cannot compile here: {other:?}"),
    }
}
