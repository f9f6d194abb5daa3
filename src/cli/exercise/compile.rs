//! Compiles students' files into programs that answer the judge's questions; see `harness.rs`.
//!
//! All files are compiled together, since that takes hardly longer than one. If this fails, the files that
//! rustc names are set aside and the others are tried again. In the end each file that was set aside is
//! compiled on its own. So an error in one file costs no other file its verdict, and its message is the same
//! as if it were alone. A file with a `static` is compiled on its own from the beginning: the `static` would
//! be there in every process of the program, and would take memory from the other files' functions.
//!
//! Thirty files together take a third of a second to compile, and a single one a sixth. Each function then
//! runs in its own process, where it can harm only itself. Starting one costs ten milliseconds.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use course::check::Verdict;
use course::check::source::pieces;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::ask::Running;
use super::forbidden::forbidden;
use super::limits::Allowed;
use super::submitted::{Submitted, along_file};
use crate::sandbox::{self, Group, LIBRARIES, Limits, PROGRAMS, Role};
use crate::tools;

/// How often files are set aside before all that still have no program are compiled on their own.
const ROUNDS: usize = 3;

/// How many bytes of rustc's messages are read.
const TOLD: usize = 1 << 18;

/// How many lines of the messages a student sees.
const LINES: usize = 60;

/// The compiler may take this many times its own time on the clock.
const SLEEP: u32 = 4;

/// What rustc made, or why it failed.
enum Built {
    Program(PathBuf),
    Failed(String),
    OutOfTime,
    OutOfMemory,
}

/// For each file, the program that runs it, or why there is none. Everything is written to `folder`.
pub(crate) fn compile(
    files: &[Submitted],
    folder: &Path,
    allowed: &Allowed,
) -> Result<Vec<Result<PathBuf, Verdict>>> {
    std::fs::write(
        folder.join("course-value.rs"),
        include_str!("../../check/value.rs"),
    )?;
    let rustc = Rustc {
        sysroot: tools::sysroot()?,
        folder,
        allowed,
    };
    let mut verdicts: Vec<Option<Result<PathBuf, Verdict>>> = Vec::new();
    for file in files {
        file.write(folder)?;
        let found = (file.texts()).find_map(|(shown, text)| Some(format!("{shown}: {}", forbidden(text)?)));
        verdicts.push(found.map(|what| Err(Verdict::Forbidden(what))));
    }
    let mut together: Vec<usize> = (0..files.len())
        .filter(|&i| verdicts[i].is_none() && !files[i].texts().any(|(_, text)| has_static(text)))
        .collect();
    for round in 0..ROUNDS {
        if together.len() < 2 {
            break;
        }
        let chosen: Vec<&Submitted> = together.iter().map(|&i| &files[i]).collect();
        let harness = Harness::of(&chosen);
        match rustc.build(&harness, &format!("together{round}"))? {
            Built::Program(program) => {
                let first = chosen[0].exercise.name();
                // The program of all files may be too large, although no single one is.
                if Running::start(&program, first, allowed, false)?.is_ok() {
                    for &i in &together {
                        verdicts[i] = Some(Ok(program.clone()));
                    }
                }
                break;
            }
            Built::Failed(told) => {
                let named = harness.named(&told, &chosen);
                if named.is_empty() {
                    break;
                }
                let mut at = 0..;
                together.retain(|_| at.next().is_none_or(|at| !named.contains(&at)));
            }
            Built::OutOfTime | Built::OutOfMemory => break,
        }
    }
    for (file, verdict) in files.iter().zip(&mut verdicts) {
        if verdict.is_some() {
            continue;
        }
        let harness = Harness::of(&[file]);
        let mut built = rustc.build(&harness, file.exercise.name())?;
        // What comes along may be broken, or be meant otherwise: it must not spoil an answer that needs none.
        if matches!(built, Built::Failed(_)) && !file.answer.along.is_empty() {
            file.alone().write(folder)?;
            match rustc.build(&harness, &format!("{}-alone", file.exercise.name()))? {
                Built::Failed(_) => {}
                other => built = other,
            }
        }
        *verdict = Some(match built {
            Built::Program(program) => Ok(program),
            Built::Failed(told) => Err(explain(&told, file)),
            Built::OutOfTime => Err(Verdict::CompileTimedOut(allowed.compile_seconds)),
            Built::OutOfMemory => Err(Verdict::CompileError(format!(
                "the compiler needs more than {} MB of memory for this",
                allowed.compile_memory >> 20
            ))),
        });
    }
    Ok(verdicts.into_iter().flatten().collect())
}

/// Whether a file may have a `static`. Even if a macro makes it, the word is in the file.
fn has_static(text: &str) -> bool {
    pieces(text).iter().any(|(_, piece)| *piece == "static")
}

