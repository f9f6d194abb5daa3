//! A class: submissions side by side, each written as soon as it is graded.
//!
//! A run that was killed continues where it stopped. Whether a submission must be graded again depends on
//! content alone: that of its answers, of the seed, and of this program. Names and times do not count. The
//! key made from them is in the instructor's file, which is written last.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, SecondsFormat, Utc};
use course::check::Exercise;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::choose::{Answers, Prefer, choose};
use super::files::{ENDINGS, Files};
use super::mark::mark;
use super::seed::Seed;
use crate::class::names::file_name;
use crate::class::record::{self, Instructors, Record};
use crate::exercise::limits::Allowed;
use crate::tools::progress::Steps;
use crate::tools::save;
use crate::tools::words::one_line;

/// What all submissions have in common.
pub(super) struct Batch {
    pub(super) out: PathBuf,
    pub(super) wanted: Vec<&'static Exercise>,
    pub(super) seed: Seed,
    pub(super) allowed: Allowed,
    pub(super) prefer: Option<Prefer>,
    pub(super) jobs: usize,
}

/// Where a submission is, with the student's name.
pub(super) struct Handed {
    pub(super) student: String,
    paths: Vec<PathBuf>,
}

/// What became of a batch.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) records: Vec<Record>,
    pub(super) unchanged: usize,
    /// Submissions that could not be graded because of a fault of the system. They are graded when the
    /// command is run again.
    pub(super) failed: Vec<String>,
}

/// The submissions by student, in the order of the names.
pub(super) fn handed(paths: &[PathBuf]) -> Result<Vec<Handed>> {
    let mut students: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let name = match path.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            // `.` and `..` have no name of their own.
            None => fs::canonicalize(path)?
                .file_name()
                .with_context(|| format!("expected a submission, got {}", path.display()))?
                .to_string_lossy()
                .into_owned(),
        };
        let ending = ENDINGS.iter().find(|ending| name.ends_with(**ending));
        let is_folder = path.is_dir();
        let student = match ending {
            Some(ending) if !is_folder && name.len() > ending.len() => &name[..name.len() - ending.len()],
            _ => &name,
        };
        let same = students.entry(student.to_owned()).or_default();
        if !same.contains(path) {
            same.push(path.clone());
        }
    }
    Ok(students
        .into_iter()
        .map(|(student, paths)| Handed { student, paths })
        .collect())
}

/// The folder below the results in which programs are compiled.
fn scratch(out: &Path) -> PathBuf {
    out.join("scratch")
}

