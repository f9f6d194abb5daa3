//! Which file or cell of a submission answers which exercise. An answer is found by the exercise's id. Where
//! several answers are possible, the report says so, and none is picked.
//!
//! What an answer needs comes along: of a cell, what the notebook's other cells define; of a file, what the
//! lecture's files before it have.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use course::check::source::{self, Source, has_todo};
use course::check::{Exercise, Verdict, exercises};

use super::files::{Files, is_answers};
use crate::exercise::answers::{earlier, of_notebook};
use crate::exercise::submitted::Submitted;
use crate::nb::notebook::{Kind, Notebook};

/// Which kind of answer counts where file and notebook both have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Prefer {
    Files,
    Notebooks,
}

/// What a submission answers.
#[derive(Default)]
pub(super) struct Answers {
    /// For each exercise that was asked for: its file, or why there is none.
    pub(super) chosen: Vec<Result<Submitted, Verdict>>,
    /// Files of answers to quizzes, by path.
    pub(super) quiz: BTreeMap<String, serde_json::Value>,
    pub(super) notes: BTreeSet<String>,
    /// Why nothing can be graded.
    pub(super) ungradable: Option<String>,
}

/// Something that may be an answer.
struct Candidate {
    exercise: &'static Exercise,
    /// Where it is, for messages.
    place: String,
    is_cell: bool,
    /// How well its position fits. 0 is the exercise's id, then its id below other folders, then its name
    /// alone.
    rank: u8,
    /// Whether the student's part is still as it was handed out.
    untouched: bool,
    answer: Result<Own, String>,
}

/// The own text of an answer: a file's, or the number of a notebook and of a code cell in it, with its text.
#[derive(PartialEq)]
enum Own {
    File(String),
    Cell(usize, usize, String),
}

impl Own {
    fn text(&self) -> &str {
        match self {
            Self::File(text) | Self::Cell(_, _, text) => text,
        }
    }
}

/// Finds the answers to `wanted`.
pub(super) fn choose(files: Files, wanted: &[&'static Exercise], prefer: Option<Prefer>) -> Answers {
    let mut answers = Answers {
        notes: files.notes,
        ..Answers::default()
    };
    let mut candidates = Vec::new();
    let mut notebooks: Vec<Vec<Source>> = Vec::new();
    let mut broken: Vec<String> = Vec::new();
    for (path, content) in files.found {
        if is_answers(&path) {
            match content.and_then(|bytes| quiz(&path, &bytes)) {
                Ok(value) => drop(answers.quiz.insert(path, value)),
                Err(why) => drop(answers.notes.insert(why)),
            }
        } else if path.ends_with(".ipynb") {
            match content.and_then(|bytes| notebook(&path, &bytes)) {
                Ok(notebook) => {
                    let number = notebooks.len();
                    notebooks.push(cells_of(
                        (&path, number),
                        &notebook,
                        wanted,
                        &mut candidates,
                        &mut answers.notes,
                    ));
                }
                Err(why) => broken.push(why),
            }
        } else {
            candidates.extend(file(path, content));
        }
    }
    if candidates.is_empty() && answers.quiz.is_empty() {
        answers.ungradable = Some(if broken.is_empty() {
            "has no exercise file and no exercise cell".to_owned()
        } else {
            broken.join("; ")
        });
        return answers;
    }
    answers.notes.extend(broken.iter().cloned());
    let files = files_of(&candidates);
    for exercise in wanted {
        let (mine, others) = candidates.into_iter().partition(|c| c.exercise.id == exercise.id);
        candidates = others;
        let chosen = one(mine, prefer, &mut answers.notes);
        let missing = || {
            if broken.is_empty() {
                Verdict::MissingItem(format!(
                    "the submission has no file {}.rs and no cell of that exercise",
                    exercise.id
                ))
            } else {
                Verdict::Ungradable(broken.join("; "))
            }
        };
        let whole = |found: Candidate| match found.answer {
            Err(why) => Err(Verdict::Ungradable(why)),
            Ok(Own::File(text)) => {
                let others = earlier(exercise, |other| files.get(other.id).cloned());
                Ok(Submitted::file(exercise, text, others))
            }
            Ok(Own::Cell(notebook, cell, _)) => Ok(Submitted {
                exercise,
                shown: found.place,
                answer: source::of_cell(&notebooks[notebook], cell, exercise.name()),
            }),
        };
        let chosen = chosen.and_then(|chosen| chosen.ok_or_else(missing));
        answers.chosen.push(chosen.and_then(whole));
    }
    answers
}

/// Each exercise's file that fits best, if there is only one.
fn files_of(candidates: &[Candidate]) -> BTreeMap<&'static str, String> {
    let mut best: BTreeMap<&'static str, (u8, Option<&str>)> = BTreeMap::new();
    for candidate in candidates {
        let Ok(Own::File(text)) = &candidate.answer else {
            continue;
        };
        let found = best.entry(candidate.exercise.id).or_insert((u8::MAX, None));
        match candidate.rank.cmp(&found.0) {
            Ordering::Less => *found = (candidate.rank, Some(text)),
            Ordering::Equal if found.1 != Some(text) => found.1 = None,
            _ => {}
        }
    }
    let known = best.into_iter();
    known
        .filter_map(|(id, (_, text))| Some((id, text?.to_owned())))
        .collect()
}

