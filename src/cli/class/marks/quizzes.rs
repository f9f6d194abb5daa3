//! The quizzes of a class, marked from the answers in the records.
//!
//! A lecture's quiz counts only if the policy names it. Answers that are given in a notebook are not kept
//! there, so a student who hands in a notebook has none: a quiz that counted by itself would cost such a
//! student points for nothing. Where it counts, those without answers get 0 for it, and the instructor is
//! told who they are. A quiz is a task like an exercise, with the id `quiz/NN_topic`.

use std::collections::{BTreeMap, BTreeSet};

use course::check::{Answers, Marked, Outcome, Quiz, quiz, quizzes};

use super::policy::Policy;
use crate::class::record::Record;
use crate::tools::words::{counted, one_line, some};

/// The id that a quiz has among the exercises.
pub(super) fn id(lecture: &str) -> String {
    format!("quiz/{lecture}")
}

/// The lecture in such an id.
pub(super) fn lecture(id: &str) -> Option<&str> {
    id.strip_prefix("quiz/")
}

/// What a student earns for the answers to each quiz, or why they cannot be marked.
pub(super) fn marked(record: &Record) -> BTreeMap<String, Result<Marked, String>> {
    let mut found: BTreeMap<String, Result<Marked, String>> = BTreeMap::new();
    for (file, value) in &record.quiz_answers {
        let answers = match serde_json::from_value::<Answers>(value.clone()) {
            Ok(answers) => answers,
            Err(error) => {
                // Which quiz it is for, if that can be read.
                let name = value
                    .get("quiz")
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or(file);
                found.insert(name.to_owned(), Err(format!("{file}: {error}")));
                continue;
            }
        };
        let marked = quiz(&answers.quiz)
            .map(|quiz| quiz.mark(&answers))
            .map_err(|error| format!("{file}: {error}"));
        let several = || Err("ambiguous: there are several files of answers".to_owned());
        let entry = found.entry(answers.quiz);
        entry.and_modify(|there| *there = several()).or_insert(marked);
    }
    found
}

/// Why some answers belong to no quiz.
pub(super) fn strange(record: &Record) -> impl Iterator<Item = String> {
    let all = marked(record).into_iter();
    all.filter(|(name, _)| quizzes().all(|lecture| lecture != name))
        .filter_map(|(_, marked)| marked.err())
}

/// The quizzes that count: those that the policy names.
pub(super) fn counting(policy: &Policy) -> Result<Vec<Quiz>, String> {
    let named: BTreeSet<&String> = policy.quizzes().iter().collect();
    let quizzes = named.into_iter();
    quizzes
        .map(|lecture| quiz(lecture).map_err(|error| error.to_string()))
        .collect()
}

/// What the instructor should know: quizzes that were answered and do not count, and who has no answers to
/// one that does.
pub(super) fn notes(records: &[Record], policy: &Policy) -> Vec<String> {
    let graded = || records.iter().filter(|record| record.ungradable.is_none());
    let mut notes = Vec::new();
    for lecture in quizzes() {
        let with = |has: bool| -> Vec<String> {
            let those = graded().filter(|record| marked(record).contains_key(lecture) == has);
            those.map(|record| one_line(&record.student)).collect()
        };
        let (answered, open) = (with(true), with(false));
        if !policy.quizzes().iter().any(|named| named == lecture) {
            if !answered.is_empty() {
                notes.push(format!(
                    "the quiz of {lecture} was answered by {}, and does not count; \
                     `quizzes = [\"{lecture}\"]` in policy.toml lets it count",
                    counted(answered.len(), "student")
                ));
            }
        } else if !open.is_empty() {
            notes.push(format!(
                "the quiz of {lecture} counts, and {} no answers to it, which is 0 points: {}",
                if open.len() == 1 {
                    "1 student has".to_owned()
                } else {
                    format!("{} students have", open.len())
                },
                some(&open)
            ));
        }
    }
    notes
}

/// The outcome in a few words.
pub(super) fn outcome(marked: &Marked) -> String {
    let count = |is: fn(&Outcome) -> bool| {
        marked
            .questions
            .iter()
            .filter(|question| is(&question.outcome))
            .count()
    };
    let right = count(|outcome| *outcome == Outcome::Right);
    if right == marked.questions.len() {
        return "right".to_owned();
    }
    if count(|outcome| *outcome == Outcome::NotAnswered) == marked.questions.len() {
        return "not attempted".to_owned();
    }
    format!("{right} of {} questions right", marked.questions.len())
}