/// Makes the folders, and removes what a killed run has left. Only one run at a time may use them. The lock
/// is released when its file is closed, however the run ends.
pub(super) fn open(out: &Path) -> Result<File> {
    for folder in [record::results(out), record::instructors(out)] {
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let path = out.join("instructor/lock");
    let lock = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    if lock.try_lock().is_err() {
        bail!("another run grades into {}", out.display());
    }
    if scratch(out).exists() {
        fs::remove_dir_all(scratch(out)).context("cannot remove what the last run left")?;
    }
    for folder in [record::results(out), record::instructors(out)] {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(".course-") {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(lock)
}

impl Batch {
    /// A new empty folder to compile in. It is absolute, since other programs get it.
    pub(super) fn folder(&self) -> Result<tempfile::TempDir> {
        let scratch = scratch(&self.out);
        fs::create_dir_all(&scratch)?;
        let scratch = fs::canonicalize(scratch)?;
        Ok(tempfile::Builder::new().prefix("at").tempdir_in(scratch)?)
    }

    /// Grades all of them.
    pub(super) fn run(&self, handed: &[Handed]) -> Result<Outcome> {
        let program = program()?;
        let steps = Steps::new();
        let step = steps.start("grading");
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let outcome = Mutex::new(Outcome::default());
        let work = || {
            while let Some(one) = handed.get(next.fetch_add(1, Ordering::Relaxed)) {
                // Whatever goes wrong with one submission, the others still get their records.
                let graded = catch_unwind(AssertUnwindSafe(|| self.grade(one, &program)))
                    .unwrap_or_else(|_| Err(anyhow!("the grader itself failed on it")));
                step.progress(
                    done.fetch_add(1, Ordering::Relaxed) as u64 + 1,
                    handed.len() as u64,
                );
                let mut outcome = outcome.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                match graded {
                    Ok((record, is_new)) => {
                        outcome.unchanged += usize::from(!is_new);
                        outcome.records.push(record);
                    }
                    Err(error) => outcome
                        .failed
                        .push(format!("{}: {error:#}", one_line(&one.student))),
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.clamp(1, handed.len().max(1)) {
                scope.spawn(work);
            }
        });
        step.done();
        let _ = fs::remove_dir_all(scratch(&self.out));
        let mut outcome = outcome
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        outcome.records.sort_by(|a, b| a.student.cmp(&b.student));
        outcome.failed.sort();
        Ok(outcome)
    }

    /// Grades a submission, unless that has been done already. The truth value says whether it was graded
    /// now.
    fn grade(&self, one: &Handed, program: &str) -> Result<(Record, bool)> {
        let read = match one.paths.as_slice() {
            [path] => Files::read(path),
            several => {
                let names: Vec<String> = several.iter().map(|path| path.display().to_string()).collect();
                Err(format!("there are several submissions: {}", names.join(", ")))
            }
        };
        let newest = read.as_ref().ok().and_then(|files| files.newest);
        let mut answers = read.map_or_else(
            |why| Answers {
                ungradable: Some(why),
                ..Answers::default()
            },
            |files| choose(files, &self.wanted, self.prefer),
        );
        let content = content(&answers);
        let source = one.paths.first().and_then(|path| path.file_name());
        let mut record = Record {
            student: one.student.clone(),
            source: source.map_or_else(|| one.student.clone(), |name| name.to_string_lossy().into_owned()),
            content,
            submitted: newest.and_then(rfc3339),
            ungradable: answers.ungradable.clone(),
            notes: notes(&answers),
            exercises: Vec::new(),
            quiz_answers: answers.quiz.clone(),
            seed_id: self.seed.id(),
        };
        let key = self.key(&record, program);
        let file = format!("{}.json", file_name(&one.student));
        let (result, instructors) = (
            record::results(&self.out).join(&file),
            record::instructors(&self.out).join(&file),
        );
        let before: Option<Record> = record::read(&result).ok();
        if let Some(before) = &before
            && before.content == record.content
            && before.student == record.student
        {
            // An unchanged submission that is handed in again keeps its first time.
            record.submitted = match (before.submitted.clone(), record.submitted.take()) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            let made: Option<Instructors> = record::read(&instructors).ok();
            if made.is_some_and(|made| made.key == key) {
                record.exercises = before.exercises.clone();
                if record != *before {
                    save::create(&result, record::to_json(&record)?.as_bytes(), false)?;
                }
                return Ok((record, false));
            }
        }
        let mut hidden = Vec::new();
        if record.ungradable.is_none() {
            let folder = self.folder()?;
            let marks = mark(
                &mut answers,
                &self.wanted,
                &self.seed,
                &self.allowed,
                folder.path(),
            )?;
            (record.exercises, hidden) = (marks.exercises, marks.hidden);
        }
        let told = Instructors {
            student: one.student.clone(),
            seed: self.seed.text().to_owned(),
            key,
            hidden,
        };
        save::create(&result, record::to_json(&record)?.as_bytes(), false)?;
        save::create(&instructors, record::to_json(&told)?.as_bytes(), false)?;
        Ok((record, true))
    }

    /// What a record is made from.
    fn key(&self, record: &Record, program: &str) -> String {
        let mut hash = Sha256::new();
        let wanted: Vec<&str> = self.wanted.iter().map(|exercise| exercise.id).collect();
        let allowed = format!("{:?}", self.allowed);
        for part in [
            record.content.as_str(),
            self.seed.text(),
            &wanted.join(" "),
            &allowed,
            program,
        ] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        HEXLOWER.encode(&hash.finalize())
    }
}

/// A time as a record writes it; `None` if it cannot be written, such as the year 300,000 of some archives.
fn rfc3339(time: SystemTime) -> Option<String> {
    let seconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => {
            let before = before.duration();
            -i64::try_from(before.as_secs()).ok()? - i64::from(before.subsec_nanos() > 0)
        }
    };
    let time = DateTime::<Utc>::from_timestamp(seconds, 0)?;
    Some(time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// The notes, but no more than anybody reads.
fn notes(answers: &Answers) -> Vec<String> {
    const MOST: usize = 50;
    let mut notes: Vec<String> = answers.notes.iter().take(MOST).cloned().collect();
    if answers.notes.len() > MOST {
        notes.push(format!("… {} more notes", answers.notes.len() - MOST));
    }
    notes
}

/// A hash of this program itself, since another version may judge otherwise.
fn program() -> Result<String> {
    let mut file = File::open(std::env::current_exe()?).context("cannot read this program's own file")?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut hash)?;
    Ok(HEXLOWER.encode(&hash.finalize()))
}

/// A hash of what is graded: the answers, and the reasons why others are missing.
fn content(answers: &Answers) -> String {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    };
    for chosen in &answers.chosen {
        match chosen {
            Ok(file) => {
                part(file.exercise.id.as_bytes());
                part(file.answer.function.as_bytes());
                part(file.shown.as_bytes());
                part(file.answer.text.as_bytes());
                for (shown, text) in &file.answer.along {
                    part(shown.as_bytes());
                    part(text.as_bytes());
                }
                part(file.answer.foreign.as_deref().unwrap_or_default().as_bytes());
            }
            Err(verdict) => part(format!("{verdict:?}").as_bytes()),
        }
    }
    for (path, value) in &answers.quiz {
        part(path.as_bytes());
        part(value.to_string().as_bytes());
    }
    part(answers.ungradable.as_deref().unwrap_or_default().as_bytes());
    HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_time_that_cannot_be_written_is_none() {
        let after = |seconds: u64| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        assert_eq!(after(0).and_then(rfc3339).unwrap(), "1970-01-01T00:00:00Z");
        assert_eq!(after(9_000_000_000_000).and_then(rfc3339), None);
        assert_eq!(after(1 << 62).and_then(rfc3339), None);
        let before = SystemTime::UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(rfc3339(before).unwrap(), "1969-12-31T23:59:59Z");
    }
}