/// A file, if its name is an exercise's.
fn file(path: String, content: Result<Vec<u8>, String>) -> Option<Candidate> {
    let parts: Vec<&str> = path.rsplit('/').collect();
    let name = parts[0].strip_suffix(".rs")?;
    let exercise = exercises().iter().find(|exercise| exercise.name() == name)?;
    let lecture = parts.get(1) == Some(&exercise.lecture());
    let rank = match (lecture, parts.get(2)) {
        (true, None | Some(&"exercises")) => 0,
        (true, _) => 1,
        // In another folder only its name fits.
        (false, _) => 2,
    };
    let answer = content.and_then(|bytes| text(&path, bytes)).map(Own::File);
    Some(Candidate {
        exercise,
        is_cell: false,
        rank,
        untouched: answer
            .as_ref()
            .is_ok_and(|answer| answer.text() == exercise.stub || has_todo(answer.text())),
        answer,
        place: path,
    })
}

/// The text of a file.
fn text(path: &str, bytes: Vec<u8>) -> Result<String, String> {
    if bytes.is_empty() {
        return Err(format!("{path} is empty"));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
    {
        return Err(format!(
            "{path} begins with a byte-order mark: save it as UTF-8 without one"
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        format!(
            "{path} is not UTF-8: byte {}",
            error.utf8_error().valid_up_to() + 1
        )
    })?;
    match conflict(&text) {
        Some(line) => Err(format!("{path} has conflict markers in line {line}: merge it")),
        None => Ok(text),
    }
}

/// The line of the first conflict marker, if all three are there.
fn conflict(text: &str) -> Option<usize> {
    let line = |start: &str| text.lines().position(|line| line.starts_with(start));
    let first = line("<<<<<<< ")?;
    (line("=======").is_some() && line(">>>>>>> ").is_some()).then_some(first + 1)
}

fn notebook(path: &str, bytes: &[u8]) -> Result<Notebook, String> {
    let text = text(path, bytes.to_vec())?;
    Notebook::parse(text.as_bytes()).map_err(|error| format!("{path} is no notebook: {error:#}"))
}

fn quiz(path: &str, bytes: &[u8]) -> Result<serde_json::Value, String> {
    let text = text(path, bytes.to_vec())?;
    let why = |error: String| format!("{path} ignored: {}", error.lines().next().unwrap_or_default());
    if path.ends_with(".json") {
        let mut value: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| why(error.to_string()))?;
        // A question without an answer counts as not answered.
        let answers = value.get_mut("answers");
        if let Some(answers) = answers.and_then(serde_json::Value::as_object_mut) {
            answers.retain(|_, answer| !answer.is_null());
            answers.values_mut().for_each(name_nulls);
        }
        return Ok(value);
    }
    let value: toml::Value = toml::from_str(&text).map_err(|error| why(error.message().to_owned()))?;
    Ok(json(value))
}

/// Turns each `null` inside an answer into a text: answers are TOML values, and TOML has no `null`.
fn name_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Null => *value = "null".into(),
        serde_json::Value::Array(values) => values.iter_mut().for_each(name_nulls),
        serde_json::Value::Object(values) => values.values_mut().for_each(name_nulls),
        _ => {}
    }
}

/// A TOML value as JSON. JSON has no numbers that are not finite: they become texts.
fn json(value: toml::Value) -> serde_json::Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(n) => n.into(),
        toml::Value::Float(x) if !x.is_finite() => x.to_string().into(),
        toml::Value::Float(x) => x.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, json(value))).collect(),
    }
}