struct Rustc<'a> {
    sysroot: PathBuf,
    folder: &'a Path,
    allowed: &'a Allowed,
}

impl Rustc<'_> {
    fn build(&self, harness: &Harness, name: &str) -> Result<Built> {
        // Exercises' names have no dashes, so this cannot be a student's file.
        let source = format!("course-{name}.rs");
        let program = format!("course-{name}{}", std::env::consts::EXE_SUFFIX);
        std::fs::write(self.folder.join(&source), &harness.text)?;
        let limits = Limits {
            role: Role::Compiler,
            care: self.allowed.care,
            memory: self.allowed.compile_memory,
            seconds: self.allowed.compile_seconds,
            read: LIBRARIES.map(PathBuf::from).to_vec(),
            run: [self.sysroot.clone()]
                .into_iter()
                .chain(PROGRAMS.map(PathBuf::from))
                .collect(),
            write: vec![self.folder.to_owned()],
            without: self.allowed.without.clone(),
            parent: std::process::id(),
        };
        let (mut told, tells) = io::pipe()?;
        let mut command = sandbox::command(&limits, self.folder, &self.sysroot.join("bin/rustc"))?;
        command
            .args(["--edition", "2024", "--crate-name", "answers", "--color", "never"])
            .args(["-A", "warnings", "-F", "unsafe_code"])
            .args(["-C", "opt-level=0", "-C", "debuginfo=0", "-C", "strip=debuginfo"])
            .args(["-C", "overflow-checks=on", "-C", "codegen-units=1"])
            .arg("--sysroot")
            .arg(&self.sysroot)
            .args(["-o", &program, &source])
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(tells));
        let mut group = Group::start(&mut command).context("cannot start rustc")?;
        drop(command);
        let own = Duration::from_secs(self.allowed.compile_seconds);
        let Some(told) = read_all(&mut told, own * SLEEP) else {
            return Ok(Built::OutOfTime);
        };
        let Some(status) = group.ends(own * SLEEP) else {
            return Ok(Built::OutOfTime);
        };
        let told = String::from_utf8_lossy(&told).into_owned();
        if status.code() == Some(sandbox::FAILED) {
            bail!("{}", told.trim());
        }
        Ok(match (status.success(), status.signal()) {
            (true, _) => Built::Program(self.folder.join(program)),
            // The kernel ended it at its time limit.
            (false, Some(24 | 9)) => Built::OutOfTime,
            (false, Some(_)) => Built::OutOfMemory,
            (false, None) if told.contains("memory allocation of ") => Built::OutOfMemory,
            (false, None) => Built::Failed(told),
        })
    }
}

/// Reads to the end and returns the beginning, up to a bound; `None` if the end does not come in time.
fn read_all(from: &mut io::PipeReader, patience: Duration) -> Option<Vec<u8>> {
    let begin = Instant::now();
    let mut all = Vec::new();
    let mut buffer = [0; 1 << 14];
    loop {
        let left = Timespec::try_from(patience.checked_sub(begin.elapsed())?).ok()?;
        let mut end = [PollFd::new(&*from, PollFlags::IN)];
        match poll(&mut end, Some(&left)) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(_) => continue,
        }
        match from.read(&mut buffer) {
            Ok(0) | Err(_) => return Some(all),
            Ok(n) => all.extend_from_slice(&buffer[..n.min(TOLD.saturating_sub(all.len()))]),
        }
    }
}

/// The program's source: the harness, and for each file a module that calls its function.
struct Harness {
    text: String,
    /// The line in which each file's call begins.
    begins: Vec<usize>,
}

impl Harness {
    fn of(files: &[&Submitted]) -> Self {
        let mut text = include_str!("harness.rs").to_owned();
        let mut begins = Vec::new();
        let mut calls = String::new();
        for Submitted { exercise, answer, .. } in files {
            let function = &answer.function;
            begins.push(text.lines().count() + 1);
            let name = exercise.name();
            let arguments: Vec<String> = (exercise.arguments.iter().enumerate())
                .map(|(at, (_, of_type))| argument(at, of_type))
                .collect();
            let _ = write!(
                text,
                "mod at_{name} {{\n    use crate::value::{{Crosses, Value}};\n    \
                 pub fn call(values: &[Value]) -> Option<Value> {{\n        \
                 let function: {} = file::{function};\n        \
                 Some(function({}).to_value())\n    }}\n    \
                 #[path = \"{name}.rs\"]\n    mod file;\n}}\n",
                exercise.signature(),
                arguments.join(", ")
            );
            let _ = writeln!(calls, "        {name:?} => at_{name}::call(values),");
        }
        let _ = write!(
            text,
            "fn call(name: &str, values: &[value::Value]) -> Option<value::Value> {{\n    match name {{\n{calls}        \
             _ => None,\n    }}\n}}\n"
        );
        Self { text, begins }
    }