/// The code cells of a notebook. Those that answer exercises, or look as if they should, become candidates.
fn cells_of(
    (path, number): (&str, usize),
    notebook: &Notebook,
    wanted: &[&'static Exercise],
    candidates: &mut Vec<Candidate>,
    notes: &mut BTreeSet<String>,
) -> Vec<Source> {
    let mut all = Vec::new();
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_code = |cell: &&crate::nb::notebook::Cell| cell.kind() == Kind::Code;
    for cell in notebook.cells.iter().filter(is_code) {
        let found = of_notebook(cell, name);
        let (place, items) = (&found.shown, &found.items);
        let marked = cell.exercise().map(|id| {
            let found = exercises().iter().find(|exercise| exercise.id == id);
            if found.is_none() {
                notes.insert(format!("{place} not graded: there is no exercise {id:?}"));
            }
            found
        });
        let answered: Vec<&'static Exercise> = match marked {
            Some(found) => found.into_iter().copied().collect(),
            // A cell without a mark is recognised by the function that it defines.
            None => (wanted.iter().copied())
                .filter(|exercise| {
                    let mine = format!("my_{}", exercise.name());
                    items.functions.iter().any(|(name, _)| *name == mine)
                })
                .collect(),
        };
        for exercise in answered {
            let answer = match conflict(cell.source()) {
                Some(line) => Err(format!("{place} has conflict markers in line {line}: merge it")),
                None => Ok(Own::Cell(number, all.len(), items.text.clone())),
            };
            candidates.push(Candidate {
                exercise,
                place: place.clone(),
                is_cell: true,
                rank: if marked.is_some() { 0 } else { 2 },
                untouched: items.has_todo,
                answer,
            });
        }
        all.push(found);
    }
    all
}

/// The candidates for which `less` does not hold, with a note of each one that is dropped.
fn without(
    all: Vec<Candidate>,
    less: impl Fn(&Candidate) -> bool,
    notes: &mut BTreeSet<String>,
) -> Vec<Candidate> {
    let (go, stay): (Vec<_>, Vec<_>) = all.into_iter().partition(less);
    for other in go.iter().filter(|other| !other.untouched) {
        let (place, id) = (&other.place, other.exercise.id);
        let better = stay.iter().find(|better| better.is_cell == other.is_cell);
        notes.insert(match better {
            Some(better) if !other.is_cell => format!("{place} not graded, but {}", better.place),
            _ => format!("{place} not graded: it is not marked as {id}"),
        });
    }
    stay
}

/// The answer that counts; nothing if there is none.
fn one(
    mut all: Vec<Candidate>,
    prefer: Option<Prefer>,
    notes: &mut BTreeSet<String>,
) -> Result<Option<Candidate>, Verdict> {
    // Keep the files that fit best, and the cells that fit best.
    for is_cell in [false, true] {
        let best = all.iter().filter(|c| c.is_cell == is_cell).map(|c| c.rank).min();
        let Some(best) = best else { continue };
        all = without(all, |c| c.is_cell == is_cell && c.rank > best, notes);
    }
    // A cell without its mark counts only where there is nothing else.
    let is_guess = |c: &Candidate| c.is_cell && c.rank > 0;
    if !all.iter().all(is_guess) {
        all = without(all, is_guess, notes);
    }
    if all.iter().any(|c| !c.untouched) {
        all.retain(|c| !c.untouched);
    }
    if let Some(prefer) = prefer {
        let preferred = |c: &Candidate| c.is_cell == (prefer == Prefer::Notebooks);
        if all.iter().any(preferred) {
            all.retain(preferred);
        }
    }
    let same = |a: &Candidate, b: &Candidate| match (&a.answer, &b.answer) {
        (Ok(a), Ok(b)) => a.text().trim_end() == b.text().trim_end(),
        (Err(a), Err(b)) => a == b,
        _ => false,
    };
    if all.len() > 1 && (all.iter().all(|c| c.untouched) || all.iter().all(|c| same(c, &all[0]))) {
        all.truncate(1);
    }
    if all.len() > 1 {
        let places: Vec<&str> = all.iter().map(|c| c.place.as_str()).collect();
        return Err(Verdict::Ambiguous(format!(
            "expected one answer, got {}: {}",
            all.len(),
            places.join("; ")
        )));
    }
    let Some(found) = all.pop() else {
        return Ok(None);
    };
    if found.is_cell && found.rank > 0 {
        notes.insert(format!(
            "{} graded as {}: it defines the function, but is not marked as the exercise's",
            found.place, found.exercise.id
        ));
    }
    Ok(Some(found))
}