    /// The files that rustc names, as positions in `files`.
    fn named(&self, told: &str, files: &[&Submitted]) -> BTreeSet<usize> {
        let places = told.lines().filter_map(|line| line.trim().strip_prefix("--> "));
        places
            .filter_map(|place| {
                if let Some(file) = place.strip_prefix("at_") {
                    let name = file.split('/').next()?;
                    return files.iter().position(|file| file.exercise.name() == name);
                }
                let line = place.strip_prefix("course-")?.split(':').nth(1)?;
                let line: usize = line.parse().ok()?;
                self.begins.iter().rposition(|begin| *begin <= line)
            })
            .collect()
    }
}

/// The code for argument number `at`. It is read as the type's owned form and passed as the type itself.
fn argument(at: usize, of_type: &str) -> String {
    let (by, owned) = match of_type.strip_prefix('&') {
        Some("str") => ("&", "String".to_owned()),
        Some(slice) => match slice.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(element) => ("&", format!("Vec<{element}>")),
            None => ("&", slice.to_owned()),
        },
        None => ("", of_type.to_owned()),
    };
    format!("{by}<{owned}>::from_value(values.get({at})?)?")
}

/// A type as a student would write it: `` `for<'a> fn(&'a _) -> f32 {name}` `` without the lifetimes and the
/// name. Where rustc writes `_`, the type is as expected.
fn plain_type(told: &str) -> String {
    let told = told.trim_matches('`');
    let told = told.rsplit_once(" {").map_or(told, |(of_type, _)| of_type);
    let told = match told.strip_prefix("for<").and_then(|rest| rest.split_once("> ")) {
        Some((_, of_type)) => of_type,
        None => told,
    };
    let mut plain = String::new();
    for (i, piece) in told.split("&'").enumerate() {
        plain += if i == 0 { "" } else { "&" };
        plain += if i == 0 {
            piece
        } else {
            piece.split_once(' ').map_or(piece, |(_, rest)| rest)
        };
    }
    plain
}

/// Whether a line of the compiler's output is for a student. The summary is not, nor is the line about the
/// file to which rustc has written a long type, whose name is different each time.
fn is_said(line: &str) -> bool {
    let is_summary = line.starts_with("error: aborting") || line.starts_with("For more information");
    let is_about_a_file =
        line.contains(".long-type-") || line.contains("to print the full type name to the console");
    !is_summary && !is_about_a_file
}

/// The compiler's message for a student, with the file's own name and a plain sentence for a wrong signature.
fn explain(told: &str, file: &Submitted) -> Verdict {
    let (name, function) = (file.exercise.name(), &file.answer.function);
    if let Some(foreign) = &file.answer.foreign {
        return Verdict::Forbidden(foreign.clone());
    }
    let first_place = told.lines().find_map(|line| line.trim().strip_prefix("--> "));
    if first_place.is_some_and(|place| place.starts_with("course-")) {
        let expected = format!(
            "expected `pub fn {function}` of type `{}`",
            file.exercise.signature()
        );
        // Not found, or private. The function may be missing, or the whole file if an attribute took it away.
        let missing = ["E0425", "E0432", "E0433", "E0583", "E0603"];
        let missing = missing
            .iter()
            .any(|code| told.contains(&format!("error[{code}]")));
        return if missing {
            Verdict::MissingItem(format!("{expected}, got none"))
        } else {
            let got = told
                .lines()
                .find_map(|line| line.trim().strip_prefix("found fn item "));
            let got = got.map_or(String::new(), |got| format!(", got `{}`", plain_type(got)));
            Verdict::WrongSignature(format!("{expected}{got}"))
        };
    }
    let lines: Vec<&str> = told.lines().filter(|line| is_said(line)).collect();
    let mut text = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES {
        text += &format!("\n… {} more lines", lines.len() - LINES);
    }
    for (i, (shown, _)) in file.answer.along.iter().enumerate() {
        text = text.replace(&format!("at_{name}/{}", along_file(i)), shown);
    }
    let text = text
        .replace(&format!("at_{name}/{name}.rs"), &file.shown)
        .trim_end()
        .to_owned();
    // The lint itself also finds what a macro makes.
    let is_forbidden = ["-F unsafe-code", "`unsafe_code`", "(unsafe_code)"];
    if is_forbidden.iter().any(|sign| told.contains(sign)) {
        return Verdict::Forbidden(text);
    }
    Verdict::CompileError(text)
}
